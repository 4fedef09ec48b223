"""When a move may be proposed, answered and taken back; what a typed number may mean. Pure.

Source: protection.md §1.3: moving is an act of two keys; ≤ 20 proposals a user and day, more than
5 % refused locks; an officer decides after 7 days without answer; the releasing commune keeps a
stub for 30 days. 30 blind matches a user and day.
"""

from datetime import date, timedelta

from hssk.people.rules.identifiers import BHXH, CARD, CMND, PID, UNKNOWN, bhxh_of, classify_number
from hssk.people.rules.residence import KINDS_THAT_COUNT

QUESTIONS_A_DAY = 30
PROPOSALS_A_DAY = 20
OVERDUE_AFTER = timedelta(days=7)
EXPIRES_AFTER = timedelta(days=90)
STUB_FOR = timedelta(days=30)

_REFUSED_SHARE = 0.05
_OF_AT_LEAST = 20  # answers: one refusal among few is a slip and no habit


def numbers_meant(typed: str) -> list[tuple[str, str]]:
    """(kind, value) of every number that `typed` may mean, its lost zeros given back; [] for none.

    Ten digits are an insurance code, or a personal number of Hà Nội that lost two zeros; a card
    also gives the insurance code in it.
    """
    found: dict[tuple[str, str], None] = {}
    for column in (UNKNOWN, PID, CMND, BHXH):
        number = classify_number(typed, column)
        if number.value:
            found[number.kind, number.value] = None
        if number.kind == CARD:
            found[BHXH, bhxh_of(number.value)] = None
    return list(found)


def is_locked(answered: int, refused: int) -> bool:
    """Whether so many refusals stop somebody from proposing until an officer has looked.

    answered, refused  of the proposals since the last such look; `refused` of `answered`
    More than 5 % of the answers, at least twenty of them supposed: two refusals lock a beginner
    """
    return refused > _REFUSED_SHARE * max(answered, _OF_AT_LEAST)


def is_overdue(proposed_on: date, today: date) -> bool:
    """Whether a proposal has waited so long that an officer may decide."""
    return today >= proposed_on + OVERDUE_AFTER


def is_expired(proposed_on: date, today: date) -> bool:
    """Whether a proposal that nobody answered can be answered no more."""
    return today >= proposed_on + EXPIRES_AFTER


def kinds_ended(kind: str) -> tuple[str, ...]:
    """The kinds of residence that a move into one of `kind` ends: those that would count before it.

    Who moves for good (P) lives nowhere else any more; who stays somewhere for a time (T, C) keeps
    the permanent residence, so that both communes still know them.
    """
    return KINDS_THAT_COUNT[: KINDS_THAT_COUNT.index(kind) + 1]
