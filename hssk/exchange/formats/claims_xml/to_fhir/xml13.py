"""XML13, the referral → ServiceRequest. What repeats XML1 (name, birth, card, address) and the
escort's name stay out."""

from collections.abc import Iterator
from typing import Any

from hssk.exchange.formats.claims_xml.model import Row
from hssk.exchange.formats.claims_xml.to_fhir.parts import (
    coding,
    concept,
    facility,
    staff,
    when,
)
from hssk.exchange.formats.claims_xml.to_fhir.systems import ENDINGS, ours
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.values import illnesses, items, moment

MAPPING = {
    "SO_HOSO": "ServiceRequest.identifier.value",
    "SO_CHUYENTUYEN": "ServiceRequest.identifier.value",
    "GIAY_CHUYEN_TUYEN": "ServiceRequest.identifier.value",
    "MA_CSKCB_DI": "ServiceRequest.note.text",
    "MA_CSKCB_DEN": "ServiceRequest.performer.identifier.value",
    "NGAY_RA": "ServiceRequest.authoredOn",
    "CHAN_DOAN_RV": "ServiceRequest.reasonCode.text",
    "MA_BENH_CHINH": "ServiceRequest.reasonCode.coding.code",
    "MA_BENH_KT": "ServiceRequest.reasonCode.coding.code",
    "MA_BENH_YHCT": "ServiceRequest.reasonCode.coding.code",
    "MA_LOAI_RV": "ServiceRequest.orderDetail.coding.code",
    "MA_LYDO_CT": "ServiceRequest.orderDetail.coding.code",
    "MA_BAC_SI": "ServiceRequest.requester.identifier.value",
    "DAU_HIEU_LS": "ServiceRequest.note.text",
    "QT_BENHLY": "ServiceRequest.note.text",
    "TOMTAT_KQ": "ServiceRequest.note.text",
    "PP_DIEUTRI": "ServiceRequest.note.text",
    "PP_DIEU_TRI": "ServiceRequest.note.text",
    "TINH_TRANG_CT": "ServiceRequest.note.text",
    "TEN_DICH_VU": "ServiceRequest.note.text",
    "TEN_THUOC": "ServiceRequest.note.text",
    "HUONG_DIEU_TRI": "ServiceRequest.note.text",
    "PHUONGTIEN_VC": "ServiceRequest.note.text",
}
_NOTES = {
    "MA_CSKCB_DI": "Cơ sở chuyển đến trước đó",
    "DAU_HIEU_LS": "Dấu hiệu lâm sàng",
    "QT_BENHLY": "Quá trình bệnh lý và diễn biến lâm sàng",
    "TOMTAT_KQ": "Tóm tắt kết quả cận lâm sàng",
    "PP_DIEUTRI": "Phương pháp điều trị",
    "PP_DIEU_TRI": "Thủ thuật, kỹ thuật, thuốc đã sử dụng",
    "TEN_DICH_VU": "Dịch vụ kỹ thuật đã sử dụng",
    "TEN_THUOC": "Thuốc đã sử dụng",
    "TINH_TRANG_CT": "Tình trạng lúc chuyển",
    "HUONG_DIEU_TRI": "Hướng điều trị",
    "PHUONGTIEN_VC": "Phương tiện vận chuyển",
}
TITLE = "Chuyển cơ sở khám bệnh, chữa bệnh"


def made_of(visit: Visit) -> Iterator[Made]:
    """One request for each referral."""
    for line, row in visit.lines("XML13"):
        at = moment(row["NGAY_RA"])
        resource = {
            "resourceType": "ServiceRequest",
            "identifier": [
                {"system": ours(tag), "value": row[tag]}
                for tag in ("GIAY_CHUYEN_TUYEN", "SO_CHUYENTUYEN", "SO_HOSO")
                if row[tag]
            ],
            "status": "active",
            "intent": "order",
            "code": concept(coding(ours("bang"), "XML13", TITLE), text=TITLE),
            "orderDetail": [
                concept(
                    coding(
                        ours("MA_LOAI_RV"), row["MA_LOAI_RV"], ENDINGS.get(row["MA_LOAI_RV"], "")
                    )
                ),
                concept(coding(ours("MA_LYDO_CT"), row["MA_LYDO_CT"])),
            ],
            "encounter": visit.encounter,
            "authoredOn": when(row["NGAY_RA"]),
            "requester": _requester(visit, row),
            "performer": [facility(row["MA_CSKCB_DEN"])],
            "reasonCode": _reasons(visit, row),
            "note": [{"text": f"{label}: {row[tag]}"} for tag, label in _NOTES.items() if row[tag]],
        }
        yield visit.made(
            resource, kind="referral", section="referrals", at=at, table="XML13", line=line,
            code="XML13", display=TITLE,
        )  # fmt: skip


def _requester(visit: Visit, row: Row) -> dict[str, Any]:
    doctors = staff(row["MA_BAC_SI"])
    return doctors[0] if doctors else facility(row["MA_CSKCB"] or visit.claim.facility)


def _reasons(visit: Visit, row: Row) -> list[dict[str, Any]]:
    codes = [(visit.edition, code) for code in illnesses(row["MA_BENH_CHINH"])]
    codes += [(visit.edition, code) for code in illnesses(row["MA_BENH_KT"])]
    codes += [(ours("MA_BENH_YHCT"), text) for text in items(row["MA_BENH_YHCT"])]
    return [concept(text=row["CHAN_DOAN_RV"]), *(concept(coding(*each)) for each in codes)]
