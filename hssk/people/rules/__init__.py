"""What is true of people: numbers, notes, names, and which residence counts. Pure."""

from hssk.people.rules.ethnicity import PEOPLES, ethnicity_code
from hssk.people.rules.identifiers import (
    DOUBTS,
    Number,
    PidFacts,
    bhxh_of,
    classify_number,
    pid_doubts,
    pid_facts,
)
from hssk.people.rules.moves import (
    is_expired,
    is_locked,
    is_overdue,
    kinds_ended,
    numbers_meant,
)
from hssk.people.rules.names import (
    are_one_name,
    compare_names,
    display_name,
    is_marked,
    spelling_key,
)
from hssk.people.rules.notes import NoteFacts, understand_note
from hssk.people.rules.relations import RELATIONS, relation_code
from hssk.people.rules.residence import KINDS_THAT_COUNT, RULE, counted_stay
from hssk.people.rules.statements import PersonFacts, Stated, person_from_statements

__all__ = [
    "DOUBTS",
    "KINDS_THAT_COUNT",
    "PEOPLES",
    "RELATIONS",
    "RULE",
    "NoteFacts",
    "Number",
    "PersonFacts",
    "PidFacts",
    "Stated",
    "are_one_name",
    "bhxh_of",
    "classify_number",
    "compare_names",
    "counted_stay",
    "display_name",
    "ethnicity_code",
    "is_expired",
    "is_locked",
    "is_marked",
    "is_overdue",
    "kinds_ended",
    "numbers_meant",
    "person_from_statements",
    "pid_doubts",
    "pid_facts",
    "relation_code",
    "spelling_key",
    "understand_note",
]
