"""Part B2: risk factors. Source: QĐ 831/QĐ-BYT, B.2."""

from hssk.records.sections.item import Asks, Item, Section
from hssk.records.sections.observed import observation, observed

_LOINC = "http://loinc.org"
_NO, _YES, _OFTEN, _STOPPED = (
    ("no", "Không"), ("yes", "Có"), ("often", "Thường xuyên"), ("stopped", "Đã bỏ"),
)  # fmt: skip

ITEMS = (
    Item("smoking", "Hút thuốc lá, thuốc lào", Asks.CHOICE, (_NO, _YES, _OFTEN, _STOPPED),
         code=(_LOINC, "72166-2")),
    Item("alcohol", "Uống rượu, bia", Asks.CHOICE, (_NO, _YES, _STOPPED),
         code=(_LOINC, "11331-6")),
    Item("cups", "Số ly, cốc mỗi ngày", Asks.NUMBER, least=0, most=60),
    Item("drugs", "Sử dụng ma túy", Asks.CHOICE, (_NO, _YES, _OFTEN, _STOPPED),
         tells={one[0]: "ma túy" for one in (_YES, _OFTEN, _STOPPED)}),
    Item("activity", "Hoạt động thể lực", Asks.CHOICE, (_NO, _YES, _OFTEN),
         help="thường xuyên: tập từ 3 lần một tuần"),
    Item("exposure", "Tiếp xúc nghề nghiệp, môi trường",
         help="hóa chất, bụi, ồn, vi rút…; trong bao lâu"),
    Item("toilet", "Hố xí của gia đình", Asks.CHOICE,
         (("flush", "Xả nước"), ("two_vault", "Hai ngăn"), ("bucket", "Hố xí thùng"),
          ("no", "Không có"))),
    Item("other", "Nguy cơ khác"),
)  # fmt: skip

SECTION = Section(
    "risk_factors", "B2", ITEMS, observation, observed,
    asked_of=lambda _sex, age: age is None or age >= 10,
)  # fmt: skip
