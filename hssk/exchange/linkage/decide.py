"""From chances to decisions: same, new or ask."""

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.linkage import assign
from hssk.exchange.linkage.assign import Edges
from hssk.exchange.linkage.blocking import Index, join
from hssk.exchange.linkage.levels import asks_a_person, is_vague, never_one_person
from hssk.exchange.linkage.table import Table

SAME, NEW, ASK = 1, 2, 3
CERTAIN = 0.98  # from here on a row is linked without asking
SURE_OF_A_YEAR = 0.995  # …and from here where no number agrees and of the birth a year at most
THINKABLE = 0.06  # below, nobody is asked
_EVEN = 0.5

Chances = NDArray[np.float64]
Outcome = tuple[NDArray[np.int8], NDArray[np.int32], NDArray[np.float32], NDArray[np.int32]]


def outcome(
    table: Table,
    persons: int,
    person_of: NDArray[np.int32],
    claims: tuple[Edges, Chances],
    twins: tuple[Index, Index, Chances],
) -> Outcome:
    """Decision, person, score and counterpart of each incoming row; see `Links`.

    person_of  the person of each known entry
    claims     pairs of a row and a known person and the chance that they are one
    twins      pairs of incoming rows and the chance that they are one person
    """
    rows = len(table) - table.known
    edges, chance = claims
    best = assign.best_of_rows(edges, chance, rows)
    some = best >= 0
    score = np.zeros(rows)
    score[some] = chance[best[some]]
    against = np.full(rows, -1, np.int64)
    against[some] = edges.entry[best[some]]
    owner = np.full(rows, -1, np.int64)
    likely = score >= _EVEN
    owner[likely] = edges.person[best[likely]]
    group, score, against = _join_duplicates(table, owner, score, against, twins)
    owner = np.where(owner[group] >= 0, owner[group], owner)
    belongs, torn, unsure = _keep_apart(table, person_of, _persons(owner, group, persons), score)
    decision = np.full(rows, NEW, np.int8)
    decision[score >= THINKABLE] = ASK
    decision[score >= CERTAIN] = SAME
    decision[(decision == SAME) & (score < SURE_OF_A_YEAR) & _says_little(table, against)] = ASK
    decision[torn | (unsure & (decision == SAME))] = ASK
    return (
        decision,
        _renumber(belongs, persons).astype(np.int32),
        score.astype(np.float32),
        against.astype(np.int32),
    )


def _says_little(table: Table, against: Index) -> NDArray[np.bool_]:
    """Rows that share no number with their counterpart, and of the birth no more than the year:
    whatever else agrees, namesakes of one village may share it."""
    rows = np.flatnonzero(against >= 0)
    mine, other = rows + table.known, against[rows]
    little = is_vague(table.birth[mine]) | is_vague(table.birth[other])
    for column in (table.pid, table.cmnd, table.bhxh, table.phone, table.system_number):
        little &= (column[mine] == 0) | (column[mine] != column[other])
    found = np.zeros(len(against), bool)
    found[rows] = little
    return found


def _join_duplicates(
    table: Table, owner: Index, score: Chances, against: Index, twins: tuple[Index, Index, Chances]
) -> tuple[Index, Chances, Index]:
    """Groups of rows that are one person; a row without a known one is scored by its twin.

    In a group without a known person the first row stays what it was: new.
    """
    left, right, chance = twins
    open_ = (owner[left] < 0) | (owner[right] < 0)
    left, right, chance = left[open_], right[open_], chance[open_]
    likely = chance >= _EVEN
    group, used = assign.gather(owner, left[likely], right[likely], chance[likely])
    # a known person in the group stands first
    known = np.full(len(owner), -1, np.int64)
    held = np.flatnonzero(owner >= 0)[::-1]
    known[group[held]] = held
    group = np.where(known[group] >= 0, known[group], group)
    score, against = score.copy(), against.copy()
    follow = np.zeros(len(owner), bool)
    for one, other, likelihood in used:
        for row, twin in ((one, other), (other, one)):
            if (
                owner[row] < 0
                and group[row] != row
                and (not follow[row] or score[row] < likelihood)
            ):
                follow[row] = True
                score[row], against[row] = likelihood, table.known + twin
    # a doubtful twin is a question for the later of the two
    for one, other, likelihood in zip(left[~likely], right[~likely], chance[~likely], strict=True):
        row, twin = (other, one) if owner[other] < 0 else (one, other)
        if score[row] < likelihood:
            score[row], against[row] = likelihood, table.known + twin
    return group, score, against


def _persons(owner: Index, group: Index, persons: int) -> Index:
    """An existing person, or `persons` plus the row that stands for a new one."""
    return np.where(owner >= 0, owner, persons + group)


def _renumber(belongs: Index, persons: int) -> Index:
    """New persons counted from `persons` in order of their first row."""
    new = belongs >= persons
    kinds, first, inverse = np.unique(belongs[new], return_index=True, return_inverse=True)
    rank = np.empty(len(kinds), np.int64)
    rank[np.argsort(first)] = np.arange(len(kinds))
    result = belongs.copy()
    result[new] = persons + rank[inverse]
    return result


def _keep_apart(
    table: Table, person_of: NDArray[np.int32], belongs: Index, score: Chances
) -> tuple[Index, NDArray[np.bool_], NDArray[np.bool_]]:
    """No person holds entries that can never be one: the less certain row leaves.

    Returns the persons, which rows had to leave, each to a person of its own, and which rows
    stay but only somebody who knows the person may say so.
    """
    rows = len(belongs)
    torn = np.zeros(rows, bool)
    everyone = np.concatenate([person_of.astype(np.int64), belongs])
    numbered = _of_several_numbers(table.pid, everyone)
    asking = np.arange(len(table)) >= table.known
    while True:
        keys = np.zeros(len(table), np.int64)
        keys[numbered] = everyone[numbered] + 1
        a, b = join(keys, asking, widest=0)
        bad = never_one_person(table.told(a), table.told(b))
        if not bad.any():
            unsure = np.zeros(rows, bool)
            unsure[a[asks_a_person(table.told(a), table.told(b))] - table.known] = True
            return everyone[table.known :], torn, unsure
        a, b = a[bad], b[bad]
        sure = np.concatenate([np.full(table.known, np.inf), score])
        weaker = (sure[a] < sure[b]) | ((sure[a] == sure[b]) & (a > b))
        leave = np.unique(a[weaker])
        torn[leave - table.known] = True
        everyone[leave] = int(everyone.max()) + 1 + np.arange(len(leave))


def _of_several_numbers(pid: NDArray[np.int64], everyone: Index) -> Index:
    """The entries with a 12-digit number whose person has two different ones; few have."""
    numbered = np.flatnonzero(pid >= 10**12)
    person, number = everyone[numbered], pid[numbered]
    one = np.zeros(int(everyone.max(initial=0)) + 1, np.int64)
    one[person] = number
    several = np.zeros(len(one), bool)
    several[person[number != one[person]]] = True
    return numbered[several[person]]
