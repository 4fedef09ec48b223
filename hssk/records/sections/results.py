"""Part D3: results that a station writes down in words. Those of hospitals come in figures.

Source: QĐ 831/QĐ-BYT, D.3.
"""

from hssk.records.sections.item import Item, Section
from hssk.records.sections.observed import observation, observed

ITEMS = (
    Item("blood", "Huyết học"),
    Item("chemistry", "Sinh hóa máu"),
    Item("urine", "Sinh hóa nước tiểu"),
    Item("ultrasound", "Siêu âm ổ bụng"),
)

SECTION = Section("results", "D3", ITEMS, observation, observed)
