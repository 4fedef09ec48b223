"""Lists of the members of organisations: staged, linked, shown row by row, done whole, undoable.

stage → plan (again at each look) → carry_out → take_back
"""

from hssk.exchange.services.members.carrying import carry_out, take_back
from hssk.exchange.services.members.finding import area_of_organisation
from hssk.exchange.services.members.papers import blank_members
from hssk.exchange.services.members.planning import (
    ASKS,
    DOES,
    NOBODY,
    THERE,
    TWICE,
    WRONG,
    Plan,
    Step,
    counts_of,
    plan,
)
from hssk.exchange.services.members.staging import find_again, say_who, stage, stage_upload

__all__ = [
    "ASKS", "DOES", "NOBODY", "THERE", "TWICE", "WRONG", "Plan", "Step", "area_of_organisation",
    "blank_members", "carry_out", "counts_of", "find_again", "plan", "say_who", "stage",
    "stage_upload", "take_back",
]  # fmt: skip
