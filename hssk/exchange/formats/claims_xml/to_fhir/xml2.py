"""XML2, medicines → MedicationStatement.

A statement and not a request: the claim is a report made afterwards by who charges for the
medicine, and what it says for certain is that it was handed out or given. What it says of the order
(doctor, moment) does not make the order that the doctor signed.
"""

from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.model import Row
from hssk.exchange.formats.claims_xml.to_fhir.parts import coding, concept, facility, when
from hssk.exchange.formats.claims_xml.to_fhir.systems import ours
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.values import items, moment

MAPPING = {
    "MA_THUOC": "MedicationStatement.medicationCodeableConcept.coding.code",
    "SO_DANG_KY": "MedicationStatement.medicationCodeableConcept.coding.code",
    "TEN_THUOC": "MedicationStatement.medicationCodeableConcept.text",
    "HAM_LUONG": "MedicationStatement.medicationCodeableConcept.text",
    "LIEU_DUNG": "MedicationStatement.dosage.text",
    "CACH_DUNG": "MedicationStatement.dosage.patientInstruction",
    "DUONG_DUNG": "MedicationStatement.dosage.route.coding.code",
    "NGAY_YL": "MedicationStatement.dateAsserted",
    "NGAY_TH_YL": "MedicationStatement.effectiveDateTime",
    "SO_LUONG": "MedicationStatement.note.text",
    "DON_VI_TINH": "MedicationStatement.note.text",
    "DANG_BAO_CHE": "MedicationStatement.note.text",
    "MA_BAC_SI": "MedicationStatement.note.text",
}


def made_of(visit: Visit) -> Iterator[Made]:
    """One statement for each line."""
    for line, row in visit.lines("XML2"):
        given, ordered = moment(row["NGAY_TH_YL"]), moment(row["NGAY_YL"])
        name = " ".join(filter(None, (row["TEN_THUOC"], row["HAM_LUONG"])))
        resource = {
            "resourceType": "MedicationStatement",
            # carried out in the facility, or handed out, and then nobody knows whether it was taken
            "status": "completed" if given else "unknown",
            "medicationCodeableConcept": concept(
                coding(ours("MA_THUOC"), row["MA_THUOC"], row["TEN_THUOC"]),
                coding(ours("SO_DANG_KY"), row["SO_DANG_KY"]),
                text=name or "Thuốc không ghi tên",
            ),
            "context": visit.encounter,
            "effectiveDateTime": when(row["NGAY_TH_YL"]) or when(row["NGAY_YL"]),
            "dateAsserted": when(row["NGAY_YL"]),
            "informationSource": facility(visit.claim.facility),
            "dosage": [
                {
                    "text": row["LIEU_DUNG"],
                    "patientInstruction": row["CACH_DUNG"],
                    "route": concept(coding(ours("DUONG_DUNG"), row["DUONG_DUNG"])),
                }
            ],
            "note": [{"text": text} for text in _notes(row)],
        }
        yield visit.made(
            resource, kind="medicine", section="medicines", at=given or ordered, table="XML2",
            line=line, code=row["MA_THUOC"], display=name,
        )  # fmt: skip


def _notes(row: Row) -> Iterator[str]:
    if row["SO_LUONG"]:
        yield f"Số lượng: {row['SO_LUONG']} {row['DON_VI_TINH']}".strip()
    if row["DANG_BAO_CHE"]:
        yield f"Dạng bào chế: {row['DANG_BAO_CHE']}"
    if row["MA_BAC_SI"]:
        yield f"Người chỉ định: {', '.join(items(row['MA_BAC_SI']))}"
