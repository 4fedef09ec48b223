"""The documents of a check-up → the tables of a claim: by tag, wherever it stands."""

import re
from collections.abc import Iterator

from lxml import etree

from hssk.exchange.formats.claims_xml.bounds import Bounds
from hssk.exchange.formats.claims_xml.checkups.tables import HEAD, RESULTS, TABLE, TAGS
from hssk.exchange.formats.claims_xml.inner import local
from hssk.exchange.formats.claims_xml.model import Row
from hssk.exchange.formats.claims_xml.refusals import refuse
from hssk.exchange.formats.claims_xml.to_fhir.systems import KINDS
from hssk.exchange.formats.claims_xml.values import clean, icd_codes, moment
from hssk.exchange.formats.claims_xml.written import empty_row

CHECK_UP = "15"  # MA_LOAI_KCB of a periodic check-up (QĐ 1804/QĐ-BYT)
_LINE = frozenset(
    {"GIA_TRI", "MA_CHI_SO", "MA_DICH_VU"}
)  # what tells a result from a group of tags
_KNOWN = frozenset({*HEAD, *TAGS})
_SIGNED = ("CKS", "CKDT", "Signature")  # who signed what, which is not read
_NO_VALUE = ("null", "none", "undefined")  # what programs write for what they do not know
_DASHED = re.compile(r"(\d{4})[-/](\d\d?)[-/](\d\d?)(?!\d)", re.ASCII)
_AS_SPOKEN = re.compile(r"(\d\d?)[/.-](\d\d?)[/.-](\d{4})|(\d\d)(\d\d)(\d{4})", re.ASCII)
_WITH_SECONDS = re.compile(r"\d{14}", re.ASCII)

Tables = dict[str, list[Row]]


def add_document(tables: Tables, root: etree._Element, where: str, bounds: Bounds) -> None:
    """Add what one document says: its tags to the one row of KSK, its results to XML4.

    What two documents say of one tag, the first stands. Raises UnreadableFile beyond `bounds`.
    """
    said = tables.setdefault(TABLE, [empty_row(TABLE) | dict.fromkeys(HEAD, "")])[0]
    for element, depth in _leaves_and_lines(root, 1):
        if depth > bounds.levels:
            raise refuse("too_deep", where, f"quá {bounds.levels} cấp")
        if len(element):
            line = _result(element, where, bounds)
            if any(line.values()):  # forms of which nothing was examined have one that is blank
                tables.setdefault("XML4", []).append(line)
            continue
        name = local(element.tag)
        if name in _KNOWN and not said[name]:
            said[name] = _value(element, name, where, bounds)


def head_of(tables: Tables) -> None:
    """Give the tables an XML1: whose the check-up is, when and where it was, its illnesses."""
    said = tables.get(TABLE, [{}])[0]
    head = empty_row("XML1")
    for tag, of_claim in HEAD.items():
        head[of_claim] = head[of_claim] or said.pop(tag, "")
    for tag in ("NGAY_SINH", "NGAY_VAO", "NGAY_RA"):
        head[tag] = _day(head[tag])
    head["NGAY_RA"] = head["NGAY_RA"] or head["NGAY_VAO"]
    head["MA_LOAI_KCB"] = head["MA_LOAI_KCB"] if head["MA_LOAI_KCB"] in KINDS else CHECK_UP
    main, *others = icd_codes(said.get("KET_LUAN_BENH", "")) or [""]
    head |= {"MA_BENH_CHINH": main, "MA_BENH_KT": ";".join(others)}
    tables["XML1"] = [head]
    for line in tables.get("XML4", ()):
        line["MA_LK"] = head["MA_LK"]


def _leaves_and_lines(element: etree._Element, depth: int) -> Iterator[tuple[etree._Element, int]]:
    """What holds a value, and what holds the values of one result, each with its depth."""
    if local(element.tag).startswith(_SIGNED):
        return
    if not len(element) or any(local(child.tag) in _LINE for child in element):
        yield element, depth
        return
    for child in element:
        yield from _leaves_and_lines(child, depth + 1)


def _result(line: etree._Element, where: str, bounds: Bounds) -> Row:
    row = empty_row("XML4")
    for child in line:
        name = local(child.tag)
        if name in RESULTS and not row[name]:
            row[name] = _value(child, name, where, bounds)
    return row


def _value(element: etree._Element, name: str, where: str, bounds: Bounds) -> str:
    value = clean("".join(element.itertext()))
    if len(value) > bounds.text:
        raise refuse("too_large", where, f"{name} dài quá {bounds.text} ký tự")
    return "" if value.lower() in _NO_VALUE else value


def _day(text: str) -> str:
    """A day as claims write it; hospitals write those of a check-up as 1990-05-15, as 15/5/1990, as
    15051990 and with seconds, too. What is no day stays as it came."""
    if _WITH_SECONDS.fullmatch(text):
        return text[:12]
    if moment(text) is not None:
        return text
    if found := _DASHED.match(text):
        year, month, day = found.groups()
    elif found := _AS_SPOKEN.match(text):
        day, month, year = filter(None, found.groups())
    else:
        return text
    turned = f"{year}{month:0>2}{day:0>2}"
    return turned if moment(turned) else text
