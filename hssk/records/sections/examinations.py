"""Part D2, what a station looks at besides vital signs: waist, sight, organ by organ, development.

Source: QĐ 831/QĐ-BYT, D.2. Vital signs are figures of a visit (`rules.typed`).
"""

from hssk.records.sections.item import Asks, Item, Section
from hssk.records.sections.observed import observation, observed

_LOINC = "http://loinc.org"

ITEMS = (
    Item("waist", "Vòng bụng", Asks.NUMBER, unit="cm", ucum="cm", least=30, most=200,
         code=(_LOINC, "8280-0")),
    Item("sight_right", "Thị lực mắt phải, không kính", help="như 10/10"),
    Item("sight_left", "Thị lực mắt trái, không kính", help="như 10/10"),
    Item("glasses_right", "Thị lực mắt phải, có kính", help="như 10/10"),
    Item("glasses_left", "Thị lực mắt trái, có kính", help="như 10/10"),
    Item("skin", "Da, niêm mạc"),
    Item("general", "Toàn thân, khác"),
    Item("heart", "Tim mạch"),
    Item("breathing", "Hô hấp"),
    Item("digestion", "Tiêu hóa"),
    Item("urinary", "Tiết niệu"),
    Item("joints", "Cơ xương khớp"),
    Item("endocrine", "Nội tiết"),
    Item("nerves", "Thần kinh"),
    Item("mind", "Khám tâm thần"),
    Item("surgical", "Ngoại khoa"),
    Item("gynaecology", "Sản phụ khoa"),
    Item("ears", "Tai mũi họng"),
    Item("teeth", "Răng hàm mặt"),
    Item("eyes", "Mắt"),
    Item("dermatology", "Da liễu"),
    Item("nutrition", "Dinh dưỡng"),
    Item("movement", "Vận động"),
    Item("organs", "Cơ quan khác"),
    Item("development", "Phát triển thể chất, tinh thần, vận động", help="của trẻ em"),
)  # fmt: skip

SECTION = Section("examinations", "D2", ITEMS, observation, observed)
