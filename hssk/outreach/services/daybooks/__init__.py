"""The book of a session: made, sent out, taken in again, done row by row, taken back."""

from hssk.outreach.services.daybooks.carrying import carry_out, take_back, taken_back
from hssk.outreach.services.daybooks.making import make_daybook, open_people
from hssk.outreach.services.daybooks.planning import (
    ASKS,
    BACK,
    DOES,
    NOTHING,
    THERE,
    WRONG,
    Step,
    choose,
    digest_of_plan,
    plan,
)
from hssk.outreach.services.daybooks.staging import session_of, stage

__all__ = [
    "ASKS", "BACK", "DOES", "NOTHING", "THERE", "WRONG", "Step", "carry_out", "choose",
    "digest_of_plan", "make_daybook", "open_people", "plan", "session_of", "stage", "take_back",
    "taken_back",
]  # fmt: skip
