"""What is done to entries: the only writers of this room's table."""

from hssk.records.services.correcting import (
    Corrected,
    FieldClash,
    correct_visit,
    source_of,
    typed_standing,
    withdraw_visit,
)
from hssk.records.services.editions import BadEdition, load_edition
from hssk.records.services.filling import Clash, Filed, Stands, file_answers, standing
from hssk.records.services.following import follow, is_typed_of, typed_of_people_from
from hssk.records.services.looked import Looked, looked_at
from hssk.records.services.marks import mark_of
from hssk.records.services.reading import Read, about, read, sight
from hssk.records.services.relabelling import relabel
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
    "BadEdition",
    "Clash",
    "Corrected",
    "Draft",
    "FieldClash",
    "Filed",
    "Looked",
    "Read",
    "Stands",
    "about",
    "correct_visit",
    "draft_of",
    "file_answers",
    "file_visit",
    "follow",
    "is_typed_of",
    "load_edition",
    "looked_at",
    "mark_of",
    "read",
    "relabel",
    "sight",
    "source_of",
    "standing",
    "take_back",
    "typed_of_people_from",
    "typed_standing",
    "typists_of",
    "withdraw_entries",
    "withdraw_visit",
    "write",
]
