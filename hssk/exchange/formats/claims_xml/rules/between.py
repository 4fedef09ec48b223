"""What the tables of one claim must be to each other, and how it was packed.

Source: notes of the annexes of QĐ 130/QĐ-BYT and QĐ 4750/QĐ-BYT, as gathered in domain.md 3.3.
"""

from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.model import Claim, Row
from hssk.exchange.formats.claims_xml.rules.words import Finding, finding
from hssk.exchange.formats.claims_xml.to_fhir.systems import kind_of
from hssk.exchange.formats.claims_xml.values import decimal_of

_EXAMINATIONS = {"1", "2", "3"}  # MA_NHOM: laboratory, imaging, function
_NOTED = {"02", "03", "04", "05", "06", "08", "09"}
_SUMMARISED = {"03", "04", "06"}
_REFERRED = {"2", "5"}


def check(claim: Claim) -> Iterator[Finding]:
    """Findings about tables that are missing, superfluous or of another visit."""
    yield from _packing(claim)
    rows = claim.tables.get("XML1", [])
    if not rows and set(claim.tables) != {"XML0"}:  # a check-in is sent alone
        yield finding("no_xml1", "XML1", 0)
    if len(rows) > 1:
        yield finding("many_xml1", "XML1", 0, count=len(rows))
    for table, lines in claim.tables.items():
        for line, row in enumerate(lines, 1):
            if row["MA_LK"] != claim.code:
                yield finding(
                    "other_visit", table, line, "MA_LK", value=row["MA_LK"], expected=claim.code
                )
    if rows:
        yield from _against(claim, rows[0])
    yield from _births(claim)
    for table in ("XML7", "XML11"):
        for line, row in enumerate(claim.tables.get(table, ()), 1):
            if row["MA_DINH_CHI_THAI"] == "1":
                yield from _pregnancy(table, line, row)


def _packing(claim: Claim) -> Iterator[Finding]:
    for note in claim.notes:
        tag = note.detail if note.kind in ("unknown_tag", "repeated_tag") else ""
        yield finding(note.kind, note.table, 0, tag, value=note.detail)


def _against(claim: Claim, visit: Row) -> Iterator[Finding]:
    tables, kind = claim.tables, kind_of(visit)
    if visit["MA_CSKCB"] and visit["MA_CSKCB"].upper() != claim.facility:
        yield finding(
            "other_facility",
            "XML1",
            1,
            "MA_CSKCB",
            value=visit["MA_CSKCB"],
            expected=claim.facility,
        )
    groups = {row["MA_NHOM"].lstrip("0") for row in tables.get("XML3", ())}
    if tables.get("XML4") and not groups & _EXAMINATIONS:
        yield finding("no_service", "XML4", 0)
    if kind in _NOTED and not tables.get("XML5"):
        yield finding("no_notes", "XML5", 0, value=kind)
    if tables.get("XML8") and kind not in _SUMMARISED:
        yield finding("no_summary_here", "XML8", 0, value=kind)
    if tables.get("XML13") and visit["MA_LOAI_RV"] not in _REFERRED:
        yield finding("no_referral_here", "XML13", 0, value=visit["MA_LOAI_RV"])


def _births(claim: Claim) -> Iterator[Finding]:
    """SO_CON of each certificate is how many children this birth had: as many as certificates."""
    rows = claim.tables.get("XML9", [])
    for line, row in enumerate(rows, 1):
        told = decimal_of(row["SO_CON"])
        if told is not None and told != len(rows):
            yield finding("one_per_child", "XML9", line, "SO_CON", value=told, count=len(rows))


def _pregnancy(table: str, line: int, row: Row) -> Iterator[Finding]:
    for tag in ("NGUYENNHAN_DINHCHI", "THOIGIAN_DINHCHI", "TUOI_THAI"):
        if tag in row and not row[tag]:  # XML11 asks for no moment
            yield finding("missing", table, line, tag)
    weeks = decimal_of(row["TUOI_THAI"])
    if weeks is not None and not 1 <= weeks <= 42:
        yield finding("weeks", table, line, "TUOI_THAI", value=weeks)
