"""XML7, the discharge paper → a document. Parents' names and numbers stay out: they are not of the
person's record."""

from collections.abc import Iterator
from typing import Any

from hssk.exchange.formats.claims_xml.model import Row
from hssk.exchange.formats.claims_xml.to_fhir.documents import document
from hssk.exchange.formats.claims_xml.to_fhir.parts import identified
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.values import Moment, moment

MAPPING = {
    "SO_LUU_TRU": "DocumentReference.identifier.value",
    "NGAY_CT": "DocumentReference.content.attachment.creation",
    "NGAY_VAO": "DocumentReference.content.attachment.data",
    "NGAY_RA": "DocumentReference.content.attachment.data",
    "CHAN_DOAN_RV": "DocumentReference.content.attachment.data",
    "PP_DIEUTRI": "DocumentReference.content.attachment.data",
    "GHI_CHU": "DocumentReference.content.attachment.data",
    "MA_DINH_CHI_THAI": "DocumentReference.content.attachment.data",
    "NGUYENNHAN_DINHCHI": "DocumentReference.content.attachment.data",
    "THOIGIAN_DINHCHI": "DocumentReference.content.attachment.data",
    "TUOI_THAI": "DocumentReference.content.attachment.data",
    "SO_NGAY_NGHI": "DocumentReference.content.attachment.data",
    "NGOAITRU_TUNGAY": "DocumentReference.content.attachment.data",
    "NGOAITRU_DENNGAY": "DocumentReference.content.attachment.data",
    "MA_BS": "DocumentReference.author.identifier.value",
    "TEN_BS": "DocumentReference.author.display",
}


def made_of(visit: Visit) -> Iterator[Made]:
    """One document for each paper: after a birth of twins there are two."""
    for line, row in visit.lines("XML7"):
        said = [
            ("Vào viện", readable(row["NGAY_VAO"])),
            ("Ra viện", readable(row["NGAY_RA"])),
            ("Chẩn đoán ra viện", row["CHAN_DOAN_RV"]),
            ("Phương pháp điều trị", row["PP_DIEUTRI"]),
            ("Ghi chú", row["GHI_CHU"]),
            *pregnancy(row),
            ("Số ngày nghỉ", row["SO_NGAY_NGHI"]),
            ("Nghỉ từ ngày", readable(row["NGOAITRU_TUNGAY"])),
            ("Nghỉ đến ngày", readable(row["NGOAITRU_DENNGAY"])),
        ]
        yield document(
            visit, "XML7", line, "Giấy ra viện", said, on=row["NGAY_CT"],
            numbers=(("SO_LUU_TRU", row["SO_LUU_TRU"]),), authors=signed(row),
        )  # fmt: skip


def pregnancy(row: Row) -> list[tuple[str, str]]:
    """What a paper says of a pregnancy that was ended."""
    ended = row["MA_DINH_CHI_THAI"] == "1"
    return [
        ("Đình chỉ thai", "Có" if ended else ""),
        ("Nguyên nhân đình chỉ thai", row["NGUYENNHAN_DINHCHI"]),
        ("Thời điểm đình chỉ thai", readable(row.get("THOIGIAN_DINHCHI", ""))),
        ("Tuổi thai (tuần)", row["TUOI_THAI"]),
    ]


def signed(row: Row) -> list[dict[str, Any]]:
    """Who signed, by number and, where it is told, by name."""
    person = identified("Practitioner", "MA_BS", row["MA_BS"])
    name = row.get("TEN_BS", "")
    return [{**person, "display": name}] if person or name else []


def readable(text: str) -> str:
    """A moment as people write it, 11/3/2024 08:30; a text that is none stays as it is."""
    at: Moment | None = moment(text)
    if at is None:
        return text
    hour = f" {at.minute // 60:02}:{at.minute % 60:02}" if at.minute is not None else ""
    return f"{at.known}{hour}"
