"""XML3, services → Procedure. Supplies, bed-days, transport, fees of a consultation are no acts on
somebody; they stay in the bill.

Source: QĐ 5937/QĐ-BYT (30/12/2021), annex 3, groups of cost, with 19 of QĐ 4750/QĐ-BYT.
"""

from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.model import Row
from hssk.exchange.formats.claims_xml.to_fhir.parts import (
    coding,
    concept,
    facility,
    staff,
    when,
)
from hssk.exchange.formats.claims_xml.to_fhir.systems import ANAESTHESIA, ours
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.values import decimal_of, illnesses, items, moment

MAPPING = {
    "MA_DICH_VU": "Procedure.code.coding.code",
    "MA_PTTT_QT": "Procedure.code.coding.code",
    "TEN_DICH_VU": "Procedure.code.text",
    "MA_NHOM": "Procedure.category.coding.code",
    "NGAY_TH_YL": "Procedure.performedDateTime",
    "NGUOI_THUC_HIEN": "Procedure.performer.actor.identifier.value",
    "MA_BAC_SI": "Procedure.note.text",
    "MA_BENH": "Procedure.reasonCode.coding.code",
    "MA_BENH_YHCT": "Procedure.reasonCode.coding.code",
    "VI_TRI_TH_DVKT": "Procedure.bodySite.coding.code",
    "PP_VO_CAM": "Procedure.note.text",
    "MA_MAY": "Procedure.note.text",
    "SO_LUONG": "Procedure.note.text",
}
NO_ACT = {"10", "11", "12", "13", "14", "15", "16", "19"}


def is_act(row: Row) -> bool:
    """Whether a line is a service done to the person, and not a supply, a bed or a fee."""
    return bool(row["MA_DICH_VU"]) and not row["MA_VAT_TU"] and row["MA_NHOM"] not in NO_ACT


def made_of(visit: Visit) -> Iterator[Made]:
    """One procedure for each line that is an act."""
    for line, row in visit.lines("XML3"):
        if is_act(row):
            yield _procedure(visit, line, row)


def _procedure(visit: Visit, line: int, row: Row) -> Made:
    done = row["NGAY_TH_YL"] if moment(row["NGAY_TH_YL"]) else row["NGAY_YL"]
    resource = {
        "resourceType": "Procedure",
        "status": "completed",
        "category": concept(coding(ours("MA_NHOM"), row["MA_NHOM"])),
        "code": concept(
            coding(ours("MA_DICH_VU"), row["MA_DICH_VU"], row["TEN_DICH_VU"]),
            *(coding(ours("MA_PTTT_QT"), code) for code in items(row["MA_PTTT_QT"])),
            text=row["TEN_DICH_VU"],
        ),
        "encounter": visit.encounter,
        "performedDateTime": when(done),
        "performer": [
            {"actor": person, "onBehalfOf": facility(visit.claim.facility)}
            for person in staff(row["NGUOI_THUC_HIEN"])
        ],
        "reasonCode": [
            *(concept(coding(visit.edition, code)) for code in illnesses(row["MA_BENH"])),
            *(concept(coding(ours("MA_BENH_YHCT"), c)) for c in items(row["MA_BENH_YHCT"])),
        ],
        "bodySite": [
            concept(coding(ours("VI_TRI_TH_DVKT"), code)) for code in items(row["VI_TRI_TH_DVKT"])
        ],
        "note": [{"text": text} for text in _notes(row)],
    }
    return visit.made(
        resource, kind="procedure", section="procedures", at=moment(done), table="XML3", line=line,
        code=row["MA_DICH_VU"], display=row["TEN_DICH_VU"],
    )  # fmt: skip


def _notes(row: Row) -> Iterator[str]:
    if row["PP_VO_CAM"]:
        yield f"Vô cảm: {ANAESTHESIA.get(row['PP_VO_CAM'], row['PP_VO_CAM'])}"
    if row["MA_BAC_SI"]:
        yield f"Người chỉ định: {', '.join(items(row['MA_BAC_SI']))}"
    if row["SO_LUONG"] and decimal_of(row["SO_LUONG"]) != 1:
        yield f"Số lượng: {row['SO_LUONG']} {row['DON_VI_TINH']}".strip()
    if row["MA_MAY"]:
        yield f"Máy: {row['MA_MAY']}"
