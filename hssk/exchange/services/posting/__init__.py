"""Workbooks of posts: staged, shown row by row, done whole by a second act, undoable.

stage → plan (again at each look, for the world goes on) → carry_out → take_back
"""

from hssk.exchange.services.posting.carrying import (
    Foreseen,
    Handed,
    carry_out,
    foresee_take_back,
    take_back,
)
from hssk.exchange.services.posting.papers import blank_workbook, password_workbook
from hssk.exchange.services.posting.planning import plan
from hssk.exchange.services.posting.staging import files_for, stage
from hssk.exchange.services.posting.steps import (
    ACCOUNT,
    ENDING,
    POST,
    UNCHANGED,
    WOKEN,
    WRONG,
    Step,
    digest_of_plan,
)

__all__ = [
    "ACCOUNT", "ENDING", "POST", "UNCHANGED", "WOKEN", "WRONG", "Foreseen", "Handed",
    "Step", "blank_workbook", "carry_out", "digest_of_plan", "files_for", "foresee_take_back",
    "password_workbook", "plan", "stage", "take_back",
]  # fmt: skip
