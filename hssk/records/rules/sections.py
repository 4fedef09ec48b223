"""The sections of the record, what each is called, and how far a basis must lead to see it.

Source: QĐ 831/QĐ-BYT (11/03/2017), parts A to D; QĐ 31/QĐ-BYT (06/01/2026), article 2.3, for what
the book on VNeID shows besides. Tiers: protection.md §1.3.
"""

from dataclasses import dataclass
from enum import IntEnum


class Tier(IntEnum):
    """How far a basis must lead; the numbers stand in the policy of the table."""

    REGISTER = 0
    PREVENTIVE = 1
    ROUTINE = 2
    SENSITIVE = 3


TEXTS: dict[str, str] = {
    "administrative": "Hành chính",
    "birth": "Tình trạng lúc sinh",
    "risk_factors": "Yếu tố nguy cơ",
    "allergies": "Dị ứng",
    "own_illnesses": "Tiền sử bệnh tật",
    "disability": "Khuyết tật",
    "surgery": "Tiền sử phẫu thuật",
    "family_history": "Tiền sử gia đình",
    "reproductive": "Sức khỏe sinh sản",
    "immunisation": "Tiêm chủng",
    "visits": "Lần khám, chữa bệnh",
    "examinations": "Thăm khám",
    "results": "Cận lâm sàng",
    "conclusion": "Chẩn đoán, kết luận",
    "procedures": "Phẫu thuật, thủ thuật, dịch vụ",
    "medicines": "Thuốc",
    "documents": "Giấy tờ",
    "referrals": "Chuyển cơ sở",
    "appointments": "Hẹn khám lại",
}


@dataclass(frozen=True)
class Section:
    """One section: `part` of the form ('' where only the book on VNeID has it).

    Its name, in the words of the form, is `TEXTS[key]`.
    """

    key: str
    part: str
    tier: Tier
    kinds: tuple[str, ...]


_ALL = (
    Section("administrative", "A", Tier.REGISTER, ("Patient", "RelatedPerson")),
    Section("birth", "B1", Tier.PREVENTIVE, ("Observation",)),
    Section("risk_factors", "B2", Tier.ROUTINE, ("Observation",)),
    Section("allergies", "B3", Tier.ROUTINE, ("AllergyIntolerance",)),
    Section("own_illnesses", "B3", Tier.ROUTINE, ("Condition",)),
    Section("disability", "B4", Tier.ROUTINE, ("Condition",)),
    Section("surgery", "B5", Tier.ROUTINE, ("Procedure",)),
    Section("family_history", "B6", Tier.ROUTINE, ("FamilyMemberHistory",)),
    Section("reproductive", "B7", Tier.ROUTINE, ("Observation",)),
    Section("immunisation", "C", Tier.PREVENTIVE, ("Immunization",)),
    Section("visits", "D", Tier.ROUTINE, ("Encounter",)),
    Section("examinations", "D2", Tier.ROUTINE, ("Observation",)),
    Section("results", "D3", Tier.ROUTINE, ("Observation", "DiagnosticReport")),
    Section("conclusion", "D4", Tier.ROUTINE, ("Condition",)),
    Section("procedures", "", Tier.ROUTINE, ("Procedure",)),
    Section("medicines", "", Tier.ROUTINE, ("MedicationStatement",)),
    Section("documents", "", Tier.ROUTINE, ("DocumentReference",)),
    Section("referrals", "", Tier.ROUTINE, ("ServiceRequest",)),
    Section("appointments", "", Tier.ROUTINE, ("Appointment",)),
)
SECTIONS: dict[str, Section] = {section.key: section for section in _ALL}


def tier_of(section: str, labelled: bool) -> Tier:
    """The tier of an entry of `section`; with any label it is sensitive, whatever it is."""
    return Tier.SENSITIVE if labelled else SECTIONS[section].tier
