"""XML5, clinical notes → their vital signs as Observations, and the note itself as a document.

Source: QĐ 4750/QĐ-BYT, DIEN_BIEN_LS, for the shorthand; LOINC and UCUM as HL7's profile of vital
signs asks.
"""

from collections.abc import Iterator
from decimal import Decimal

from hssk.exchange.formats.claims_xml.to_fhir.documents import document
from hssk.exchange.formats.claims_xml.to_fhir.parts import (
    Resource,
    coding,
    concept,
    loinc,
    quantity,
    staff,
)
from hssk.exchange.formats.claims_xml.to_fhir.systems import OBSERVATION_CATEGORY
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.values import Moment, moment
from hssk.exchange.formats.claims_xml.vitals import Vitals, vitals_in

MAPPING = {
    "DIEN_BIEN_LS": "DocumentReference.content.attachment.data",
    "GIAI_DOAN_BENH": "DocumentReference.content.attachment.data",
    "HOI_CHAN": "DocumentReference.content.attachment.data",
    "PHAU_THUAT": "DocumentReference.content.attachment.data",
    "THOI_DIEM_DBLS": "Observation.effectiveDateTime",
    "NGUOI_THUC_HIEN": "DocumentReference.author.identifier.value",
}
# name in Vitals → LOINC, its name, ours, unit as written, unit of UCUM
_SIGNS = {
    "pulse": ("8867-4", "Heart rate", "Mạch", "lần/phút", "/min"),
    "temperature": ("8310-5", "Body temperature", "Nhiệt độ", "°C", "Cel"),
    "respiration": ("9279-1", "Respiratory rate", "Nhịp thở", "lần/phút", "/min"),
    "spo2": ("2708-6", "Oxygen saturation in Arterial blood", "SpO2", "%", "%"),
}
_WHOLE = {
    "resourceType": "Observation",
    "status": "final",
    "category": [concept(coding(OBSERVATION_CATEGORY, "vital-signs", "Vital Signs"))],
}
_SYSTOLIC = loinc("8480-6", "Systolic blood pressure", "Huyết áp tâm thu")
_DIASTOLIC = loinc("8462-4", "Diastolic blood pressure", "Huyết áp tâm trương")


def made_of(visit: Visit) -> Iterator[Made]:
    """For each line its vital signs, then the note if it says anything."""
    for line, row in visit.lines("XML5"):
        at = moment(row["THOI_DIEM_DBLS"])
        for place, reading in enumerate(vitals_in(row["DIEN_BIEN_LS"])):
            yield from signs(visit, reading, at=at, table="XML5", line=line, place=place)
        said = [
            ("Diễn biến lâm sàng", row["DIEN_BIEN_LS"]),
            ("Giai đoạn bệnh", row["GIAI_DOAN_BENH"]),
            ("Hội chẩn", row["HOI_CHAN"]),
            ("Phẫu thuật, thủ thuật", row["PHAU_THUAT"]),
        ]
        if any(words for _, words in said):
            yield document(
                visit, "XML5", line, "Diễn biến lâm sàng", said, on=row["THOI_DIEM_DBLS"],
                authors=staff(row["NGUOI_THUC_HIEN"]),
            )  # fmt: skip


def signs(
    visit: Visit, reading: Vitals, *, at: Moment | None, table: str, line: int = 1, place: int = 0
) -> Iterator[Made]:
    """An Observation for each sign of a reading; `place` tells it from others of its line."""
    for name, resource in _resources(reading):
        whole = _WHOLE | {
            "encounter": visit.encounter, "effectiveDateTime": at.fhir if at else "", **resource
        }  # fmt: skip
        code = resource["code"]
        yield visit.made(
            whole, kind=f"{name}-{place}", section="examinations", at=at, table=table, line=line,
            code=code["coding"][0]["code"], display=code["text"],
        )  # fmt: skip


def _resources(reading: Vitals) -> Iterator[tuple[str, Resource]]:
    for name, (code, english, vietnamese, unit, ucum) in _SIGNS.items():
        value: Decimal | None = getattr(reading, name)
        if value is not None:
            yield (
                name,
                {
                    "code": loinc(code, english, vietnamese),
                    "valueQuantity": quantity(value, unit, ucum),
                },
            )
    if reading.systolic is not None and reading.diastolic is not None:
        yield (
            "pressure",
            {
                "code": loinc(
                    "85354-9", "Blood pressure panel with all children optional", "Huyết áp"
                ),
                "component": [
                    {
                        "code": _SYSTOLIC,
                        "valueQuantity": quantity(reading.systolic, "mmHg", "mm[Hg]"),
                    },
                    {
                        "code": _DIASTOLIC,
                        "valueQuantity": quantity(reading.diastolic, "mmHg", "mm[Hg]"),
                    },
                ],
            },
        )
