"""Part B1: how somebody was born. Source: QĐ 831/QĐ-BYT, B.1."""

from hssk.records.sections.item import Asks, Item, Section
from hssk.records.sections.observed import observation, observed

_LOINC = "http://loinc.org"

ITEMS = (
    Item("delivery", "Cách sinh", Asks.CHOICE,
         (("vaginal", "Đẻ thường"), ("caesarean", "Đẻ mổ"))),
    Item("preterm", "Đẻ thiếu tháng", Asks.TICK),
    Item("asphyxia", "Bị ngạt lúc đẻ", Asks.TICK),
    Item("weight", "Cân nặng lúc đẻ", Asks.NUMBER, unit="g", ucum="g", least=300, most=7000,
         code=(_LOINC, "8339-4")),
    Item("length", "Chiều dài lúc đẻ", Asks.NUMBER, unit="cm", ucum="cm", least=20, most=70,
         code=(_LOINC, "89269-5")),
    Item("defect", "Dị tật bẩm sinh", help="ghi rõ"),
    Item("other", "Vấn đề khác lúc sinh"),
)  # fmt: skip

SECTION = Section("birth", "B1", ITEMS, observation, observed)
