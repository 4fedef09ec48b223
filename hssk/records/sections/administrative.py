"""Part A: what the register does not know of a person. Name, birth, sex, numbers and residence are
facts about people and are only shown here. Nothing of it is asked of anybody who does not want to
say it; what somebody believes is seen in care alone (`rules.sections.CLOSER`).

Source: QĐ 831/QĐ-BYT, A; occupations: QĐ 4069/QĐ-BYT (2001).
"""

from datetime import date

from hssk.records.rules.fhir import SELF
from hssk.records.sections.item import Asks, Item, Resource, Section, concept
from hssk.records.sections.observed import observation, observed

_LOINC = "http://loinc.org"
_OCCUPATIONS = (
    ("05", "Nông dân"), ("04", "Công nhân"), ("08", "Hành chính, sự nghiệp"), ("09", "Y tế"),
    ("10", "Dịch vụ"), ("07", "Trí thức"), ("06", "Lực lượng vũ trang"),
    ("02", "Sinh viên, học sinh"), ("01", "Trẻ dưới 6 tuổi; dưới 15 tuổi không đi học"),
    ("03", "Hưu trí, trên 60 tuổi"), ("11", "Việt kiều"), ("12", "Ngoại kiều"), ("99", "Khác"),
)  # fmt: skip
_RELATED = {"mother": "MTH", "father": "FTH", "carer": "GUARD"}
_ROLE = "http://terminology.hl7.org/CodeSystem/v3-RoleCode"

ITEMS = (
    Item("abo", "Nhóm máu hệ ABO", Asks.CHOICE,
         (("A", "A"), ("B", "B"), ("O", "O"), ("AB", "AB")), code=(_LOINC, "883-9")),
    Item("rh", "Nhóm máu hệ Rh", Asks.CHOICE, (("+", "Rh+"), ("-", "Rh−")),
         code=(_LOINC, "10331-7")),
    Item("birth_place", "Nơi đăng ký khai sinh", help="tỉnh, thành phố"),
    Item("nationality", "Quốc tịch"),
    Item("religion", "Tôn giáo", help="không bắt buộc"),
    Item("occupation", "Nghề nghiệp", Asks.CHOICE, _OCCUPATIONS, code=(_LOINC, "11341-5")),
    Item("id_day", "Ngày cấp CCCD/CMND", help="ngày/tháng/năm"),
    Item("id_place", "Nơi cấp CCCD/CMND"),
    Item("email", "Email"),
    Item("mother", "Họ tên mẹ"),
    Item("father", "Họ tên bố"),
    Item("carer", "Người chăm sóc chính", help="họ tên, quan hệ, điện thoại"),
)  # fmt: skip


def _resource(section: str, item: Item, answer: str, on: date) -> Resource:
    if item.key not in _RELATED:
        return observation(section, item, answer, on)
    relation = concept(section, item)
    relation["coding"].append({"system": _ROLE, "code": _RELATED[item.key]})
    return {"resourceType": "RelatedPerson", "patient": {"reference": SELF},
            "relationship": [relation], "name": [{"text": answer}]}  # fmt: skip


def _answer(item: Item, resource: Resource) -> str:
    if resource["resourceType"] == "RelatedPerson":
        return str(resource["name"][0]["text"])
    return observed(item, resource)


SECTION = Section(
    "administrative", "A", ITEMS, _resource, _answer,
    display=lambda item, answer: f"{item.name}: {answer}" if item.key in _RELATED else item.name,
    may_be_nothing=False,
)  # fmt: skip
