"""KSK, a health check-up → vital signs and measures of the body as Observations, and the sheet as a
document: history, what was found, what was concluded. Its results go the way of XML4."""

from collections.abc import Iterator

from hssk.exchange.formats.claims_xml.checkups.tables import (
    CLASS,
    CLASSES,
    COUNTED,
    MEASURES,
    TABLE,
    TAGS,
    TEXTS,
    TICKS,
)
from hssk.exchange.formats.claims_xml.model import Row
from hssk.exchange.formats.claims_xml.to_fhir.body import measure
from hssk.exchange.formats.claims_xml.to_fhir.documents import document
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.to_fhir.xml5 import signs
from hssk.exchange.formats.claims_xml.vitals import Vitals, vitals_told

_TEXT = "DocumentReference.content.attachment.data"
_VALUE = "Observation.valueQuantity.value"
MAPPING = {
    **dict.fromkeys((tag for tag in TAGS if tag not in (*COUNTED, *MEASURES)), _TEXT),
    **dict.fromkeys((tag for tag in MEASURES if tag != "HUYET_AP"), _VALUE),
    "HUYET_AP": "Observation.component.valueQuantity.value",
}


def made_of(visit: Visit) -> Iterator[Made]:
    """What was measured, then the sheet if it says anything."""
    for line, row in visit.lines(TABLE):
        yield from signs(visit, _vitals(row), table=TABLE, line=line, at=visit.began)
        yield from measure(visit, "height", _height(row), table=TABLE)
        yield from measure(visit, "head", row["VONG_DAU"], table=TABLE)
        said = _said(row)
        if said:
            yield document(visit, TABLE, line, "Phiếu khám sức khỏe", said)


def _height(row: Row) -> str:
    """Standing, or lying down where nobody was measured standing: programs write 0 there."""
    return row["CHIEU_CAO"] if row["CHIEU_CAO"].strip("0.,") else row["CHIEU_DAI"]


def _vitals(row: Row) -> Vitals:
    return vitals_told(
        pulse=row["MACH"], temperature=row["NHIET_DO"], pressure=row["HUYET_AP"],
        respiration=row["NHIP_THO"],
    )  # fmt: skip


def _said(row: Row) -> list[tuple[str, str]]:
    ticked = "; ".join(words for tag, words in TICKS.items() if row[tag] == "1")
    written = [(words, row[tag]) for tag, words in TEXTS.items() if row[tag]]
    verdict = CLASSES.get(row[CLASS], row[CLASS])
    parts = [("Đánh dấu có", ticked), *written, ("Phân loại sức khỏe", verdict)]
    return [part for part in parts if part[1]]
