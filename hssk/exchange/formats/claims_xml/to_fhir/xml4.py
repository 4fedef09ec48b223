"""XML4, results → an Observation for each index, and a DiagnosticReport where somebody described or
concluded.

What kind of examination it was stands in XML3 alone: the group of the line with the same service.
"""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from hssk.exchange.formats.claims_xml.model import Row
from hssk.exchange.formats.claims_xml.to_fhir.parts import (
    coding,
    concept,
    facility,
    number,
    plain_text,
    staff,
    when,
)
from hssk.exchange.formats.claims_xml.to_fhir.systems import (
    ABSENT,
    OBSERVATION_CATEGORY,
    REPORT_CATEGORY,
    ours,
)
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.values import measured, moment

MAPPING = {
    "MA_DICH_VU": "DiagnosticReport.code.coding.code",
    "MA_CHI_SO": "Observation.code.coding.code",
    "TEN_CHI_SO": "Observation.code.text",
    "GIA_TRI": "Observation.value",
    "DON_VI_DO": "Observation.valueQuantity.unit",
    "MO_TA": "DiagnosticReport.presentedForm.data",
    "KET_LUAN": "DiagnosticReport.conclusion",
    "NGAY_KQ": "Observation.effectiveDateTime",
    "MA_BS_DOC_KQ": "DiagnosticReport.resultsInterpreter.identifier.value",
}
# MA_NHOM → category of an Observation, of a DiagnosticReport
_CATEGORIES = {
    "1": (("laboratory", "Laboratory"), ("LAB", "Laboratory")),
    "2": (("imaging", "Imaging"), ("RAD", "Radiology")),
    "3": (("procedure", "Procedure"), ("OTH", "Other")),
}
_COMPARED = re.compile(r"(<=|>=|<|>|≤|≥)\s*(\S+)")
_COMPARATORS = {"≤": "<=", "≥": ">="}


def made_of(visit: Visit) -> Iterator[Made]:
    """An observation for each line with a value, a report for each with words; never neither."""
    groups = {row["MA_DICH_VU"]: row["MA_NHOM"].lstrip("0") for _, row in visit.lines("XML3")}
    for line, row in visit.lines("XML4"):
        group = groups.get(row["MA_DICH_VU"], "") if row["MA_DICH_VU"] else ""
        words = row["MO_TA"] or row["KET_LUAN"]
        observation = None
        if row["GIA_TRI"] or not words:
            observation = _observation(visit, line, row, group)
            yield observation
        if words:
            yield _report(visit, line, row, group, observation)


def _named(row: Row) -> dict[str, Any]:
    return concept(
        coding(ours("MA_CHI_SO"), row["MA_CHI_SO"], row["TEN_CHI_SO"]),
        coding(ours("MA_DICH_VU"), row["MA_DICH_VU"]),
        text=row["TEN_CHI_SO"] or row["MA_CHI_SO"] or row["MA_DICH_VU"] or "Chỉ số không ghi tên",
    )


def _observation(visit: Visit, line: int, row: Row, group: str) -> Made:
    category = _CATEGORIES.get(group)
    resource = {
        "resourceType": "Observation",
        "status": "final",
        "category": [concept(coding(OBSERVATION_CATEGORY, *category[0]))] if category else [],
        "code": _named(row),
        "encounter": visit.encounter,
        "effectiveDateTime": when(row["NGAY_KQ"]),
        "performer": [*staff(row["MA_BS_DOC_KQ"]), facility(visit.claim.facility)],
        **_value(row["GIA_TRI"], row["DON_VI_DO"]),
    }
    return visit.made(
        resource, kind="observation", section="results", at=moment(row["NGAY_KQ"]), table="XML4",
        line=line, code=row["MA_CHI_SO"] or row["MA_DICH_VU"], display=row["TEN_CHI_SO"],
    )  # fmt: skip


def _value(text: str, unit: str) -> dict[str, Any]:
    """value[x]: a quantity where the text is a number, with `<` or `≥` before it or not."""
    if not text:
        return {"dataAbsentReason": concept(coding(ABSENT, "unknown", "Unknown"))}
    compared = _COMPARED.fullmatch(text)
    amount: Decimal | None = measured(compared[2] if compared else text)
    if amount is None:
        return {"valueString": f"{text} {unit}".strip()}
    sign = compared[1] if compared else ""
    return {
        "valueQuantity": {
            "value": number(amount),
            "comparator": _COMPARATORS.get(sign, sign),
            "unit": unit,
        }
    }


def _report(visit: Visit, line: int, row: Row, group: str, observation: Made | None) -> Made:
    category = _CATEGORIES.get(group)
    title = row["TEN_CHI_SO"] or "Kết quả cận lâm sàng"
    result = [{"reference": f"Observation/{observation.resource['id']}"}] if observation else []
    said = [("Mô tả", row["MO_TA"]), ("Kết luận", row["KET_LUAN"])]
    resource = {
        "resourceType": "DiagnosticReport",
        "status": "final",
        "category": [concept(coding(REPORT_CATEGORY, *category[1]))] if category else [],
        "code": _named(row),
        "encounter": visit.encounter,
        "effectiveDateTime": when(row["NGAY_KQ"]),
        "performer": [facility(visit.claim.facility)],
        "resultsInterpreter": staff(row["MA_BS_DOC_KQ"]),
        "result": result,
        "conclusion": row["KET_LUAN"],
        "presentedForm": [plain_text(title, said)] if row["MO_TA"] else [],
    }
    return visit.made(
        resource, kind="report", section="results", at=moment(row["NGAY_KQ"]), table="XML4",
        line=line, code=row["MA_DICH_VU"] or row["MA_CHI_SO"], display=title,
    )  # fmt: skip
