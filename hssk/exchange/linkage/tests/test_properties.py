"""What holds for every input: order, repetition, numbering, and the rule that parts people."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hssk.exchange.invented import Dirt, invent
from hssk.exchange.linkage import ASK, NEW, SAME, Entries, Links, link
from hssk.exchange.linkage.levels import different_births

_NAMES = ("Lò Văn Páo", "Lo Van Pao", "Lò Thị Páo", "Vàng A Páo", "LÒ VĂN SÁO", "Páo", "")
_BIRTHS = (0, 19800000, 19800101, 19800305, 19800503, 19810305, 20100305)
_PIDS = ("", "012080000111", "012080000112", "012210000333")
_row = st.fixed_dictionaries(
    {
        "name": st.sampled_from(_NAMES),
        "birth": st.sampled_from(_BIRTHS),
        "sex": st.sampled_from((0, 1, 2)),
        "pid": st.sampled_from(_PIDS),
        "bhxh": st.sampled_from(("", "8000000001", "8000000002")),
        "phone": st.sampled_from(("", "0900000001")),
        "unit": st.sampled_from((-1, 1, 2)),
        "household": st.sampled_from((-1, 1, 2)),
    }
)
_rows = st.lists(_row, max_size=8)


def _village(seed: int, dirt: Dirt) -> tuple[Entries, Entries]:
    city = invent(400, seed=seed, dirt=dirt)
    return (
        Entries.from_columns(**city.entries("roster")),
        Entries.from_columns(**city.entries("records")),
    )


def _take(entries: Entries, order: np.ndarray) -> Entries:
    """The rows of `entries` in another order."""
    columns: dict[str, Any] = {
        key: [value[i] for i in order] if isinstance(value, list) else value[order]
        for key, value in vars(entries).items()
        if isinstance(value, list | np.ndarray)
    }
    return Entries(**columns)


def _known(entries: Entries, links: Links) -> Entries:
    return replace(entries, person=links.person)


def _partition(person: np.ndarray) -> np.ndarray:
    """For each row the first row of its person."""
    _, first, inverse = np.unique(person, return_index=True, return_inverse=True)
    return first[inverse]


def _clashes(left: Entries, right: Entries) -> set[tuple[int, int]]:
    """Pairs with different 12-digit numbers and different birth dates, naively."""
    return {
        (i, j)
        for i in range(len(left))
        for j in range(len(right))
        if left.pid[i]
        and right.pid[j]
        and left.pid[i] != right.pid[j]
        and different_births(left.birth[i : i + 1], right.birth[j : j + 1])[0]
    }


@pytest.mark.parametrize("dirt", [Dirt.usual(), Dirt.few_identifiers(), Dirt.rough()])
def test_the_order_of_the_records_does_not_matter(dirt: Dirt) -> None:
    roster, records = _village(3, dirt)
    known = _known(roster, link(Entries.empty(), roster))
    order = np.random.default_rng(5).permutation(len(records))
    straight, mixed = link(known, records), link(known, _take(records, order))
    back = np.empty_like(order)
    back[order] = np.arange(len(order))
    persons = int(known.person.max()) + 1
    existing = straight.person < persons
    assert (mixed.person[back][existing] == straight.person[existing]).all()
    assert (_partition(mixed.person[back]) == _partition(straight.person)).all()
    assert (mixed.decision[back][existing] == straight.decision[existing]).all()
    np.testing.assert_allclose(mixed.score[back][existing], straight.score[existing], atol=1e-4)


@pytest.mark.parametrize("seed", [11, 12])
def test_the_same_rows_again_are_themselves(seed: int) -> None:
    roster, records = _village(seed, Dirt.usual())
    for entries in (roster, records):
        known = _known(entries, link(Entries.empty(), entries))
        again = link(known, entries)
        numbered = np.array([bool(pid) for pid in entries.pid])
        assert (again.person == known.person)[numbered].all()
        assert (again.person == known.person).mean() > 0.99
        assert (again.decision == SAME)[numbered].mean() > 0.99


@given(_rows, _rows)
@settings(max_examples=150)
def test_persons_are_numbered_and_scores_are_chances(
    first: list[dict[str, Any]], second: list[dict[str, Any]]
) -> None:
    known = Entries.from_rows(first)
    known = _known(known, link(Entries.empty(), known))
    persons = int(known.person.max(initial=-1)) + 1
    incoming = Entries.from_rows(second)
    links = link(known, incoming)
    assert len(links) == len(second)
    assert set(links.decision.tolist()) <= {SAME, NEW, ASK}
    assert ((links.score >= 0) & (links.score <= 1)).all()
    new = links.person[links.person >= persons]
    _, at = np.unique(new, return_index=True)
    assert new[np.sort(at)].tolist() == list(range(persons, persons + len(at)))
    assert (links.person[links.decision == NEW] >= persons).all()
    assert (links.against < len(known) + len(incoming)).all()
    assert (links.against != len(known) + np.arange(len(incoming))).all()


@given(_rows, _rows)
@settings(max_examples=150)
def test_different_numbers_and_days_are_never_linked_unasked(
    first: list[dict[str, Any]], second: list[dict[str, Any]]
) -> None:
    known = Entries.from_rows(first)
    known = _known(known, link(Entries.empty(), known))
    incoming = Entries.from_rows(second)
    links = link(known, incoming)
    for i, j in _clashes(known, incoming):
        linked = known.person[i] == links.person[j] and links.decision[j] == SAME
        assert not linked
    for i, j in _clashes(incoming, incoming):
        linked = links.person[i] == links.person[j]
        assert not (linked and links.decision[i] != ASK and links.decision[j] != ASK)


@given(_rows)
@settings(max_examples=80)
def test_the_same_call_gives_the_same_links(rows: list[dict[str, Any]]) -> None:
    one, other = (link(Entries.empty(), Entries.from_rows(rows)) for _ in range(2))
    assert one.person.tolist() == other.person.tolist()
    assert one.decision.tolist() == other.decision.tolist()
    assert one.score.tolist() == other.score.tolist()


@pytest.mark.parametrize(
    ("dirt", "least", "asked"),
    [(Dirt.usual(), 0.997, 0.01), (Dirt.few_identifiers(), 0.992, 0.04), (Dirt.clean(), 0.9995, 0.001)],
    ids=["usual", "few identifiers", "clean"],
)  # fmt: skip
def test_an_invented_town_is_linked_as_promised(dirt: Dirt, least: float, asked: float) -> None:
    city = invent(5000, seed=77, dirt=dirt)
    roster = Entries.from_columns(**city.entries("roster"))
    known = _known(roster, link(Entries.empty(), roster))
    links = link(known, Entries.from_columns(**city.entries("records")))
    size = len(city.population)
    said = _shared(known.person, links.person)
    true = _shared(city.roster_truth, city.records_truth)
    both = _shared(
        known.person.astype(np.int64) * size + city.roster_truth,
        links.person.astype(np.int64) * size + city.records_truth,
    )
    assert 2 * both / (said + true) >= least
    assert (links.decision == ASK).mean() <= asked


def _shared(left: np.ndarray, right: np.ndarray) -> int:
    values, counts = np.unique(left, return_counts=True)
    others, times = np.unique(right, return_counts=True)
    _, one, other = np.intersect1d(values, others, return_indices=True)
    return int((counts[one] * times[other]).sum())
