"""What a check-up tells of something sensitive without naming it: a tick, a finding of the mind."""

import re
from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.checkups.tables import TABLE
from hssk.exchange.formats.claims_xml.model import Claim
from hssk.kit.text import fold

# tick → the illness of ICD-10 that it tells, in the terms of the table of labels
_TELLS = {
    "TSBT_BENH_TAM_THAN": "F99", "TSBT_NGHIEN_RUOU": "F10", "TSBT_RUOU_THUONG_XUYEN": "F10",
    "TSBT_MA_TUY": "F19", "NGUY_CO_TU_KY": "F84",
}  # fmt: skip
# Everybody's sheet has a line of the mind, and mostly it says that there is nothing: in words that
# name what was not found ("không có rối loạn tâm thần"), so no list of words may judge it.
OF_THE_MIND = frozenset({"NOI_KHOA_TAM_THAN", "NHI_KHOA_TAM_THAN"})
_WORD = re.compile("[a-z0-9]+")
_WELL = frozenset(_WORD.findall(
    "binh thuong bt bth on dinh tot tinh tao tiep xuc duoc hop tac huong phu 0 1 2 3 i ii iii "
    "null none na"
))  # fmt: skip
_PLAIN = _WELL | frozenset(_WORD.findall(
    "tam than tinh kinh y thuc tri tue tu duy cam xuc hanh vi ngon ngu giac trang thai hien tai "
    "luc kham van dong loai voi moi truong xung quanh trong gioi han rat deu ro va"
))  # fmt: skip
# after "không": what should be there and is not, rather than what was looked for and not found
_LACKS = _WELL | {"ngu", "nho", "tap", "kiem", "lam", "nhan", "noi"}
_CLAUSES = re.compile(r"[,;.:()\n]|\btuy nhien\b|\bnhung\b")
_POSITIVE = re.compile(r"duong tinh|\+|\bpos")


def told_by_ticks(claim: Claim) -> Iterator[tuple[str, str]]:
    """(kind, text) that may be sensitive, besides the texts of the check-up themselves."""
    for row in claim.tables.get(TABLE, ()):
        yield from (("icd", code) for tag, code in _TELLS.items() if row[tag] == "1")
        for text in (row[tag] for tag in sorted(OF_THE_MIND) if _finds_something(row[tag])):
            yield "icd", "F99"
            yield "note", text
        if _POSITIVE.search(fold(row["KQ_XN_MA_TUY"]).lower()):
            yield "icd", "F19"


def _finds_something(text: str) -> bool:
    """Whether a finding of the mind says more than that all is well, or that there is nothing."""
    left: set[str] = set()
    for clause in _CLAUSES.split(fold(text).lower()):
        words = _WORD.findall(clause)
        negated = words[:1] in (["khong"], ["chua"])
        if not negated or not _LACKS.isdisjoint(words[1:2]):
            left.update(words)
    return bool(left) and (not left <= _PLAIN or left.isdisjoint(_WELL))
