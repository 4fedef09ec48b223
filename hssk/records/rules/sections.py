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


@dataclass(frozen=True)
class Section:
    """One section: `part` of the form ('' where only the book on VNeID has it)."""

    key: str
    part: str
    name: str  # in the words of the form
    tier: Tier
    kinds: tuple[str, ...]


_ALL = (
    Section("administrative", "A", "Hành chính", Tier.REGISTER, ("Patient", "RelatedPerson")),
    Section("birth", "B1", "Tình trạng lúc sinh", Tier.PREVENTIVE, ("Observation",)),
    Section("risk_factors", "B2", "Yếu tố nguy cơ", Tier.ROUTINE, ("Observation",)),
    Section("allergies", "B3", "Dị ứng", Tier.ROUTINE, ("AllergyIntolerance",)),
    Section("own_illnesses", "B3", "Tiền sử bệnh tật", Tier.ROUTINE, ("Condition",)),
    Section("disability", "B4", "Khuyết tật", Tier.ROUTINE, ("Condition",)),
    Section("surgery", "B5", "Tiền sử phẫu thuật", Tier.ROUTINE, ("Procedure",)),
    Section("family_history", "B6", "Tiền sử gia đình", Tier.ROUTINE, ("FamilyMemberHistory",)),
    Section("reproductive", "B7", "Sức khỏe sinh sản", Tier.ROUTINE, ("Observation",)),
    Section("immunisation", "C", "Tiêm chủng", Tier.PREVENTIVE, ("Immunization",)),
    Section("visits", "D", "Lần khám, chữa bệnh", Tier.ROUTINE, ("Encounter",)),
    Section("examinations", "D2", "Thăm khám", Tier.ROUTINE, ("Observation",)),
    Section("results", "D3", "Cận lâm sàng", Tier.ROUTINE, ("Observation", "DiagnosticReport")),
    Section("conclusion", "D4", "Chẩn đoán, kết luận", Tier.ROUTINE, ("Condition",)),
    Section("procedures", "", "Phẫu thuật, thủ thuật, dịch vụ", Tier.ROUTINE, ("Procedure",)),
    Section("medicines", "", "Thuốc", Tier.ROUTINE, ("MedicationStatement",)),
    Section("documents", "", "Giấy tờ", Tier.ROUTINE, ("DocumentReference",)),
    Section("referrals", "", "Chuyển cơ sở", Tier.ROUTINE, ("ServiceRequest",)),
    Section("appointments", "", "Hẹn khám lại", Tier.ROUTINE, ("Appointment",)),
)
SECTIONS: dict[str, Section] = {section.key: section for section in _ALL}


def tier_of(section: str, labelled: bool) -> Tier:
    """The tier of an entry of `section`; with any label it is sensitive, whatever it is."""
    return Tier.SENSITIVE if labelled else SECTIONS[section].tier
