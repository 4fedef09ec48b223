"""What each field must be by itself: there, of its list, a moment, a number.

MAHUYEN_CU_TRU is never looked at: there are no districts since 1 July 2025 and no rule for the tag.
Source: QĐ 130/QĐ-BYT and QĐ 4750/QĐ-BYT; domain.md 3.4.
"""

from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.model import Claim
from hssk.exchange.formats.claims_xml.rules.words import Finding, finding
from hssk.exchange.formats.claims_xml.tables import FIELDS, REQUIRED
from hssk.exchange.formats.claims_xml.to_fhir.systems import ENDINGS, KINDS, RESULTS
from hssk.exchange.formats.claims_xml.values import birth_of, decimal_of, items, moment, parallel

_NEVER = {"MAHUYEN_CU_TRU"}
_LISTS = {
    "GIOI_TINH": {"1", "2", "3"},
    "KET_QUA_DTRI": set(RESULTS),
    "MA_LOAI_RV": set(ENDINGS),
    "MA_LOAI_KCB": set(KINDS),
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


# tag → how it is checked, for each table, so that rows are walked once
_MUST_BE = {
    table: [
        (tag, "birth" if tag in _BIRTHS else "moment" if _is_moment(tag) else "number")
        for tag in tags
        if tag in _BIRTHS or _is_moment(tag) or _is_number(tag)
    ]
    for table, tags in FIELDS.items()
}


def check(claim: Claim) -> Iterator[Finding]:
    """Findings about single fields, table by table."""
    for line, row in enumerate(claim.tables.get("XML1", ()), 1):
        for tag in REQUIRED["XML1"]:
            if not row[tag] and tag not in _NEVER:
                yield finding("missing", "XML1", line, tag)
        yield from _cards(row, line)
    for table, rows in claim.tables.items():
        coded = [tag for tag in _LISTS if tag in FIELDS[table]]
        for line, row in enumerate(rows, 1):
            for tag in coded:
                if row[tag] and row[tag] not in _LISTS[tag]:
                    yield finding("unknown_code", table, line, tag, value=row[tag])
            for tag, kind in _MUST_BE[table]:
                if row[tag]:
                    yield from _must_be(kind, table, line, tag, row[tag])


def _must_be(kind: str, table: str, line: int, tag: str, value: str) -> Iterator[Finding]:
    if kind == "number":
        if decimal_of(value) is None:
            yield finding("not_a_number", table, line, tag, value=value)
    elif kind == "birth":
        if birth_of(value) is None:
            yield finding("not_a_moment", table, line, tag, value=value)
    else:
        for part in items(value):
            if moment(part) is None:
                yield finding("not_a_moment", table, line, tag, value=part)


def _cards(row: dict[str, str], line: int) -> Iterator[Finding]:
    """Lists that belong to the cards have one value for each; a list left out altogether is not
    told again, and one value for all cards is taken as such."""
    cards = len(items(row["MA_THE_BHYT"]))
    for tag in ("MA_DKBD", "GT_THE_TU", "GT_THE_DEN"):
        count = len(parallel(row[tag]))
        if cards and count > 1 and count != cards:
            yield finding("lists_unequal", "XML1", line, tag, count=count, cards=cards)
