"""Part B3, second half: illnesses somebody has or had. Source: QĐ 831/QĐ-BYT, B.3."""

from hssk.records.sections.ill import condition, described
from hssk.records.sections.item import TICKED, Asks, Item, Section

_SENSITIVE = {"mental": "tâm thần", "autism": "hội chứng tự kỷ"}
_TICKED = (
    ("hypertension", "Tăng huyết áp"), ("diabetes", "Đái tháo đường"), ("heart", "Bệnh tim mạch"),
    ("stomach", "Bệnh dạ dày"), ("lung", "Bệnh phổi mạn tính"), ("asthma", "Hen suyễn"),
    ("goitre", "Bệnh bướu cổ"), ("hepatitis", "Viêm gan"), ("congenital_heart", "Tim bẩm sinh"),
    ("mental", "Tâm thần"), ("autism", "Tự kỷ"), ("epilepsy", "Động kinh"),
)  # fmt: skip

ITEMS = (
    *(
        Item(key, name, Asks.TICK, tells={TICKED: _SENSITIVE[key]} if key in _SENSITIVE else {})
        for key, name in _TICKED
    ),
    Item("cancer", "Ung thư", help="ghi rõ loại"),
    Item("tuberculosis", "Lao", help="ghi rõ loại"),
    Item("other", "Bệnh khác", help="ghi rõ"),
)

SECTION = Section(
    "own_illnesses", "B3", ITEMS, condition, described,
    # ticked, the illness says all; described, its name alone would say too little
    display=lambda item, answer: item.name if item.asks is Asks.TICK else f"{item.name}: {answer}",
)  # fmt: skip
