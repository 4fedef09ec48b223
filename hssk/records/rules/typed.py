"""A visit as a station types it, and the resources that say it.

Source: QĐ 831/QĐ-BYT, part D (one examination): vital signs with their units, diagnosis with
its ICD-10 code, advice; and what a station measures besides (SpO2, sugar of the finger). Beyond
its range a figure is a slip of the hand, not an illness.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from hssk.records.rules.fhir import SELF
from hssk.records.rules.icd10 import system_on
from hssk.records.rules.reading_codes import LOINC
from hssk.records.sections import EXAMINED, FORM, code_of

UCUM = "http://unitsofmeasure.org"
ACT = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
CLINICAL = "http://terminology.hl7.org/CodeSystem/condition-clinical"
TEXTS: dict[str, str] = {"visit": "Khám tại trạm", "pressure": "Huyết áp", "breaths": "Nhịp thở"}


@dataclass(frozen=True)
class Figure:
    """A vital sign: its LOINC code, unit, and the range outside which it was mistyped."""

    key: str
    name: str
    code: str
    unit: str
    ucum: str
    least: float
    most: float


FIGURES = (
    Figure("pulse", "Mạch", "8867-4", "lần/phút", "/min", 20, 250),
    Figure("temperature", "Nhiệt độ", "8310-5", "°C", "Cel", 30, 43),
    Figure("breaths", TEXTS["breaths"], "9279-1", "lần/phút", "/min", 5, 80),
    Figure("weight", "Cân nặng", "29463-7", "kg", "kg", 0.4, 300),
    Figure("height", "Chiều cao", "8302-2", "cm", "cm", 20, 230),
    Figure("spo2", "SpO2", "59408-5", "%", "%", 50, 100),
    Figure("glucose", "Đường huyết", "15074-8", "mmol/L", "mmol/L", 1, 40),
)
SYSTOLIC = Figure("systolic", "Huyết áp tâm thu", "8480-6", "mmHg", "mm[Hg]", 40, 300)
DIASTOLIC = Figure("diastolic", "Huyết áp tâm trương", "8462-4", "mmHg", "mm[Hg]", 20, 200)


@dataclass(frozen=True)
class TypedVisit:
    """What was typed: figures by key, diseases as (code, name), medicines as they are written.

    found  what was looked at besides, by the code of its item in `sections.EXAMINED`
    """

    on: date
    reason: str = ""
    figures: dict[str, float] = field(default_factory=dict)
    diseases: tuple[tuple[str, str], ...] = ()
    medicines: tuple[str, ...] = ()
    advice: str = ""
    found: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """One entry of it: the resource with the columns that lists need."""

    entry: UUID
    section: str
    resource: dict[str, Any]
    code: str = ""
    system: str = ""
    display: str = ""


@dataclass(frozen=True)
class Numbers:
    """The numbers of a visit's diseases and medicines, from which their keys follow."""

    diseases: Sequence[int]
    medicines: Sequence[int]


def disease_key(key: UUID, number: int) -> UUID:
    """The key of a disease of the visit `key`."""
    return uuid5(key, f"disease {number}")


def medicine_key(key: UUID, number: int) -> UUID:
    """The key of a medicine of the visit `key`."""
    return uuid5(key, f"medicine {number}")


def entries_of(visit: TypedVisit, key: UUID, numbers: Numbers | None = None) -> Iterator[Said]:
    """The entries of a typed visit, under keys that follow from `key`, which is its Encounter's.

    numbers  of its diseases and medicines, in their order; counted through where it is new
    """
    if numbers is None:
        numbers = Numbers(range(len(visit.diseases)), range(len(visit.medicines)))
    ill = [disease_key(key, number) for number in numbers.diseases]
    yield Said(key, "visits", _encounter(visit, ill), display=visit.reason)
    encounter = {"reference": f"Encounter/{key}"}
    if "systolic" in visit.figures:
        yield _pressure(visit, key, encounter)
    for figure in FIGURES:
        if figure.key in visit.figures:
            yield _figure(visit, key, encounter, figure)
    yield from _examined(visit, key, encounter)
    for entry, (code, name) in zip(ill, visit.diseases, strict=True):
        yield _disease((entry, encounter), code, name, visit.on)
    for number, name in zip(numbers.medicines, visit.medicines, strict=True):
        yield Said(
            medicine_key(key, number), "medicines",
            {"resourceType": "MedicationStatement", "status": "active", "context": encounter,
             "subject": {"reference": SELF}, "medicationCodeableConcept": {"text": name},
             "effectiveDateTime": visit.on.isoformat()},
            display=name,
        )  # fmt: skip


def _examined(visit: TypedVisit, key: UUID, encounter: dict) -> Iterator[Said]:
    for section in EXAMINED:
        for item in section.items:
            code = code_of(section.key, item.key)
            if answer := visit.found.get(code):
                resource = section.resource(section.key, item, answer, visit.on)
                resource["encounter"] = encounter
                yield Said(uuid5(key, code), section.key, resource, code, FORM, item.name)


def _encounter(visit: TypedVisit, ill: Sequence[UUID]) -> dict[str, Any]:
    on = visit.on.isoformat()
    resource: dict[str, Any] = {
        "resourceType": "Encounter", "status": "finished", "subject": {"reference": SELF},
        "class": {"system": ACT, "code": "AMB", "display": TEXTS["visit"]},
        "period": {"start": on, "end": on},
    }  # fmt: skip
    if visit.reason:
        resource["reasonCode"] = [{"text": visit.reason}]
    if ill:  # the main one first, whatever is corrected later
        resource["diagnosis"] = [
            {"condition": {"reference": f"Condition/{entry}"}, "rank": rank}
            for rank, entry in enumerate(ill, 1)
        ]
    if visit.advice:
        resource["text"] = {"status": "additional", "div": _div(visit.advice)}
    return resource


def _div(text: str) -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f'<div xmlns="http://www.w3.org/1999/xhtml">{safe}</div>'


def _quantity(figure: Figure, value: float) -> dict[str, Any]:
    number = int(value) if float(value).is_integer() else value
    return {"value": number, "unit": figure.unit, "system": UCUM, "code": figure.ucum}


def _concept(figure: Figure) -> dict[str, Any]:
    return {"coding": [{"system": LOINC, "code": figure.code}], "text": figure.name}


def _observation(visit: TypedVisit, encounter: dict, **said: Any) -> dict[str, Any]:
    return {
        "resourceType": "Observation", "status": "final", "subject": {"reference": SELF},
        "encounter": encounter, "effectiveDateTime": visit.on.isoformat(), **said,
    }  # fmt: skip


def _figure(visit: TypedVisit, key: UUID, encounter: dict, figure: Figure) -> Said:
    resource = _observation(
        visit, encounter, code=_concept(figure),
        valueQuantity=_quantity(figure, visit.figures[figure.key]),
    )  # fmt: skip
    return Said(uuid5(key, figure.key), "examinations", resource, figure.code, LOINC, figure.name)


def _pressure(visit: TypedVisit, key: UUID, encounter: dict) -> Said:
    parts = [
        {"code": _concept(one), "valueQuantity": _quantity(one, visit.figures[one.key])}
        for one in (SYSTOLIC, DIASTOLIC)
        if one.key in visit.figures
    ]
    code = {"coding": [{"system": LOINC, "code": "85354-9"}], "text": TEXTS["pressure"]}
    resource = _observation(visit, encounter, code=code, component=parts)
    return Said(
        uuid5(key, "pressure"), "examinations", resource, "85354-9", LOINC, TEXTS["pressure"]
    )


def _disease(of: tuple[UUID, dict], code: str, name: str, on: date) -> Said:
    entry, encounter = of
    system = system_on(on)
    coding = [{"system": system, "code": code, "display": name}] if code else []
    resource = {
        "resourceType": "Condition", "subject": {"reference": SELF}, "encounter": encounter,
        "clinicalStatus": {"coding": [{"system": CLINICAL, "code": "active"}]},
        "code": {"coding": coding, "text": name} if coding else {"text": name},
        "recordedDate": on.isoformat(),
    }  # fmt: skip
    return Said(entry, "conclusion", resource, code, system if code else "", name)
