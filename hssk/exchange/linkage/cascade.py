"""Linking: identifiers first, then ever weaker blocks for the rows still in doubt."""

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.linkage import assign, decide, housemates
from hssk.exchange.linkage.assign import Edges
from hssk.exchange.linkage.blocking import Index, Keys, mix, pairs_of
from hssk.exchange.linkage.entries import Entries
from hssk.exchange.linkage.homes import homes_of
from hssk.exchange.linkage.scoring import agreement, score, stranger_weight
from hssk.exchange.linkage.table import Table, lay
from hssk.exchange.linkage.weights import DEFAULT_WEIGHTS, LEVELS, Weights

_SETTLED = 14.0  # log-odds against chance beyond which no weaker block is searched
_RIVAL = 4.0  # …unless another person comes as near as this
_KEPT = -9.0  # pairs below this are forgotten
_DOUBT = 9.0  # pairs within this of even odds are looked at again
_WORLD = 500  # people there are at least: even a hamlet's file is not the whole world
_UNSEEN = 20  # rows of which half are known: what a small file is assumed to be like
_SHARE = (0.02, 0.97)  # bounds of the share of rows whose person is known


@dataclass(frozen=True)
class Links:
    """What was decided for each incoming row.

    decision  SAME, NEW or ASK
    person    < P an existing person; ≥ P new ones, numbered in order of their first row
    score     chance (0..1) that the row is that person; for NEW of the best rejected, or 0
    against   entry it was best compared with: a known one, len(known)+j an incoming one, -1 none
    """

    decision: NDArray[np.int8]
    person: NDArray[np.int32]
    score: NDArray[np.float32]
    against: NDArray[np.int32]
    table: Table = field(repr=False)
    weights: Weights = field(repr=False)

    def __len__(self) -> int:
        return len(self.decision)

    @cached_property
    def levels(self) -> dict[str, NDArray[np.int8]]:
        """Per field the level of agreement of each row with `against`; -1 unknown or none."""
        rows = np.flatnonzero(self.against >= 0)
        other = self.against[rows].astype(np.int64)
        mine = rows + self.table.known
        a, b = np.minimum(other, mine), np.maximum(other, mine)
        found = agreement(self.table, homes_of(self.table, self.table.home), a, b)
        full = {}
        for name, level in found.items():
            full[name] = np.full(len(self), -1, np.int8)
            full[name][rows] = level
        return full

    @cached_property
    def _found(self) -> list[dict[str, tuple[str, float]]]:
        """Per row the evidence of `evidence`, made for all rows at once."""
        entry = np.maximum(self.against, 0).astype(np.int64)
        result: list[dict[str, tuple[str, float]]] = [{} for _ in range(len(self))]
        for name, level in self.levels.items():
            weight = stranger_weight(self.table, self.weights, name, level, entry)
            for row in np.flatnonzero(level >= 0).tolist():
                result[row][name] = LEVELS[name][level[row]], round(float(weight[row]), 1)
        return result

    def evidence(self, row: int) -> dict[str, tuple[str, float]]:
        """Field → level of agreement with `against` and its log-odds; empty when there is none."""
        return self._found[row]


def link(known: Entries, incoming: Entries, *, weights: Weights = DEFAULT_WEIGHTS) -> Links:
    """Decide for each incoming row whether it is a known person, another row's, or a new one.

    Rows are compared with everything known and among themselves. Pure: the same entries give the
    same links; the order of incoming rows decides only how new persons are numbered, and which of
    several duplicates counts as the first. Nothing incoming gives empty links.

    Source: issue 2, §3 "Link"; Fellegi and Sunter (1969).
    """
    table = lay(known, incoming)
    persons = int(known.person.max()) + 1 if len(known) else 0
    matcher = _Matcher(table, weights, known.person.astype(np.int64), persons)
    matcher.search(_strong_blocks(table), np.arange(len(table)) >= table.known)
    matcher.search(_weak_blocks(table), matcher.unsettled())
    claims, twins = matcher.judge(), matcher.duplicates()
    outcome = decide.outcome(table, persons, known.person, claims, twins)
    return Links(*outcome, table=table, weights=weights)


class _Matcher:
    """The pairs found so far and what they score."""

    def __init__(self, table: Table, weights: Weights, person: Index, persons: int) -> None:
        self.table = table
        self.weights = weights
        self.person = person
        self.persons = persons
        self.rows = len(table) - table.known
        self.homes = homes_of(table, table.home)
        self.a = np.zeros(0, np.int64)
        self.b = np.zeros(0, np.int64)
        self.odds = np.zeros(0, np.float32)

    def prior(self, a: Index) -> NDArray[np.float32]:
        """Log of the chance that a given entry is the one: of the known, or of the file itself."""
        others = np.where(a < self.table.known, max(self.persons, _WORLD), max(self.rows, _WORLD))
        return -np.log(others).astype(np.float32)

    def search(self, blocks: list[tuple[Keys, int]], asking: NDArray[np.bool_]) -> None:
        """Compare what shares a block; keep what is not out of the question."""
        a, b = pairs_of(blocks, asking)
        fresh = ~self._seen(a, b)
        a, b = a[fresh], b[fresh]
        odds = score(self.table, self.weights, self.homes, (a, b), self.prior(a))
        keep = odds > _KEPT
        self.a = np.concatenate([self.a, a[keep]])
        self.b = np.concatenate([self.b, b[keep]])
        self.odds = np.concatenate([self.odds, odds[keep]])

    def _seen(self, a: Index, b: Index) -> NDArray[np.bool_]:
        """Which pairs were compared before, or are known to be."""
        size = len(self.table)
        old, new = np.sort(self.a * size + self.b), a * size + b
        if not len(old):
            return np.zeros(len(new), bool)
        seen: NDArray[np.bool_] = old[np.minimum(np.searchsorted(old, new), len(old) - 1)] == new
        return seen

    def unsettled(self) -> NDArray[np.bool_]:
        """Incoming entries for which what was found is not yet beyond doubt."""
        edges = self.edges()
        top = np.full(self.rows, -np.inf)
        np.maximum.at(top, edges.row, edges.odds)
        near = np.bincount(edges.row[edges.odds > _RIVAL], minlength=self.rows)
        asking = np.zeros(len(self.table), bool)
        asking[self.table.known :] = (top < _SETTLED) | (near > 1)
        return asking

    def edges(self) -> Edges:
        """The pairs with known people, one for each row and person."""
        at = np.flatnonzero(self.a < self.table.known)
        row = self.b[at] - self.table.known
        return assign.best_entries(row, self.person[self.a[at]], self.a[at], self.odds[at])

    def judge(self) -> tuple[Edges, NDArray[np.float64]]:
        """Chances of the pairs with known people, with what the files say of themselves.

        How many rows have their person among the known is learned from the first round; where
        households' telephones stand after it, pairs in doubt are scored again.
        """
        edges = self.edges()
        edges, chance, expected = self._settle(edges)
        sure = np.flatnonzero(chance > 0.99)
        home = self.table.home.copy()
        home[edges.row[sure] + self.table.known] = np.maximum(
            home[edges.row[sure] + self.table.known], home[edges.entry[sure]]
        )
        self.homes = homes_of(self.table, home)
        doubt = np.flatnonzero(
            (np.abs(self.odds + expected) < _DOUBT) & (self.a < self.table.known)
        )
        a, b = self.a[doubt], self.b[doubt]
        self.odds[doubt] = score(self.table, self.weights, self.homes, (a, b), self.prior(a))
        edges, chance, _ = self._settle(self.edges())
        return edges, chance

    def _settle(self, edges: Edges) -> tuple[Edges, NDArray[np.float64], float]:
        """Chances, with the share of known people as the rows themselves show it."""
        expected = 0.0
        chance = np.zeros(0)
        for _ in range(2):
            shifted = Edges(edges.row, edges.person, edges.entry, edges.odds + expected)
            chance = assign.chances(shifted, self.rows, self.persons, self.weights.second_entry)
            share = (chance.sum() + _UNSEEN / 2) / (self.rows + _UNSEEN)
            share = float(np.clip(share, *_SHARE))
            expected = float(np.log(share / (1 - share)))
        return shifted, chance, expected

    def duplicates(self) -> tuple[Index, Index, NDArray[np.float64]]:
        """Pairs of incoming rows (smaller first) and the chance that they are one person."""
        at = np.flatnonzero(self.a >= self.table.known)
        a, b = self.a[at], self.b[at]
        odds = self.odds[at].astype(np.float64) + np.log(self.weights.duplicate)
        chance = 1.0 / (1.0 + np.exp(-odds))
        chance = np.minimum(chance, housemates.most_likely(self.table, self.homes, a, b))
        return a - self.table.known, b - self.table.known, chance


def _strong_blocks(table: Table) -> list[tuple[Keys, int]]:
    folded = table.names.folded_key[table.names.of_entry]
    return [
        (table.pid, 400),
        (table.bhxh, 400),
        (table.cmnd, 400),
        (table.system_number, 400),
        (mix(folded, table.birth), 2000),
    ]


def _weak_blocks(table: Table) -> list[tuple[Keys, int]]:
    of_entry = table.names.of_entry
    bag = table.names.sound_key[of_entry]
    ends = table.names.ends_key[of_entry]
    given = table.names.given_sound[of_entry]
    family = table.names.folded_words[of_entry, 1]
    year = table.birth // 10000
    month, day = table.birth // 100 % 100, table.birth % 100
    unit = table.unit + 1
    # the same key when day and month are the other way round; none for a bare year or 1 January
    full = (day > 0) & (table.birth % 10000 != 101)
    turned = np.where(full, np.minimum(day, month) * 100 + np.maximum(day, month), 0)
    return [
        (mix(bag, year), 4000),
        (mix(bag, unit), 2500),
        (mix(bag, turned), 2500),
        (mix(given, year, turned), 2500),
        (mix(unit, year, turned), 2500),
        (mix(ends, unit, year), 2500),
        (mix(given, unit, turned), 2500),
        (mix(given, unit, year), 2500),
        (mix(family, unit, year, table.sex), 1000),
        (mix(table.phone, given), 400),
        (mix(table.phone, year), 400),
    ]
