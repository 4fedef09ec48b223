"""Part B7: reproductive health of women, and family planning. Source: QĐ 831/QĐ-BYT, B.7."""

from hssk.records.sections.item import Asks, Item, Section
from hssk.records.sections.observed import observation, observed

FERTILE_FROM = 10  # a first pregnancy is known from about this age; nobody is asked before
_LOINC = "http://loinc.org"


def _times(key: str, name: str, loinc: str = "", tells: str = "") -> Item:
    """A count; `tells` labels any number but none."""
    return Item(
        key, name, Asks.NUMBER, least=0, most=25, code=(_LOINC, loinc) if loinc else None,
        tells={"*": tells} if tells else {},
    )  # fmt: skip


ITEMS = (
    Item("contraception", "Biện pháp tránh thai đang dùng", tells={"*": "kế hoạch hóa gia đình"}),
    Item("last_pregnancy", "Kỳ có thai cuối cùng", help="năm, hoặc đang có thai"),
    _times("pregnancies", "Số lần có thai", "11996-6"),
    _times("miscarriages", "Số lần sảy thai", "11614-5"),
    _times("abortions", "Số lần phá thai", "11613-7", tells="phá thai"),
    _times("births", "Số lần sinh đẻ", "11977-6"),
    _times("vaginal", "Đẻ thường"),
    _times("caesarean", "Đẻ mổ"),
    _times("difficult", "Đẻ khó"),
    _times("term", "Số lần đẻ đủ tháng", "11639-2"),
    _times("preterm", "Số lần đẻ non", "11637-6"),
    _times("living", "Số con hiện sống", "11638-4"),
    Item("disease", "Bệnh phụ khoa", help="ghi rõ"),
)

SECTION = Section(
    "reproductive", "B7", ITEMS, observation, observed,
    asked_of=lambda sex, age: sex != 1 and (age is None or age >= FERTILE_FROM),
)  # fmt: skip
