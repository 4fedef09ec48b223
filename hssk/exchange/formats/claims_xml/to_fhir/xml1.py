"""XML1, the visit as a whole → Encounter, a Condition for each code, weight, blood group.

What a claim says of the person goes into `identity`, its amounts into `bill`: neither is in FHIR.
"""

from collections.abc import Iterator
from typing import Any

from hssk.exchange.formats.claims_xml.model import Row
from hssk.exchange.formats.claims_xml.to_fhir.body import measure
from hssk.exchange.formats.claims_xml.to_fhir.documents import document
from hssk.exchange.formats.claims_xml.to_fhir.parts import (
    coding,
    concept,
    facility,
    loinc,
    quantity,
    staff,
    when,
)
from hssk.exchange.formats.claims_xml.to_fhir.systems import (
    ACT,
    CONDITION_CATEGORY,
    DIAGNOSIS_ROLE,
    ENDINGS,
    INJURIES,
    KINDS,
    OBSERVATION_CATEGORY,
    RESULTS,
    VERIFICATION,
    VISIT_CODE,
    kind_of,
    ours,
)
from hssk.exchange.formats.claims_xml.to_fhir.visit import Made, Visit
from hssk.exchange.formats.claims_xml.to_fhir.xml14 import appointment
from hssk.exchange.formats.claims_xml.values import (
    day_of,
    decimal_of,
    illnesses,
    items,
    moment,
)
from hssk.records.rules.encounter import ADVICE, ON_ADMISSION

MAPPING = {
    "MA_LK": "Encounter.identifier.value",
    "MA_HSBA": "Encounter.identifier.value",
    "MA_LOAI_KCB": "Encounter.type.coding.code",
    "MA_KHOA": "Encounter.serviceType.coding.code",
    "NGAY_VAO": "Encounter.period.start",
    "NGAY_RA": "Encounter.period.end",
    "NGAY_VAO_NOI_TRU": "Encounter.classHistory.period.start",
    "SO_NGAY_DTRI": "Encounter.length.value",
    "LY_DO_VV": "Encounter.reasonCode.text",
    "LY_DO_VNT": "Encounter.reasonCode.text",
    "MA_LY_DO_VNT": "Encounter.reasonCode.coding.code",
    "CHAN_DOAN_VAO": "Encounter.reasonCode.text",
    "MA_TAI_NAN": "Encounter.reasonCode.coding.code",
    "MA_CSKCB": "Encounter.serviceProvider.identifier.value",
    "GIAY_CHUYEN_TUYEN": "Encounter.hospitalization.preAdmissionIdentifier.value",
    "MA_NOI_DI": "Encounter.hospitalization.origin.identifier.value",
    "MA_NOI_DEN": "Encounter.hospitalization.destination.identifier.value",
    "MA_LOAI_RV": "Encounter.hospitalization.dischargeDisposition.coding.code",
    "KET_QUA_DTRI": "Encounter.hospitalization.dischargeDisposition.coding.code",
    "CHAN_DOAN_RV": "Condition.code.text",
    "MA_BENH_CHINH": "Condition.code.coding.code",
    "MA_BENH_KT": "Condition.code.coding.code",
    "MA_BENH_YHCT": "Condition.code.coding.code",
    "CAN_NANG": "Observation.valueQuantity.value",
    "NHOM_MAU": "Observation.valueCodeableConcept.text",
    "PP_DIEU_TRI": "DocumentReference.content.attachment.data",
    "GHI_CHU": "DocumentReference.content.attachment.data",
    "CAN_NANG_CON": "DocumentReference.content.attachment.data",
    "MA_PTTT_QT": "Procedure.code.coding.code",
    "NGAY_TAI_KHAM": "Appointment.requestedPeriod.start",
}
_EXAMINATION = "13"  # MA_NHOM: the fee of an examination
_MOST = 100  # codes of one visit; the annex allows 13, and the findings tell what is beyond
_OF_VISIT = concept(coding(CONDITION_CATEGORY, "encounter-diagnosis", "Encounter Diagnosis"))
_MAIN = concept(coding(DIAGNOSIS_ROLE, "DD", "Discharge diagnosis"), text="Bệnh chính")
_OTHER = concept(coding(DIAGNOSIS_ROLE, "CM", "Comorbidity diagnosis"), text="Bệnh kèm theo")


def made_of(visit: Visit) -> Iterator[Made]:
    """The resources of XML1; the Encounter first, then the main illness."""
    row = visit.summary
    if row is None:
        return
    conditions = list(_conditions(visit, row))
    yield _encounter(visit, row, conditions)
    yield from conditions
    yield from measure(visit, "weight", row["CAN_NANG"], table="XML1")
    yield from _blood(visit, row)
    yield from _operations(visit, row)
    born = " g; ".join(items(row["CAN_NANG_CON"]))
    if row["PP_DIEU_TRI"] or row["GHI_CHU"] or born:
        said = [
            ("Phương pháp điều trị", row["PP_DIEU_TRI"]),
            ("Cân nặng của con mới sinh", f"{born} g" if born else ""),
            (ADVICE, row["GHI_CHU"]),
        ]
        yield document(visit, "XML1", 1, "Phương pháp điều trị và lời dặn", said)
    papers = [text for _n, line in visit.lines("XML14") for text in items(line["NGAY_HEN_KL"])]
    told = {day_of(text) for text in papers}  # the paper of a day says the same, and more
    for place, text in enumerate(items(row["NGAY_TAI_KHAM"]), 1):
        if day_of(text) not in told:
            yield from appointment(visit, "XML1", 1, text, kind=f"appointment-{place}")


def _encounter(visit: Visit, row: Row, conditions: list[Made]) -> Made:
    code = kind_of(row)
    kind, name = KINDS.get(code, ("AMB", ""))
    resource = {
        "resourceType": "Encounter",
        "identifier": [
            {"system": VISIT_CODE, "value": row["MA_LK"]} if row["MA_LK"] else {},
            {"system": ours("MA_HSBA"), "value": row["MA_HSBA"]} if row["MA_HSBA"] else {},
        ],
        # claims are made of visits that ended; without an end nothing is known
        "status": "finished" if moment(row["NGAY_RA"]) else "unknown",
        "class": coding(ACT, kind),
        "classHistory": _stay(row),
        "type": [concept(coding(ours("MA_LOAI_KCB"), code, name), text=name)],
        "serviceType": concept(*(coding(ours("MA_KHOA"), code) for code in items(row["MA_KHOA"]))),
        "participant": [{"individual": one} for one in _examined_by(visit)],
        "period": {"start": when(row["NGAY_VAO"]), "end": when(row["NGAY_RA"])},
        "length": _days(row["SO_NGAY_DTRI"]),
        "reasonCode": [
            concept(text=row["LY_DO_VV"]),
            concept(coding(ours("MA_LY_DO_VNT"), row["MA_LY_DO_VNT"]), text=row["LY_DO_VNT"]),
            _injured(row),
            _admitted(row),
        ],
        "diagnosis": [
            {
                "condition": {"reference": f"Condition/{each.resource['id']}"},
                "use": _MAIN if rank == 1 else _OTHER,
                "rank": rank,
            }
            for rank, each in enumerate(conditions, 1)
        ],
        "hospitalization": _hospitalization(row),
        "serviceProvider": facility(row["MA_CSKCB"] or visit.claim.facility),
    }
    return visit.made(
        resource, kind="encounter", section="visits", at=visit.began, table="XML1",
        code=code, display=name,
    )  # fmt: skip


def _admitted(row: Row) -> dict[str, Any]:
    """What the visit was thought to be of at first, told from why the person came."""
    words = row["CHAN_DOAN_VAO"]
    role = coding(DIAGNOSIS_ROLE, ON_ADMISSION, "Admission diagnosis")
    return concept(role, text=words) if words else {}


def _injured(row: Row) -> dict[str, Any]:
    """How the person came to be hurt, where it was by an accident or by somebody; 0 is by none."""
    code = row["MA_TAI_NAN"].lstrip("0")
    name = INJURIES.get(code, "")
    return concept(coding(ours("MA_TAI_NAN"), code, name), text=name) if code else {}


def _examined_by(visit: Visit) -> list[dict[str, Any]]:
    """Who examined, by their numbers: those of the fee for it (XML3), else who prescribed."""
    fees = [row for _n, row in visit.lines("XML3") if row["MA_NHOM"] == _EXAMINATION]
    named = [one for row in fees for one in items(row["NGUOI_THUC_HIEN"] or row["MA_BAC_SI"])]
    named = named or [one for _n, row in visit.lines("XML2") for one in items(row["MA_BAC_SI"])]
    return staff(";".join(dict.fromkeys(named)))


def _stay(row: Row) -> list[dict[str, Any]]:
    """The part of the visit that was spent as an in-patient, if there was one."""
    start = when(row["NGAY_VAO_NOI_TRU"])
    if not start:
        return []
    return [{"class": coding(ACT, "IMP"), "period": {"start": start, "end": when(row["NGAY_RA"])}}]


def _days(text: str) -> dict[str, Any]:
    days = decimal_of(text)
    return {} if days is None else quantity(days, "ngày", "d")


def _hospitalization(row: Row) -> dict[str, Any]:
    ending, result = row["MA_LOAI_RV"], row["KET_QUA_DTRI"]
    paper = row["GIAY_CHUYEN_TUYEN"]
    return {
        "preAdmissionIdentifier": (
            {"system": ours("GIAY_CHUYEN_TUYEN"), "value": paper} if paper else {}
        ),
        "origin": facility(row["MA_NOI_DI"]),
        "destination": facility(row["MA_NOI_DEN"]),
        "dischargeDisposition": concept(
            coding(ours("MA_LOAI_RV"), ending, ENDINGS.get(ending, "")),
            coding(ours("KET_QUA_DTRI"), result, RESULTS.get(result, "")),
        ),
    }


def _conditions(visit: Visit, row: Row) -> Iterator[Made]:
    """The main illness, its companions, then the codes of traditional medicine; each once."""
    written = [
        *((visit.edition, code) for code in illnesses(row["MA_BENH_CHINH"])),
        *((visit.edition, code) for code in illnesses(row["MA_BENH_KT"])),
        *((ours("MA_BENH_YHCT"), text) for text in items(row["MA_BENH_YHCT"])),
    ]
    written = written[:_MOST]
    words = row["CHAN_DOAN_RV"]
    if not written and words:
        written = [(visit.edition, "")]  # an illness that was only written in words
    codes = list(dict.fromkeys(written))
    said = _each_in_words(words, [code for system, code in codes if system == visit.edition])
    for place, (system, code) in enumerate(codes):
        name = (visit.icd(code, system) if visit.icd and code else None) or ""
        own = name or said.get(code, "")
        text = words if place == 0 else said.get(code, "") or name
        yield visit.made(
            {
                "resourceType": "Condition",
                "verificationStatus": concept(coding(VERIFICATION, "confirmed")),
                "category": [_OF_VISIT],
                "code": concept(coding(system, code, name), text=text),
                "encounter": visit.encounter,
                "recordedDate": visit.ended.fhir if visit.ended else "",
            },
            kind=f"condition-{system}-{code}", section="conclusion", at=visit.ended,
            table="XML1", code=code, display=own or text,
        )  # fmt: skip


def _operations(visit: Visit, row: Row) -> Iterator[Made]:
    """Operations that only the visit as a whole tells; those of a line of XML3 are told there."""
    told = {code for _n, line in visit.lines("XML3") for code in items(line["MA_PTTT_QT"])}
    for code in dict.fromkeys(items(row["MA_PTTT_QT"])):
        if code not in told:
            yield visit.made(
                {
                    "resourceType": "Procedure",
                    "status": "completed",
                    "code": concept(coding(ours("MA_PTTT_QT"), code), text=f"ICD-9-CM {code}"),
                    "encounter": visit.encounter,
                    "performedPeriod": {
                        "start": when(row["NGAY_VAO"]), "end": when(row["NGAY_RA"])
                    },
                },
                kind=f"operation-{code}", section="procedures", at=visit.ended, table="XML1",
                code=code, display=f"ICD-9-CM {code}",
            )  # fmt: skip


def _each_in_words(words: str, codes: list[str]) -> dict[str, str]:
    """Code → its own words, where the illnesses are written out one by one, as many as there are
    codes; so a code that no loaded edition names has a name all the same."""
    parts = items(words)
    return dict(zip(codes, parts, strict=True)) if len(parts) == len(codes) > 1 else {}


def _blood(visit: Visit, row: Row) -> Iterator[Made]:
    if not row["NHOM_MAU"]:
        return
    yield visit.made(
        {
            "resourceType": "Observation",
            "status": "final",
            "category": [concept(coding(OBSERVATION_CATEGORY, "laboratory", "Laboratory"))],
            "code": loinc("882-1", "ABO and Rh group [Type] in Blood", "Nhóm máu"),
            "encounter": visit.encounter,
            "effectiveDateTime": visit.began.fhir if visit.began else "",
            "valueCodeableConcept": concept(text=row["NHOM_MAU"]),
        },
        kind="blood", section="results", at=visit.began, table="XML1",
        code="882-1", display="Nhóm máu",
    )  # fmt: skip
