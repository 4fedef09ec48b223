"""Part B3, first half: allergies. Source: QĐ 831/QĐ-BYT, B.3."""

from datetime import date

from hssk.records.rules.fhir import SELF
from hssk.records.sections.item import Item, Resource, Section, concept

_CLINICAL = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
_CATEGORY = {"medicine": "medication", "chemical": "environment", "food": "food"}

ITEMS = (
    Item("medicine", "Dị ứng thuốc", help="thuốc nào, ra sao"),
    Item("chemical", "Dị ứng hóa chất, mỹ phẩm", help="chất nào, ra sao"),
    Item("food", "Dị ứng thực phẩm", help="món nào, ra sao"),
    Item("other", "Dị ứng khác", help="ghi rõ"),
)


def _resource(section: str, item: Item, answer: str, on: date) -> Resource:
    resource: Resource = {
        "resourceType": "AllergyIntolerance", "patient": {"reference": SELF},
        "clinicalStatus": {"coding": [{"system": _CLINICAL, "code": "active"}]},
        "code": concept(section, item, answer), "recordedDate": on.isoformat(),
    }  # fmt: skip
    if category := _CATEGORY.get(item.key):
        resource["category"] = [category]
    return resource


def _answer(_item: Item, resource: Resource) -> str:
    return str(resource["code"]["text"])


SECTION = Section(
    "allergies", "B3", ITEMS, _resource, _answer, display=lambda _item, answer: answer
)
