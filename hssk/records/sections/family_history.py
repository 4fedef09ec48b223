"""Part B6: what is in the family, and who has it. Source: QĐ 831/QĐ-BYT, B.6."""

from datetime import date

from hssk.records.rules.fhir import SELF
from hssk.records.sections.item import Item, Resource, Section, concept

_ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"

ITEMS = (
    Item("allergy_medicine", "Dị ứng thuốc", help="thuốc nào, ai mắc"),
    Item("allergy_chemical", "Dị ứng hóa chất, mỹ phẩm", help="chất nào, ai mắc"),
    Item("allergy_food", "Dị ứng thực phẩm", help="món nào, ai mắc"),
    # all allergies stood here before there were four groups, and stay where they were answered
    Item("allergy", "Dị ứng khác", help="với gì, ai mắc"),
    Item("heart", "Bệnh tim mạch", help="ai mắc: bố, mẹ, anh…"),
    Item("hypertension", "Tăng huyết áp", help="ai mắc: bố, mẹ, anh…"),
    Item("mental", "Tâm thần", help="ai mắc: bố, mẹ, anh…"),
    Item("asthma", "Hen suyễn", help="ai mắc: bố, mẹ, anh…"),
    Item("diabetes", "Đái tháo đường", help="ai mắc: bố, mẹ, anh…"),
    Item("epilepsy", "Động kinh", help="ai mắc: bố, mẹ, anh…"),
    Item("cancer", "Ung thư", help="loại, ai mắc"),
    Item("tuberculosis", "Lao", help="loại, ai mắc"),
    Item("other", "Bệnh khác", help="bệnh gì, ai mắc, quan hệ huyết thống"),
)


def _resource(section: str, item: Item, answer: str, on: date) -> Resource:
    return {
        "resourceType": "FamilyMemberHistory", "status": "completed",
        "patient": {"reference": SELF}, "date": on.isoformat(),
        "relationship": {"coding": [{"system": _ROLE, "code": "FAMMEMB"}], "text": answer},
        "condition": [{"code": concept(section, item)}],
    }  # fmt: skip


def _answer(_item: Item, resource: Resource) -> str:
    return str(resource["relationship"]["text"])


SECTION = Section(
    "family_history", "B6", ITEMS, _resource, _answer,
    display=lambda item, answer: f"{item.name}: {answer}",
)  # fmt: skip
