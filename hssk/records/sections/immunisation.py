"""Part C: doses. One table of them, shown as the form's three and as what is due.

A dose has, besides its day, the lot, the place and what the body said to it. When it is to be
given, as somebody wrote it down, is a recommendation, an entry of its own.

Source: QĐ 831/QĐ-BYT, C1 to C3; TT 10/2024/TT-BYT for the age at which a dose is due. The table is
`records/codes/vaccines.csv`, a source in each line.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from hssk.kit.dates import PartialDate, months_later
from hssk.records.rules.fhir import SELF
from hssk.records.rules.reading_codes import LOINC
from hssk.records.rules.tables import lines_of
from hssk.records.sections.item import DETAILS, MONTH, Asks, Item, Resource, Section, concept
from hssk.records.sections.observed import observation, observed

CHILDREN, BEYOND, PREGNANT = "C1", "C2", "C3"
TEXTS: dict[str, str] = {
    CHILDREN: "Tiêm chủng cơ bản cho trẻ em",
    BEYOND: "Tiêm chủng ngoài chương trình",
    PREGNANT: "Tiêm vắc xin uốn ván (phụ nữ có thai)",
    "": "Vắc xin khác",
}
_CHILD, _OF_AGE = 6, 10
_VACCINE = "urn:hssk:vaccine"
_OF_PREGNANCY = "urn:hssk:pregnancy-month"
_NEXT = "_next"  # ends the key of the item that asks when a dose is to be given
_DUE = "30980-7"  # LOINC: date vaccine due
_STATUS = "http://terminology.hl7.org/CodeSystem/immunization-recommendation-status"
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Span:
    """So many months by the calendar, or so many days."""

    months: int = 0
    days: int = 0

    @classmethod
    def of(cls, text: str) -> "Span | None":
        """Out of a cell of the table: `18mo`, `7d`, `0` for at once; None for an empty one."""
        if not text:
            return None
        return (
            cls(months=int(text[:-2])) if text.endswith("mo") else cls(days=int(text.rstrip("d")))
        )

    def later(self, day: date) -> date:
        """The day that comes so long after `day`."""
        return months_later(day, self.months) + timedelta(self.days)


@dataclass(frozen=True)
class Dose:
    """One line of the table: a vaccine's dose, at what age it is due and no longer, and how long
    after the dose before it at the least."""

    table: str
    vaccine: str
    number: int
    name: str
    antigens: tuple[str, ...]
    due: Span | None
    until: Span | None
    after: Span | None
    source: str

    @property
    def key(self) -> str:
        """Of the item that asks for it."""
        return f"{self.vaccine.lower()}_{self.number}"


@cache
def doses() -> tuple[Dose, ...]:
    """The table, in its order."""
    return tuple(
        Dose(
            row["table"], row["vaccine"], int(row["dose"]), row["name"],
            tuple(row["antigens"].split(";")), Span.of(row["due"]), Span.of(row["until"]),
            Span.of(row["after"]), row["source"],
        )
        for row in lines_of("vaccines.csv")
    )  # fmt: skip


def given(resource: Mapping) -> tuple[str, int] | None:
    """(vaccine, number) of an Immunization, in the table's words; None where it says neither."""
    coding = (resource.get("vaccineCode") or {}).get("coding") or ()
    vaccine = next((one.get("code") for one in coding if one.get("system") == _VACCINE), None)
    protocol = (resource.get("protocolApplied") or [{}])[0]
    number = protocol.get("doseNumberPositiveInt")
    return (vaccine, number) if vaccine and number else None


def appointed(resource: Mapping) -> tuple[tuple[str, int], date] | None:
    """((vaccine, number), day) of a recommendation; None where it names no dose of the table.

    Of a month or a year it is the first day.
    """
    told = (resource.get("recommendation") or [{}])[0]
    concepts = told.get("vaccineCode") or [{}]
    number = [{"doseNumberPositiveInt": told.get("doseNumberPositiveInt")}]
    dose = given({"vaccineCode": concepts[0], "protocolApplied": number})
    when = _appointment(resource)
    return (dose, PartialDate.from_iso(when).value) if dose and when else None


def lacking(had: Iterable[tuple[str, int]]) -> Iterator[Dose]:
    """The doses of the table that somebody has not had. A later dose of a vaccine stands for those
    before it: papers get lost, and nobody begins anew.

    had  (vaccine, number) of the doses that are known
    """
    latest: dict[str, int] = {}
    for vaccine, number in had:
        latest[vaccine] = max(number, latest.get(vaccine, 0))
    return (dose for dose in doses() if dose.number > latest.get(dose.vaccine, 0))


def due(
    birth: PartialDate | None,
    had: Mapping[tuple[str, int], date | None],
    on: date,
    booked: Mapping[tuple[str, int], date] | None = None,
) -> Iterator[tuple[Dose, date]]:
    """Doses that somebody should have had by `on` or within 30 days, and has not (`lacking`), each
    with its day: those of the programme, and those for which they have an appointment.

    had     (vaccine, number) → when it was given, None where that is not known
    booked  (vaccine, number) → the day of the appointment, which stands instead of the programme's
    Of the programme nothing, for whom the birth is not known to the month, or who is past the age.
    """
    known = birth.value if birth is not None and birth.precision != "Y" else None
    days = dict(had)  # and when those that are lacking are to be given
    for dose in lacking(had):
        day = (booked or {}).get((dose.vaccine, dose.number))
        if day is not None:
            if day - SOON <= on:
                yield dose, day
        elif known is not None and dose.due is not None and dose.until is not None:
            day = dose.due.later(known)
            before = days.get((dose.vaccine, dose.number - 1))
            if dose.after is not None and before is not None:
                day = max(day, dose.after.later(before))
            if day - SOON <= on <= dose.until.later(known):
                yield dose, day
        days[dose.vaccine, dose.number] = day


def _items() -> Iterator[Item]:
    for dose in doses():
        details = (*DETAILS, MONTH) if dose.table == PREGNANT else DETAILS
        yield Item(dose.key, dose.name, Asks.DOSE, details=details)
        yield Item(dose.key + _NEXT, f"Hẹn tiêm: {dose.name}", Asks.AHEAD)


# the foot of table C1: of the mother, when she bore this child
MOTHER = Item(
    "mother_tetanus", "Số mũi vắc xin uốn ván mẹ đã tiêm", Asks.NUMBER, least=0, most=10, aside=True
)
ITEMS = (*_items(), MOTHER)
_BY_KEY = {dose.key: dose for dose in doses()}


def _dose_of(item: Item) -> Dose:
    return _BY_KEY[item.key.removesuffix(_NEXT)]


def asked_here(item: Item, sex: int, age: int | None) -> bool:
    """Whether the dose is asked of such a person: those of children of children, tetanus of women,
    the rest of everybody, on the page of doses."""
    if item is MOTHER:
        return age is not None and age < _CHILD
    dose = _dose_of(item)
    if dose.table == PREGNANT:
        return sex == 2 and (age is None or age >= _OF_AGE)
    if dose.due is not None:
        return age is not None and age < _CHILD
    return True


def _resource(section: str, item: Item, answer: str, on: date) -> Resource:
    if item is MOTHER:
        return observation(section, item, answer, on)
    dose = _dose_of(item)
    vaccine = concept(section, item)
    vaccine["coding"].append({"system": _VACCINE, "code": dose.vaccine})
    if item.asks is Asks.AHEAD:
        return _recommendation(dose, vaccine, answer, on)
    when, *more = answer.split("\t")
    told = dict(zip(item.details, more, strict=False))
    resource = {
        "resourceType": "Immunization", "status": "completed", "patient": {"reference": SELF},
        "vaccineCode": vaccine, "occurrenceDateTime": when,
        "protocolApplied": [{
            "doseNumberPositiveInt": dose.number,
            "targetDisease": [{"text": antigen} for antigen in dose.antigens],
        }],
    }  # fmt: skip
    if lot := told.get("lot"):
        resource["lotNumber"] = lot
    if place := told.get("place"):
        resource["location"] = {"display": place}
    if reaction := told.get("reaction"):
        resource["reaction"] = [{"detail": {"display": reaction}}]
    if month := told.get(MONTH):
        resource["extension"] = [{"url": _OF_PREGNANCY, "valueInteger": int(month)}]
    return resource


def _recommendation(dose: Dose, vaccine: Resource, day: str, on: date) -> Resource:
    return {
        "resourceType": "ImmunizationRecommendation", "patient": {"reference": SELF},
        "date": on.isoformat(),
        "recommendation": [{
            "vaccineCode": [vaccine], "doseNumberPositiveInt": dose.number,
            "forecastStatus": {"coding": [{"system": _STATUS, "code": "due"}]},
            "dateCriterion": [{
                "code": {"coding": [{"system": LOINC, "code": _DUE}]}, "value": day,
            }],
        }],
    }  # fmt: skip


def _answer(item: Item, resource: Resource) -> str:
    if item is MOTHER:
        return observed(item, resource)
    if item.asks is Asks.AHEAD:
        return _appointment(resource)
    when = str(resource.get("occurrenceDateTime", ""))[:10]
    details = (
        resource.get("lotNumber"), place_of(resource), reaction_of(resource), month_of(resource)
    )  # fmt: skip
    return "\t".join((when, *(" ".join(str(one or "").split()) for one in details))).rstrip("\t")


def _appointment(resource: Mapping) -> str:
    """The day that a recommendation names, in ISO form; "" for none."""
    told = (resource.get("recommendation") or [{}])[0]
    return next((str(one["value"])[:10] for one in told.get("dateCriterion") or ()), "")


def place_of(resource: Mapping) -> str:
    """Where a dose was given, in words; "" where it is not said."""
    return str((resource.get("location") or {}).get("display", ""))


def reaction_of(resource: Mapping) -> str:
    """What the body said to a dose, in words; "" where nothing is told."""
    told = ((one.get("detail") or {}).get("display") for one in resource.get("reaction") or ())
    return "; ".join(filter(None, told))


def month_of(resource: Mapping) -> str:
    """In which month of a pregnancy a dose was given, in digits; "" where it is not said."""
    told = resource.get("extension") or ()
    return next((str(one["valueInteger"]) for one in told if one.get("url") == _OF_PREGNANCY), "")


def item_of(resource: Mapping) -> str | None:
    """The key of the item that a dose from anywhere answers; None where the form has none."""
    told = given(resource)
    return f"{told[0].lower()}_{told[1]}" if told else None


SECTION = Section("immunisation", "C", ITEMS, _resource, _answer)
