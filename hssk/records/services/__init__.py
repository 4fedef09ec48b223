"""What is done to entries: the only writers of this room's table."""

from hssk.records.services.reading import about
from hssk.records.services.typing_in import file_visit
from hssk.records.services.typists import typists_of
from hssk.records.services.writing import (
    Draft,
    draft_of,
    take_back,
    withdraw_entries,
    write,
)

__all__ = [
    "Draft",
    "about",
    "draft_of",
    "file_visit",
    "take_back",
    "typists_of",
    "withdraw_entries",
    "write",
]
