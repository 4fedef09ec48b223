"""Part B5: operations, by part of the body and year. Source: QĐ 831/QĐ-BYT, B.5."""

import re
from datetime import date

from hssk.records.rules.fhir import SELF
from hssk.records.sections.item import Asks, Item, Resource, Section, concept

_YEAR = re.compile(r"\b(19\d\d|20\d\d)\b")

ITEMS = (
    Item("operation", "Đã phẫu thuật", Asks.LINES,
         help="mỗi dòng một lần: bộ phận cơ thể, năm; như: ruột thừa 2015"),
)  # fmt: skip


def year_in(answer: str) -> int | None:
    """The year that a line names; None where it names none."""
    found = _YEAR.search(answer)
    return int(found[1]) if found else None


def _resource(section: str, item: Item, answer: str, on: date) -> Resource:
    resource: Resource = {
        "resourceType": "Procedure", "status": "completed", "subject": {"reference": SELF},
        "code": concept(section, item, answer),
    }  # fmt: skip
    year = year_in(answer)
    if year and year <= on.year:
        resource["performedDateTime"] = str(year)
    return resource


def _answer(_item: Item, resource: Resource) -> str:
    return str(resource["code"]["text"])


SECTION = Section("surgery", "B5", ITEMS, _resource, _answer, display=lambda _item, answer: answer)
