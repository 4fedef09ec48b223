"""Part C: doses. One table of them, shown as the form's three and as what is due.

Source: QĐ 831/QĐ-BYT, C1 to C3; TT 10/2024/TT-BYT for the age at which a dose is due. The table is
`records/codes/vaccines.csv`, a source in each line.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from hssk.kit.dates import PartialDate
from hssk.records.rules.fhir import SELF
from hssk.records.sections.item import Asks, Item, Resource, Section, concept

TABLE = Path(__file__).resolve().parent.parent / "codes" / "vaccines.csv"
CHILDREN, BEYOND, PREGNANT = "C1", "C2", "C3"
TEXTS: dict[str, str] = {
    CHILDREN: "Tiêm chủng cơ bản cho trẻ em",
    BEYOND: "Tiêm chủng ngoài chương trình",
    PREGNANT: "Tiêm vắc xin uốn ván (phụ nữ có thai)",
    "": "Vắc xin khác",
}
_CHILD, _OF_AGE = 6, 10
_VACCINE = "urn:hssk:vaccine"


@dataclass(frozen=True)
class Dose:
    """One line of the table: a vaccine's dose, and at what age in days it is due and no longer."""

    table: str
    vaccine: str
    number: int
    name: str
    antigens: tuple[str, ...]
    due: int | None
    until: int | None
    source: str

    @property
    def key(self) -> str:
        """Of the item that asks for it."""
        return f"{self.vaccine.lower()}_{self.number}"


@cache
def doses() -> tuple[Dose, ...]:
    """The table, in its order."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Dose(
                row["table"], row["vaccine"], int(row["dose"]), row["name"],
                tuple(row["antigens"].split(";")), int(row["due"]) if row["due"] else None,
                int(row["until"]) if row["until"] else None, row["source"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip


def given(resource: Mapping) -> tuple[str, int] | None:
    """(vaccine, number) of an Immunization, in the table's words; None where it says neither."""
    coding = (resource.get("vaccineCode") or {}).get("coding") or ()
    vaccine = next((one.get("code") for one in coding if one.get("system") == _VACCINE), None)
    protocol = (resource.get("protocolApplied") or [{}])[0]
    number = protocol.get("doseNumberPositiveInt")
    return (vaccine, number) if vaccine and number else None


def due(
    birth: PartialDate, had: Iterable[tuple[str, int]], on: date
) -> Iterator[tuple[Dose, date]]:
    """Doses of the programme that somebody should have had by `on` or within 30 days, and has not.

    had  (vaccine, number) of the doses that are known. A later dose of a vaccine stands for those
         before it: papers get lost, and nobody begins anew
    Nothing for whom the day of birth is not known to the month, or who is past the age.
    """
    if birth.precision == "Y":
        return
    latest: dict[str, int] = {}
    for vaccine, number in had:
        latest[vaccine] = max(number, latest.get(vaccine, 0))
    age = (on - birth.value).days
    for dose in doses():
        if dose.due is None or dose.until is None or dose.number <= latest.get(dose.vaccine, 0):
            continue
        if dose.due - 30 <= age <= dose.until:
            yield dose, birth.value + timedelta(dose.due)


ITEMS = tuple(Item(dose.key, dose.name, Asks.DAY) for dose in doses())
_BY_KEY = {dose.key: dose for dose in doses()}


def asked_here(item: Item, sex: int, age: int | None) -> bool:
    """Whether the dose is asked of such a person: those of children of children, tetanus of women,
    the rest of everybody, on the page of doses."""
    dose = _BY_KEY[item.key]
    if dose.table == PREGNANT:
        return sex == 2 and (age is None or age >= _OF_AGE)
    if dose.due is not None:
        return age is not None and age < _CHILD
    return True


def _resource(section: str, item: Item, answer: str, _on: date) -> Resource:
    dose = _BY_KEY[item.key]
    vaccine = concept(section, item)
    vaccine["coding"].append({"system": _VACCINE, "code": dose.vaccine})
    return {
        "resourceType": "Immunization", "status": "completed", "patient": {"reference": SELF},
        "vaccineCode": vaccine, "occurrenceDateTime": answer,
        "protocolApplied": [{
            "doseNumberPositiveInt": dose.number,
            "targetDisease": [{"text": antigen} for antigen in dose.antigens],
        }],
    }  # fmt: skip


def _answer(_item: Item, resource: Resource) -> str:
    return str(resource.get("occurrenceDateTime", ""))[:10]


def item_of(resource: Mapping) -> str | None:
    """The key of the item that a dose from anywhere answers; None where the form has none."""
    told = given(resource)
    return f"{told[0].lower()}_{told[1]}" if told else None


SECTION = Section("immunisation", "C", ITEMS, _resource, _answer)
