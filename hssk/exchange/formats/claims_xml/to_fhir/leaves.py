"""XML10 and XML11, papers for leave from work → documents.

The employer and the insurance number, which the papers repeat, stay out.
"""

from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.to_fhir.documents import document
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.to_fhir.xml7 import pregnancy, readable, signed

_TEXT = "DocumentReference.content.attachment.data"
_BOTH = {
    "SO_SERI": "DocumentReference.identifier.value",
    "SO_CT": "DocumentReference.identifier.value",
    "NGAY_CT": "DocumentReference.content.attachment.creation",
    "CHAN_DOAN_RV": _TEXT,
    "TU_NGAY": _TEXT,
    "DEN_NGAY": _TEXT,
    "MA_BS": "DocumentReference.author.identifier.value",
}
MAPPING_10 = _BOTH | {"SO_NGAY": _TEXT, "TEN_BS": "DocumentReference.author.display"}
MAPPING_11 = _BOTH | {
    "SO_KCB": "DocumentReference.identifier.value",
    "PP_DIEUTRI": _TEXT,
    "SO_NGAY_NGHI": _TEXT,
    "MA_DINH_CHI_THAI": _TEXT,
    "NGUYENNHAN_DINHCHI": _TEXT,
    "TUOI_THAI": _TEXT,
}


def made_of_10(visit: Visit) -> Iterator[Made]:
    """Leave to protect a pregnancy."""
    for line, row in visit.lines("XML10"):
        said = [
            ("Chẩn đoán", row["CHAN_DOAN_RV"]),
            ("Số ngày nghỉ", row["SO_NGAY"]),
            ("Từ ngày", readable(row["TU_NGAY"])),
            ("Đến ngày", readable(row["DEN_NGAY"])),
        ]
        numbers = tuple((tag, row[tag]) for tag in ("SO_SERI", "SO_CT"))
        yield document(
            visit, "XML10", line, "Giấy chứng nhận nghỉ dưỡng thai", said, on=row["NGAY_CT"],
            numbers=numbers, authors=signed(row),
        )  # fmt: skip


def made_of_11(visit: Visit) -> Iterator[Made]:
    """Leave from work, paid by the social insurance."""
    for line, row in visit.lines("XML11"):
        said = [
            ("Chẩn đoán", row["CHAN_DOAN_RV"]),
            ("Phương pháp điều trị", row["PP_DIEUTRI"]),
            *pregnancy(row),
            ("Số ngày nghỉ", row["SO_NGAY_NGHI"]),
            ("Từ ngày", readable(row["TU_NGAY"])),
            ("Đến ngày", readable(row["DEN_NGAY"])),
        ]
        numbers = tuple((tag, row[tag]) for tag in ("SO_SERI", "SO_CT", "SO_KCB"))
        yield document(
            visit, "XML11", line, "Giấy chứng nhận nghỉ việc hưởng bảo hiểm xã hội", said,
            on=row["NGAY_CT"], numbers=numbers, authors=signed(row),
        )  # fmt: skip
