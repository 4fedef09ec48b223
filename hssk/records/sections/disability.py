"""Part B4: disability. Source: QĐ 831/QĐ-BYT, B.4."""

from hssk.records.sections.ill import condition, described
from hssk.records.sections.item import Item, Section

ITEMS = (
    Item("hearing", "Thính lực"),
    Item("sight", "Thị lực"),
    Item("arm", "Tay"),
    Item("leg", "Chân"),
    Item("spine", "Cong vẹo cột sống"),
    Item("cleft", "Khe hở môi, vòm miệng"),
    Item("other", "Khuyết tật khác"),
)

SECTION = Section("disability", "B4", ITEMS, condition, described)
