"""What is stored of coverage: the gap ledger, written by the database's own triggers alone.

Nothing of the ledger is a fact: each of its tables can be emptied and rebuilt from people's facts.
The functions that write them are in `sql/`.
"""

from hssk.coverage.models.numbers import (
    Dated,
    DatedCount,
    DayCount,
    MonthCount,
    PendingCount,
    RegisteredDay,
    RegisteredMonth,
    RegisteringCount,
    StandingCount,
    TakenCount,
)
from hssk.coverage.models.reports import Goal, SentReport
from hssk.coverage.models.rows import Due, LedgerRow, NobodyRow

__all__ = [
    "Dated", "DatedCount", "DayCount", "Due", "Goal", "LedgerRow", "MonthCount", "NobodyRow",
    "PendingCount", "RegisteredDay", "RegisteredMonth", "RegisteringCount", "SentReport",
    "StandingCount", "TakenCount",
]  # fmt: skip
