"""One claim: a visit as its tables, with what truth knows of it."""

from dataclasses import dataclass, replace
from datetime import date
from random import Random

from ..lives import Folk, Person, Visit
from ..lives.chance import dice
from .costs import costs
from .dialect import PLAIN, Dialect
from .envelope import claim_text, content, inner
from .findings import table4, table5
from .general import Context, Row, cover_of, table0, table1
from .papers import in_time, table7, table8, table10, table11, table13, table14
from .programmes import table6, table9, table15
from .traps import Traps, traps_of
from .who import Patient, patient

_WITH_COURSE = {"02", "03", "04", "05", "06", "08", "09"}  # MA_LOAI_KCB that has table 5
_WITH_SUMMARY = {"03", "04", "06"}
_WITH_DISCHARGE = {"03", "04", "06", "09"}


@dataclass(slots=True)
class Claim:
    """`tables` by name, each a list of rows; `person` is the true one, as truth.csv names it.

    `sending`: first, again, correction, withdrawal or late_result. `broken` names a fault of the
    writing itself, `fault` any fault.
    """

    key: str
    facility: str
    person: str
    closed: date
    tables: dict[str, list[Row]]
    traps: tuple[str, ...] = ()
    sending: str = "first"
    fault: str = ""
    broken: str = ""


def make_claim(
    visit: Visit,
    person: Person,
    folk: Folk,
    *,
    traps: Traps | None = None,
    dialect: Dialect = PLAIN,
) -> Claim:
    """The visit as tables; the same arguments give the same claim."""
    caught = traps_of(visit, person, folk, traps or Traps())
    rng = dice(folk.seed, visit.key, "dialect")
    told = _as_told(patient(visit, person, folk, caught), dialect, rng)
    c = Context(visit, told, cover_of(visit, told))
    two, three, sums = costs(c)
    one = table1(c, sums)
    tables: dict[str, list[Row]] = {"XML0": [table0(c, one)]} if dialect.check_in else {}
    tables |= {"XML1": [one], "XML2": two, "XML3": three, "XML4": table4(c)}
    if visit.kind in _WITH_COURSE:
        tables["XML5"] = table5(c, rng if dialect.sloppy_vitals else None)
    tables |= _papers(c, one, folk)
    return Claim(
        key=visit.key,
        facility=visit.facility.code,
        person=told.truth,
        closed=visit.closed.date(),
        tables={name: rows for name, rows in sorted(tables.items(), key=_order) if rows},
        traps=caught,
    )


def _order(item: tuple[str, list[Row]]) -> int:
    return int(item[0].removeprefix("XML"))


def _as_told(told: Patient, dialect: Dialect, rng: Random) -> Patient:
    """Habits of the software that change what is told of a person."""
    if not dialect.district:
        told = replace(told, district="")
    if rng.random() < dialect.partial_births and told.birth[:4] < "1990":
        told = replace(told, birth=f"{told.birth[:4]}00000000")
    if told.card and rng.random() < dialect.two_cards:
        year = told.card_from[:4]
        told = replace(
            told,
            card=f"DT2{told.card[3:]};{told.card}",
            registered=f"12050;{told.registered}",
            card_from=f"{year}0101;{year}0601",
            card_to=f"{year}0531;{told.card_to}",
        )
    return told


def _papers(c: Context, one: Row, folk: Folk) -> dict[str, list[Row]]:
    """Tables that only some visits have (domain.md 3.3)."""
    visit = c.visit
    works = c.patient.newest_card.startswith("DN")
    leave = visit.leave if works else None
    conditions = (
        ("XML6", visit.programme == "hiv", lambda: table6(c)),
        ("XML7", visit.kind in _WITH_DISCHARGE, lambda: [table7(c, one)]),
        ("XML8", visit.kind in _WITH_SUMMARY, lambda: [table8(c, one)]),
        ("XML9", bool(visit.newborns), lambda: table9(c, folk)),
        ("XML10", bool(leave and leave.pregnancy), lambda: [table10(c, one)]),
        ("XML11", bool(leave and not leave.pregnancy), lambda: [table11(c, one)]),
        ("XML13", bool(visit.referral), lambda: [table13(c, one)]),
        ("XML14", in_time(c), lambda: [table14(c, one)]),
        ("XML15", visit.programme == "tb", lambda: table15(c)),
    )
    return {name: rows() for name, applies, rows in conditions if applies}


def claim_as_text(claim: Claim, dialect: Dialect = PLAIN) -> str:
    """The HOSO element, its faults of writing included."""
    rng = dice(claim.key, claim.sending, "text")
    written = []
    for table, rows in claim.tables.items():
        text = inner(table, rows, dialect, rng)
        if claim.broken == "broken_inner_xml" and table == "XML1":
            # an element that never ends would break the file too, were it not hidden
            text = text[: len(text) * 2 // 3]
        packed = content(text, dialect)
        if claim.broken == "broken_base64" and table == "XML1":
            packed = f"{packed[: len(packed) // 2]}*?{packed[len(packed) // 2 :]}"
        written.append((table, packed))
    return claim_text(written, dialect)


def inner_size(claim: Claim) -> int:
    """Bytes of the claim's inner XML, plainly written."""
    rng = dice(claim.key, "size")
    return sum(len(inner(t, rows, PLAIN, rng).encode()) for t, rows in claim.tables.items())
