"""The sections of the record, what each is called, and how far a basis must lead to see it.

Source: QĐ 831/QĐ-BYT (11/03/2017), parts A to D; QĐ 31/QĐ-BYT (06/01/2026), article 2.3, for what
the book on VNeID shows besides. Tiers: protection.md §1.3.
"""

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
    "other_problems": "Vấn đề khác",
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


OWN, CONCLUSION = "own_illnesses", "conclusion"

# in the order of the form; what only the book on VNeID has, after it
SECTIONS: dict[str, Tier] = {
    "administrative": Tier.REGISTER,  # A
    "birth": Tier.PREVENTIVE,  # B1
    "risk_factors": Tier.ROUTINE,  # B2
    "allergies": Tier.ROUTINE,  # B3
    "own_illnesses": Tier.ROUTINE,  # B3
    "disability": Tier.ROUTINE,  # B4
    "surgery": Tier.ROUTINE,  # B5
    "family_history": Tier.ROUTINE,  # B6
    "reproductive": Tier.ROUTINE,  # B7
    "other_problems": Tier.ROUTINE,  # B8
    "immunisation": Tier.PREVENTIVE,  # C
    "visits": Tier.ROUTINE,  # D
    "examinations": Tier.ROUTINE,  # D2
    "results": Tier.ROUTINE,  # D3
    "conclusion": Tier.ROUTINE,  # D4
    "procedures": Tier.ROUTINE,
    "medicines": Tier.ROUTINE,
    "documents": Tier.ROUTINE,
    "referrals": Tier.ROUTINE,
    "appointments": Tier.ROUTINE,
}


def read_in(section: str, visit: object) -> str:
    """The section in which an entry is read: an illness that a visit named is what the visit
    concluded, also where it was filed among own illnesses, as it was before decision 36.

    visit  the key of its visit, None for an answer of the form. sql/standing.sql says the same
    """
    return CONCLUSION if section == OWN and visit is not None else section


# what is closer to somebody than the rest of its section, by its code
CLOSER = {"administrative.religion": Tier.ROUTINE}  # domain.md §6.4; NĐ 13/2023/NĐ-CP, article 2.4


def tier_of(section: str, labelled: bool, code: str = "") -> Tier:
    """The tier of an entry of `section`; with any label it is sensitive, whatever it is."""
    return Tier.SENSITIVE if labelled else CLOSER.get(code, SECTIONS[section])
