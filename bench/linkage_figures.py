"""How right a linkage is, by the truth."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bench.linkage_data import Case
from hssk.exchange.linkage import ASK, SAME, Entries, Links, link

Persons = NDArray[np.int64]


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1. f1, precision, recall are of pairs of a roster row and a record.

    told_wrongly  people who have a record and stand on the missing list
    """

    f1: float
    precision: float
    recall: float
    missing_precision: float
    missing_recall: float
    told_wrongly: int
    same_precision: float | None = None
    asked: float | None = None

    def cells(self) -> list[str]:
        """For a table."""
        parts = [f"{share:.4f}" for share in (self.f1, self.precision, self.recall)]
        parts += [f"{self.missing_precision:.4f}", f"{self.missing_recall:.4f}"]
        parts += [str(self.told_wrongly)]
        parts += ["" if self.same_precision is None else f"{self.same_precision:.5f}"]
        return [*parts, "" if self.asked is None else f"{100 * self.asked:.2f} %"]


HEADER = "F1", "P", "R", "missing P", "missing R", "told wrongly", "P of same", "asked"


def judge(case: Case, roster: Persons, records: Persons) -> Figures:
    """Figures of the persons that a linkage gave to the rows of both files."""
    size = int(max(case.roster_truth.max(), case.records_truth.max())) + 1
    said = _pairs(roster, records)
    true = _pairs(case.roster_truth, case.records_truth)
    both = _pairs(roster * size + case.roster_truth, records * size + case.records_truth)
    precision, recall = both / max(said, 1), both / true
    # one line per person on the missing list, by the first roster row
    _, first = np.unique(roster, return_index=True)
    listed = case.roster_truth[first[~np.isin(roster[first], records)]]
    without = np.setdiff1d(case.roster_truth, case.records_truth)
    right = len(np.intersect1d(listed, without))
    return Figures(
        f1=2 * precision * recall / (precision + recall),
        precision=precision,
        recall=recall,
        missing_precision=right / max(len(listed), 1),
        missing_recall=right / max(len(without), 1),
        told_wrongly=int((~np.isin(listed, without)).sum()),
    )


def judge_rows(case: Case, known: Entries, found: Persons) -> Figures:
    """Figures of a peer that gave each record a roster row (-1 none).

    The peer starts from the same roster as we do, with the people listed twice known as one.
    """
    roster = known.person.astype(np.int64)
    new = int(roster.max()) + 1 + np.arange(len(found))
    return judge(case, roster, np.where(found < 0, new, roster[found]))


def judge_links(case: Case, known: Entries, links: Links) -> Figures:
    """As `judge`, with the precision of `same` alone and the share of records asked."""
    figures = judge(case, known.person.astype(np.int64), links.person.astype(np.int64))
    size = int(max(case.roster_truth.max(), case.records_truth.max())) + 1
    pairs = known.person.astype(np.int64) * size + case.roster_truth
    said = links.person.astype(np.int64) * size + case.records_truth
    existing = links.person <= known.person.max()
    same = (links.decision == SAME) & existing
    return replace(
        figures,
        same_precision=float(np.isin(said[same], pairs).mean()),
        asked=float((links.decision == ASK).mean()),
    )


def with_persons(entries: Entries, links: Links) -> Entries:
    """The entries as known ones, of the persons that linking gave them."""
    known = replace(entries, person=links.person)
    known.__dict__["numbers"] = entries.numbers
    return known


def ours(case: Case) -> tuple[Entries, Links]:
    """Both files linked as the product does: the roster first, then the records."""
    known = with_persons(case.roster, link(Entries.empty(), case.roster))
    return known, link(known, case.records)


def _pairs(left: Persons, right: Persons) -> int:
    values, counts = np.unique(left, return_counts=True)
    others, times = np.unique(right, return_counts=True)
    _, one, other = np.intersect1d(values, others, return_indices=True)
    return int((counts[one] * times[other]).sum())
