"""What is true of lists for hamlets: who may stand on one, what it says, how copies differ."""

from hssk.outreach.rules.lists import (
    LONGEST_LOAN,
    Composed,
    Cover,
    Holder,
    Line,
    Purpose,
    Resident,
    compose,
    cover_for,
)

__all__ = [
    "LONGEST_LOAN", "Composed", "Cover", "Holder", "Line", "Purpose", "Resident", "compose",
    "cover_for",
]  # fmt: skip
