"""The form of QĐ 831, one file a section: what is asked, the resource of an answer, and back."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from hssk.kit.text import fold
from hssk.records.rules.fhir import SELF
from hssk.records.rules.labels import ANY, PLACE
from hssk.records.sections import (
    administrative,
    allergies,
    birth,
    disability,
    examinations,
    family_history,
    immunisation,
    other_problems,
    own_illnesses,
    reproductive,
    results,
    risk_factors,
    surgery,
)
from hssk.records.sections.item import (
    FORM,
    MONTH,
    NOTHING,
    TEXTS,
    TICKED,
    Asks,
    Item,
    Resource,
    Section,
    code_of,
)

PARTS: dict[str, Section] = {
    one.SECTION.key: one.SECTION
    for one in (
        administrative, birth, risk_factors, allergies, own_illnesses, disability, surgery,
        family_history, reproductive, other_problems, immunisation,
    )
}  # fmt: skip
# part D is of a visit: looked at and written down there
EXAMINED = (examinations.SECTION, results.SECTION)
_NO = frozenset({
    "", "0", "no", "khong", "khong co", "khong co gi", "chua", "chua co", "0 lan", "binh thuong",
})  # fmt: skip
NOTHING_OF_A_SECTION = Item(NOTHING, TEXTS[NOTHING], Asks.TICK)


def asked(sex: int, age: int | None) -> Iterator[tuple[Section, tuple[Item, ...]]]:
    """The sections and items that the form has for such a person, in its order.

    sex  1 man, 2 woman, else not known; age in whole years, None where it is not known
    """
    for section in PARTS.values():
        if section.asked_of(sex, age):
            items = section.items
            if section is immunisation.SECTION:
                items = tuple(one for one in items if immunisation.asked_here(one, sex, age))
            yield section, items


def resource_of(section: Section, item: Item, answer: str, on: date) -> Resource:
    """The resource of one answer that was given on `on`; "asked, nothing" is an Observation."""
    if item.key == NOTHING:
        return {
            "resourceType": "Observation", "status": "final", "subject": {"reference": SELF},
            "effectiveDateTime": on.isoformat(), "valueBoolean": True,
            "code": {"coding": [{"system": FORM, "code": code_of(section.key, NOTHING)}],
                     "text": TEXTS[NOTHING]},
        }  # fmt: skip
    return section.resource(section.key, item, answer, on)


def tells(item: Item, answer: str) -> list[tuple[str, str]]:
    """(kind, text) of what an answer says that may be sensitive: nothing, where it says no."""
    if fold(answer).strip(" .") in _NO:
        return []
    meant = item.tells.get(answer) or item.tells.get("*")
    words = [meant] if meant else []
    if item.asks in (Asks.WORDS, Asks.LINES):
        words.append(answer)
    if item.asks is Asks.DOSE:
        words += answer.split("\t")[1:]
    if item.asks in (Asks.TICK, Asks.WORDS, Asks.LINES):
        words.append(item.name)  # "Tâm thần: mẹ" is of the family, and as sensitive
    return [(kind, text) for text in words for kind in (ANY, PLACE)]


def item_of(one: Any) -> tuple[Section, Item] | None:
    """The item that an entry answers, whoever brought it; None for what is no answer of the form.

    one  anything with the fields of an entry: section, system, code, resource
    """
    section = PARTS.get(one.section)
    if section is None:
        return None
    key = one.code.partition(".")[2] if one.system == FORM else None
    if section is immunisation.SECTION and key is None:
        key = immunisation.item_of(one.resource)
    if key == NOTHING:
        return section, NOTHING_OF_A_SECTION
    item = section.item(key) if key else None
    return (section, item) if item else None


def answers_of(entries: Iterable[Any]) -> dict[str, list[Any]]:
    """The entries that answer each item, the latest first, by its code `<section>.<item>`."""
    found: dict[str, list[Any]] = {}
    for one in sorted(entries, key=lambda one: one.id, reverse=True):
        if answered := item_of(one):
            found.setdefault(code_of(answered[0].key, answered[1].key), []).append(one)
    return found


def answer_in(item: Item, section: Section, resource: Resource) -> str:
    """The answer that a resource holds, as the form takes it."""
    return TICKED if item.key == NOTHING else section.answer(item, resource)


__all__ = [
    "EXAMINED", "FORM", "MONTH", "NOTHING", "NOTHING_OF_A_SECTION", "PARTS", "TICKED", "Asks",
    "Item", "Section", "answer_in", "answers_of", "asked", "code_of", "item_of", "resource_of",
    "tells",
]  # fmt: skip
