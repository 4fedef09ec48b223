"""Part B8: what no other box of the history asks. Source: QĐ 831/QĐ-BYT, B.8."""

from hssk.records.sections.item import Item, Section
from hssk.records.sections.observed import observation, observed

ITEMS = (Item("other", "Vấn đề khác", help="ghi rõ"),)

SECTION = Section("other_problems", "B8", ITEMS, observation, observed, may_be_nothing=False)
