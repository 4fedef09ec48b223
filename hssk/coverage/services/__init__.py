"""What is done with coverage: figures, the lists behind them, what changed, the pace, the goal."""

from hssk.coverage.services.changes import Changed, Changes, changes
from hssk.coverage.services.figures import counts_of, figures, households, numbers_on
from hssk.coverage.services.goals import goal_of, set_goal
from hssk.coverage.services.ground import Ground, ground_of
from hssk.coverage.services.lists import missing, people_of, people_with
from hssk.coverage.services.pace import Pace, pace
from hssk.coverage.services.pages import Pages
from hssk.coverage.services.reconciling import Reconciliation, why_different
from hssk.coverage.services.records import Record, duplicates, records_on_nobody, records_with
from hssk.coverage.services.shapes import Child, Figures, Filters, Person
from hssk.coverage.services.upkeep import deferred, rebuild, settle, verify

__all__ = [
    "Changed",
    "Changes",
    "Child",
    "Figures",
    "Filters",
    "Ground",
    "Pace",
    "Pages",
    "Person",
    "Reconciliation",
    "Record",
    "changes",
    "counts_of",
    "deferred",
    "duplicates",
    "figures",
    "goal_of",
    "ground_of",
    "households",
    "missing",
    "numbers_on",
    "pace",
    "people_of",
    "people_with",
    "rebuild",
    "records_on_nobody",
    "records_with",
    "set_goal",
    "settle",
    "verify",
    "why_different",
]
