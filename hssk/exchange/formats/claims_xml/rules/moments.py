"""What must come before what, and how long a visit lasted.

Source: domain.md 3.4: SO_NGAY_DTRI by MA_LOAI_KCB, the end at 23:59 of visits that give medicines
for days, results up to 60 days late (QĐ 4750/QĐ-BYT).
"""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from hssk.exchange.formats.claims_xml.model import Claim, Row
from hssk.exchange.formats.claims_xml.rules.words import Finding, finding
from hssk.exchange.formats.claims_xml.to_fhir.systems import kind_of
from hssk.exchange.formats.claims_xml.values import Moment, day_of, decimal_of, items, moment
from hssk.kit.dates import DAY

_LATE = timedelta(days=60)
_NO_DAYS, _BED_DAYS = {"01", "07", "09"}, {"02", "03", "04", "06"}
_LAST_MINUTE = {"02", "05", "07"}
# table → pairs of which the first may not be after the second
_PAIRS = {
    "XML1": (
        ("NGAY_SINH", "NGAY_VAO"), ("NGAY_VAO", "NGAY_VAO_NOI_TRU"),
        ("NGAY_VAO_NOI_TRU", "NGAY_RA"), ("NGAY_VAO", "NGAY_RA"),
    ),
    "XML2": (("NGAY_YL", "NGAY_TH_YL"),),
    "XML3": (("NGAY_YL", "NGAY_TH_YL"), ("NGAY_TH_YL", "NGAY_KQ")),
    "XML7": (("NGAY_VAO", "NGAY_RA"), ("NGOAITRU_TUNGAY", "NGOAITRU_DENNGAY")),
    "XML8": (("NGAY_VAO", "NGAY_RA"), ("NGAY_SINHCON", "NGAY_CONCHET")),
    "XML10": (("TU_NGAY", "DEN_NGAY"),),
    "XML11": (("TU_NGAY", "DEN_NGAY"),),
}  # fmt: skip
# table → what happened during the visit; a medicine is also handed out for later days
_WITHIN = {"XML2": "NGAY_YL", "XML3": "NGAY_YL", "XML5": "THOI_DIEM_DBLS"}


def check(claim: Claim) -> Iterator[Finding]:
    """Findings about the order of moments and the length of the visit."""
    for table, pairs in _PAIRS.items():
        for line, row in enumerate(claim.tables.get(table, ()), 1):
            for earlier, later in pairs:
                if _before(row[later], row[earlier]):
                    yield _order(table, line, (later, row[later]), (earlier, row[earlier]))
    for line, row in enumerate(claim.tables.get("XML1", ()), 1):
        yield from _days(claim, row, line)
    if claim.tables.get("XML1"):
        yield from _against_visit(claim, claim.tables["XML1"][0])


def _order(table: str, line: int, later: tuple[str, str], earlier: tuple[str, str]) -> Finding:
    """Two moments, as (tag, value), that stand in the wrong order."""
    (tag, value), (other_tag, other) = later, earlier
    return finding(
        "out_of_order", table, line, tag, later=tag, value=value, earlier=other_tag, other=other
    )


def _before(text: str, other: str) -> bool:
    """Whether one moment is certainly before another: both are moments, and known well enough."""
    if not "" < text < other:  # what is before is so letter by letter, too
        return False
    one, two = moment(text), moment(other)
    if one is None or two is None or not one.known.precision == two.known.precision == DAY:
        return False
    if one.day != two.day or one.minute is None or two.minute is None:
        return one.day < two.day
    return one.minute < two.minute


def _days(claim: Claim, row: Row, line: int) -> Iterator[Finding]:
    kind, said = kind_of(row), decimal_of(row["SO_NGAY_DTRI"])
    expected = _expected_days(claim, row)
    if said is not None and expected is not None and said != expected:
        yield finding("days", "XML1", line, "SO_NGAY_DTRI", value=said, expected=expected)
    ended = moment(row["NGAY_RA"])
    if kind in _LAST_MINUTE and ended is not None and ended.minute != 23 * 60 + 59:
        yield finding("ends_at_2359", "XML1", line, "NGAY_RA", value=kind)


def _expected_days(claim: Claim, row: Row) -> Decimal | None:
    """SO_NGAY_DTRI as the kind of visit asks; None where it cannot be worked out.

    For 05 it is the days the medicines last, which only the words of LIEU_DUNG tell: not checked.
    """
    kind = kind_of(row)
    if kind in _NO_DAYS:
        return Decimal(0)
    if kind in _BED_DAYS:
        came, left = day_of(row["NGAY_VAO"]), day_of(row["NGAY_RA"])
        return Decimal((left - came).days + 1) if came and left and came <= left else None
    if kind == "08":
        days = {
            day_of(each["NGAY_TH_YL"] or each["NGAY_YL"]) for each in claim.tables.get("XML3", ())
        }
        return Decimal(len(days)) if days and None not in days else None
    return None


def _against_visit(claim: Claim, visit: Row) -> Iterator[Finding]:
    came_in, left = (("NGAY_VAO", visit["NGAY_VAO"]), ("NGAY_RA", visit["NGAY_RA"]))
    for table, tag in _WITHIN.items():
        for line, row in enumerate(claim.tables.get(table, ()), 1):
            if _before(row[tag], visit["NGAY_VAO"]):
                yield _order(table, line, (tag, row[tag]), came_in)
            if _before(visit["NGAY_RA"], row[tag]):
                yield _order(table, line, left, (tag, row[tag]))
    ended = day_of(visit["NGAY_RA"])
    for line, row in enumerate(claim.tables.get("XML4", ()), 1):
        if _before(row["NGAY_KQ"], visit["NGAY_VAO"]):
            yield _order("XML4", line, ("NGAY_KQ", row["NGAY_KQ"]), came_in)
        came = day_of(row["NGAY_KQ"])
        if came and ended and came - ended > _LATE:
            yield finding("result_late", "XML4", line, "NGAY_KQ")
    # of visits that give medicines for days NGAY_RA is the last of these days: nobody leaves then
    last = "NGAY_VAO" if kind_of(visit) in _LAST_MINUTE else "NGAY_RA"
    yield from _appointments(claim, visit, moment(visit[last]))


def _appointments(claim: Claim, visit: Row, ended: Moment | None) -> Iterator[Finding]:
    told = [("XML1", 1, "NGAY_TAI_KHAM", text) for text in items(visit["NGAY_TAI_KHAM"])]
    for line, row in enumerate(claim.tables.get("XML14", ()), 1):
        if not row["NGAY_HEN_KL"]:
            yield finding("missing", "XML14", line, "NGAY_HEN_KL")
        told += [("XML14", line, "NGAY_HEN_KL", text) for text in items(row["NGAY_HEN_KL"])]
    for table, line, tag, text in told:
        day = day_of(text)
        if day and ended and day <= ended.day:
            yield finding("appointment_past", table, line, tag, value=text)
