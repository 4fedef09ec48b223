"""What each field must be by itself: there, of its list, a moment, a number.

MAHUYEN_CU_TRU is never looked at: there are no districts since 1 July 2025 and no rule for the tag.
Source: QĐ 130/QĐ-BYT and QĐ 4750/QĐ-BYT; domain.md 3.4.
"""

from collections.abc import Callable, Collection, Iterator
from itertools import chain, filterfalse
from operator import itemgetter

from hssk.exchange.formats.claims_xml.model import Claim, Row
from hssk.exchange.formats.claims_xml.rules.words import Finding, finding
from hssk.exchange.formats.claims_xml.tables import FIELDS, REQUIRED
from hssk.exchange.formats.claims_xml.to_fhir.systems import ENDINGS, KINDS, RESULTS
from hssk.exchange.formats.claims_xml.values import (
    birth_of,
    decimal_of,
    items,
    moment,
    parallel,
)

_Wrong = Callable[[str], tuple[str, ...]]  # text → what of it is against a rule
_Asked = tuple[_Wrong, Callable[[Row], tuple[str, ...]], set[str]]
_NEVER = {"MAHUYEN_CU_TRU"}
_LISTS = {
    "GIOI_TINH": {"1", "2", "3"},
    "KET_QUA_DTRI": set(RESULTS),
    "MA_LOAI_RV": set(ENDINGS),
    "MA_LOAI_KCB": {*KINDS, *(code[1:] for code in KINDS if code[0] == "0")},
}
_MOMENTS = {
    "THOI_DIEM_DBLS", "GT_THE_TU", "GT_THE_DEN", "NAM_NAM_LIEN_TUC", "TU_NGAY", "DEN_NGAY",
    "NGOAITRU_TUNGAY", "NGOAITRU_DENNGAY", "THOIGIAN_DINHCHI", "BDDT_ARV",
}  # fmt: skip
_BIRTHS = {"NGAY_SINH", "NGAYSINH_NND"}
_NUMBERS = {
    "SO_LUONG", "DON_GIA", "DON_GIA_BV", "DON_GIA_BH", "THANH_TIEN_BV", "THANH_TIEN_BH",
    "MUC_HUONG", "TYLE_TT_BH", "TYLE_TT_DV", "CAN_NANG", "SO_NGAY_DTRI", "SO_NGAY_NGHI",
}  # fmt: skip


def _is_moment(tag: str) -> bool:
    return tag in _MOMENTS or (tag.startswith("NGAY") and tag not in _BIRTHS)


def _is_number(tag: str) -> bool:
    return tag in _NUMBERS or tag.startswith("T_")


def _no_number(text: str) -> tuple[str, ...]:
    return (text,) if decimal_of(text) is None else ()


def _no_birth(text: str) -> tuple[str, ...]:
    told = birth_of(text) is not None and text[8:10] < "24" and text[10:] < "60"
    return () if told else (text,)


def _no_moments(text: str) -> tuple[str, ...]:
    if moment(text) is not None:  # mostly there is one
        return ()
    return tuple(part for part in items(text) if moment(part) is None)


def _none_of(codes: Collection[str]) -> _Wrong:
    return lambda text: () if text in codes else (text,)


def _checks(tags: Collection[str]) -> Iterator[tuple[str, str, _Wrong]]:
    """(tag, rule, what of a text is against the rule) of these tags."""
    for tag, codes in _LISTS.items():
        if tag in tags:
            yield tag, "unknown_code", _none_of(codes)
    for tag in tags:
        if tag in _BIRTHS:
            yield tag, "not_a_moment", _no_birth
        elif _is_moment(tag):
            yield tag, "not_a_moment", _no_moments
        elif _is_number(tag):
            yield tag, "not_a_number", _no_number


_CHECKS = {table: tuple(_checks(tags)) for table, tags in FIELDS.items()}
_fine: dict[_Wrong, set[str]] = {}  # rule → texts that it was content with
_LONG, _MANY = 40, 20_000  # letters of a text that is remembered, and how many texts


def _asked(table: str) -> Iterator[_Asked]:
    """Each rule, what of a row it looks at, and what it is known to be content with."""
    looked_at: dict[_Wrong, list[str]] = {}
    for tag, _rule, wrong_in in _CHECKS[table]:
        looked_at.setdefault(wrong_in, []).append(tag)
    for wrong_in, tags in looked_at.items():
        # the first twice, for of one tag alone it would give no tuple
        yield wrong_in, itemgetter(*tags, tags[0]), _fine.setdefault(wrong_in, {""})


_ASKED = {table: tuple(_asked(table)) for table in FIELDS}


def check(claim: Claim) -> Iterator[Finding]:
    """Findings about single fields, table by table."""
    for line, row in enumerate(claim.tables.get("XML1", ()), 1):
        for tag in REQUIRED["XML1"]:
            if not row[tag] and tag not in _NEVER:
                yield finding("missing", "XML1", line, tag)
        yield from _cards(row, line)
    for table, rows in claim.tables.items():
        if not all(_are_fine(asked, rows) for asked in _ASKED[table]):
            for line, row in enumerate(rows, 1):
                yield from _wrong(table, line, row)


def _are_fine(asked: _Asked, rows: list[Row]) -> bool:
    """Whether one rule is content with all rows; it looks at no text twice."""
    wrong_in, texts_of, fine = asked
    new = set(filterfalse(fine.__contains__, chain.from_iterable(map(texts_of, rows))))
    if any(map(wrong_in, new)):
        return False
    if len(fine) + len(new) > _MANY:
        fine.intersection_update({""})
    fine.update(text for text in new if len(text) <= _LONG)
    return True


def _wrong(table: str, line: int, row: Row) -> Iterator[Finding]:
    """What is wrong in a row."""
    for tag, rule, wrong_in in _CHECKS[table]:
        if text := row[tag]:
            for part in wrong_in(text):
                yield finding(rule, table, line, tag, value=part)


def _cards(row: dict[str, str], line: int) -> Iterator[Finding]:
    """Lists that belong to the cards have one value for each; a list left out altogether is not
    told again, and one value for all cards is taken as such."""
    cards = len(items(row["MA_THE_BHYT"]))
    for tag in ("MA_DKBD", "GT_THE_TU", "GT_THE_DEN"):
        count = len(parallel(row[tag]))
        if cards and count > 1 and count != cards:
            yield finding("lists_unequal", "XML1", line, tag, count=count, cards=cards)
