"""Which of a person's residences counts on a day: a resident is counted once.

Source: issue 2, §2: where they live now, else temporary, else permanent residence.
"""

from collections.abc import Iterable
from datetime import date
from typing import Protocol, TypeVar

# as `Residence.kind` stores them, the one that counts first before the others
KINDS_THAT_COUNT = ("C", "T", "P")

RULE = (
    "Mỗi người được tính một lần: theo nơi ở hiện tại; nếu không có thì nơi tạm trú; "
    "nếu không có thì nơi thường trú."
)


class Stay(Protocol):
    """What the rule must know of a residence: kind C, T or P, half-open days, a number."""

    @property
    def kind(self) -> str: ...
    @property
    def since(self) -> date: ...
    @property
    def until(self) -> date | None: ...
    @property
    def id(self) -> int: ...


AnyStay = TypeVar("AnyStay", bound=Stay)


def counted_stay(stays: Iterable[AnyStay], day: date) -> AnyStay | None:
    """The one of a person's stays by which the person counts on `day`, None if none is in force.

    Current before temporary before permanent; then the one that began later; then the higher id,
    so that the answer never depends on the order of `stays`.
    """
    in_force = [
        stay for stay in stays if stay.since <= day and (stay.until is None or stay.until > day)
    ]
    return max(
        in_force,
        key=lambda stay: (-KINDS_THAT_COUNT.index(stay.kind), stay.since, stay.id),
        default=None,
    )
