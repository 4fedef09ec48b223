"""The rules of the queue of a day: how a number stands, who is next, what is counted."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from hssk.outreach.rules.queues import (
    Desk,
    Place,
    Standing,
    Tally,
    next_at,
    standing_of,
    tally,
    waiting_at,
)

EIGHT = datetime(2026, 11, 28, 8)
MINUTE = timedelta(minutes=1)


def place(number, standing=Standing.WAITING, after=0, desk=Desk.RECORD):
    return Place(number, desk, standing, EIGHT + after * MINUTE, UUID(int=number))


@pytest.mark.parametrize(
    ("stored", "written", "stands"),
    [
        (Standing.WAITING, None, (Standing.WAITING, False)),
        (Standing.WAITING, EIGHT, (Standing.DONE, True)),  # in one act with the number
        (Standing.SERVING, EIGHT + MINUTE, (Standing.DONE, True)),
        (Standing.WAITING, EIGHT - MINUTE, (Standing.WAITING, False)),  # sent on since
        (Standing.LEFT, EIGHT + MINUTE, (Standing.LEFT, False)),
        (Standing.DONE, EIGHT + MINUTE, (Standing.DONE, False)),
    ],
)
def test_an_outcome_ends_the_wait_before_it_and_no_other(stored, written, stands):
    assert standing_of(stored, EIGHT, written) == stands


def test_whoever_waited_longest_is_next_and_who_was_not_there_is_last():
    queue = [place(1, after=9), place(2, after=3), place(3, after=3), place(4, Standing.SERVING),
             place(5, desk=Desk.DOCTOR)]  # fmt: skip
    assert [one.number for one in waiting_at(queue, Desk.RECORD)] == [2, 3, 1]
    assert next_at(queue, Desk.DOCTOR).number == 5
    assert next_at(queue, Desk.VITALS) is None


def test_each_who_came_is_counted_once():
    queue = [place(1), place(2, Standing.SERVING), place(3, Standing.DONE), place(4, Standing.LEFT)]
    assert tally(queue) == Tally(came=4, waiting=1, serving=1, done=1, left=1)
