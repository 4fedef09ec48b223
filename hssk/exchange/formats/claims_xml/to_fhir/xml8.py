"""XML8, the summary of the medical record → a document. Names of parents and guardians stay out,
and so does GHI_CHU, which by the annex holds nothing else."""

from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.to_fhir.documents import document
from hssk.exchange.formats.claims_xml.to_fhir.systems import RESULTS
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.to_fhir.xml7 import readable

_TEXT = "DocumentReference.content.attachment.data"
MAPPING = {
    "NGAY_VAO": _TEXT,
    "NGAY_RA": _TEXT,
    "CHAN_DOAN_VAO": _TEXT,
    "CHAN_DOAN_RV": _TEXT,
    "QT_BENHLY": _TEXT,
    "TOMTAT_KQ": _TEXT,
    "PP_DIEUTRI": _TEXT,
    "KET_QUA_DTRI": _TEXT,
    "NGAY_SINHCON": _TEXT,
    "NGAY_CONCHET": _TEXT,
    "SO_CONCHET": _TEXT,
    "NGAY_CT": "DocumentReference.content.attachment.creation",
}


def made_of(visit: Visit) -> Iterator[Made]:
    """One document for each summary."""
    for line, row in visit.lines("XML8"):
        result = row["KET_QUA_DTRI"]
        said = [
            ("Vào viện", readable(row["NGAY_VAO"])),
            ("Ra viện", readable(row["NGAY_RA"])),
            ("Chẩn đoán vào viện", row["CHAN_DOAN_VAO"]),
            ("Chẩn đoán ra viện", row["CHAN_DOAN_RV"]),
            ("Quá trình bệnh lý và diễn biến lâm sàng", row["QT_BENHLY"]),
            ("Tóm tắt kết quả cận lâm sàng", row["TOMTAT_KQ"]),
            ("Phương pháp điều trị", row["PP_DIEUTRI"]),
            ("Kết quả điều trị", RESULTS.get(result, result)),
            ("Ngày sinh con", readable(row["NGAY_SINHCON"])),
            ("Ngày con chết", readable(row["NGAY_CONCHET"])),
            ("Số con chết", row["SO_CONCHET"]),
        ]
        yield document(visit, "XML8", line, "Tóm tắt hồ sơ bệnh án", said, on=row["NGAY_CT"])
