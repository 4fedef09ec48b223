"""What is measured of a body, as Observations: weight, height, the head of a small child."""

from collections.abc import Iterator
from typing import NamedTuple

from hssk.exchange.formats.claims_xml.to_fhir.parts import coding, concept, loinc, quantity
from hssk.exchange.formats.claims_xml.to_fhir.systems import OBSERVATION_CATEGORY
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.values import measured


class _Measure(NamedTuple):
    code: str
    english: str
    name: str
    unit: str
    least: float  # below it, nobody was measured, or in another unit: 1.65 is a height in metres
    most: int


_MEASURES = {
    "weight": _Measure("29463-7", "Body weight", "Cân nặng", "kg", 0.3, 700),
    "height": _Measure("8302-2", "Body height", "Chiều cao", "cm", 20, 260),
    "head": _Measure("9843-4", "Head Occipital-frontal circumference", "Vòng đầu", "cm", 15, 80),
}


def measure(visit: Visit, kind: str, text: str, *, table: str) -> Iterator[Made]:
    """One measure of the day on which the visit began; nothing for what is no such number.

    kind  weight in kg, height or head in cm
    text  the number, with or without its unit
    """
    one = _MEASURES[kind]
    value = measured(text.lower().removesuffix(one.unit).strip())
    if value is None or not one.least <= value < one.most:
        return
    yield visit.made(
        {
            "resourceType": "Observation",
            "status": "final",
            "category": [concept(coding(OBSERVATION_CATEGORY, "vital-signs", "Vital Signs"))],
            "code": loinc(one.code, one.english, one.name),
            "encounter": visit.encounter,
            "effectiveDateTime": visit.began.fhir if visit.began else "",
            "valueQuantity": quantity(value, one.unit, one.unit),
        },
        kind=kind, section="examinations", at=visit.began, table=table,
        code=one.code, display=one.name,
    )  # fmt: skip
