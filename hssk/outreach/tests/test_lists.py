"""A list for a hamlet says six things of anybody, covers the few, and orders each copy its own way."""

import os
from collections import Counter
from dataclasses import fields, replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hssk.outreach.models import Copy
from hssk.outreach.rules import (
    Composed,
    Cover,
    Holder,
    Line,
    Purpose,
    Resident,
    compose,
    cover_for,
)
from hssk.outreach.rules.copies import Mark, copies_showing, marks_of
from hssk.outreach.rules.lists import FEWEST_LISTED, FEWEST_OF_A_HAMLET, loan_until
from hssk.outreach.services.issuing import TASKS

SEED, TASK, HERE = bytes(16), "mời đến trạm", 7
DAY = date(2026, 12, 5)
HOLDERS = st.sampled_from(Holder)
NAMES = st.sampled_from(["Lò Thị Mơ", "Lo Thi Mo", "Giàng A Bịa", "Vàng Thị Sua", "Tẩn A Phủ", "Hù Cố Xuân"])  # fmt: skip
RESIDENTS = st.lists(
    st.builds(
        Resident, person=st.uuids(), household=st.none() | st.integers(1, 12), name=NAMES,
        year=st.none() | st.integers(1930, 2025), head=NAMES, asked=st.booleans(),
        head_person=st.none() | st.uuids(), hamlet=st.sampled_from([HERE] * 9 + [8]),
    ),
    max_size=60, unique_by=lambda one: one.person,
)  # fmt: skip


def someone(number, household=None, *, asked=True, name="", year=1980):
    name = name or f"Người Tưởng Tượng {chr(65 + number % 26)}{number}"
    return Resident(UUID(int=number), household, name, year, "Chủ Hộ", asked, UUID(int=1000), HERE)


def hamlet_of(count, **facts):
    return [someone(number, number // 4, **facts) for number in range(count)]


def composed(residents, objectors=(), holder=Holder.HEAD, seed=SEED, task=TASK) -> Composed:
    return compose(residents, objectors, holder, hamlet=HERE, task=task, seed=seed)


def test_a_line_has_the_fields_of_the_law_and_no_other():
    assert [field.name for field in fields(Line)] == ["number", "name", "year", "head", "task"]
    with pytest.raises(AttributeError):
        Line(1, "Lò Thị Mơ", "", "", TASK).phone  # noqa: B018


@pytest.fixture(scope="module")
def tried():
    """How many lists were drawn, told at the end (pytest -s): `make prove-lists` draws 100,000."""
    count = Counter()
    yield count
    print(f"\n{count['drawn']:,} lists drawn, {count['listed']:,} of them with names on them")


@settings(
    max_examples=100_000 if os.environ.get("HSSK_PROVE") == "long" else 400,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(RESIDENTS, st.sets(st.integers(0, 59)), HOLDERS, st.binary(min_size=16, max_size=16),
       st.sampled_from(Purpose), st.integers(-2, 40))  # fmt: skip
def test_any_list_of_any_purpose_keeps_its_budget_its_area_and_its_end(
    tried, everybody, which, holder, seed, purpose, days
):
    away, task = {everybody[at].person for at in which if at < len(everybody)}, TASKS[purpose]
    made = composed(everybody, away, holder, seed, task)
    tried.update(drawn=1, listed=bool(made.lines))
    ends_within_its_loan(days)
    residents = [one for one in everybody if one.hamlet == HERE]
    known = {one.person: one for one in residents}
    assert [line.number for line in made.lines] == list(range(1, len(made.lines) + 1))
    assert len(set(made.people)) == len(made.people) == len(made.lines)
    assert not set(made.people) & away
    wanted = {one.person for one in residents if one.asked} - away
    if made.cover is Cover.NO_NAMES:
        assert holder is Holder.HEAD
        assert len(residents) < FEWEST_OF_A_HAMLET or len(wanted) < FEWEST_LISTED
        assert made.lines == ()
    elif len(wanted) >= FEWEST_LISTED:
        assert set(made.people) == wanted
    else:
        homes = {known[person].household for person in wanted} - {None}
        assert {person for person in made.people if known[person].household not in homes} == {
            person for person in wanted if known[person].household is None
        }
    for line, person in zip(made.lines, made.people, strict=True):
        one = known[person]
        assert (line.name, line.task) == (one.name, task)
        assert line.head == (one.head if one.head_person and one.head_person not in away else "")
        assert line.year in ("", str(one.year))


def ends_within_its_loan(days):
    if not 1 <= days <= 14:
        with pytest.raises(ValueError, match="from 1 to 14 days"):
            loan_until(DAY, days)
        return
    until = loan_until(DAY, days)
    assert DAY < until <= DAY + timedelta(days=14)
    assert not Copy(until=until).is_overdue(until - timedelta(days=1))
    assert Copy(until=until).is_overdue(until)


def test_nobody_of_another_hamlet_is_listed_or_counted_for_the_cover():
    elsewhere = [replace(one, hamlet=8, person=UUID(int=500 + at))
                 for at, one in enumerate(hamlet_of(40))]  # fmt: skip
    assert composed([*hamlet_of(20), *elsewhere]).cover is Cover.NO_NAMES
    made = composed([*hamlet_of(40), *elsewhere])
    assert made == composed(hamlet_of(40))


def test_the_year_stands_only_beside_those_who_share_a_name():
    residents = [*hamlet_of(40), someone(90, 3, name="Lò Thị Mơ", year=1950),
                 someone(91, 4, name="lo thi mo", year=1981)]  # fmt: skip
    years = {line.name: line.year for line in composed(residents).lines if line.year}
    assert years == {"Lò Thị Mơ": "1950", "lo thi mo": "1981"}


def test_a_namesake_who_is_not_asked_is_told_apart_too():
    residents = [*hamlet_of(40), someone(90, 3, name="Lò Thị Mơ", year=1950),
                 someone(91, 4, name="Lò Thị Mơ", year=1981, asked=False)]  # fmt: skip
    assert "1950" in [line.year for line in composed(residents).lines]


def test_fewer_than_eight_stand_among_their_whole_households():
    residents = [replace(one, asked=number < 3) for number, one in enumerate(hamlet_of(40))]
    made = composed(residents)
    assert made.cover is Cover.HOUSEHOLDS
    assert set(made.people) == {one.person for one in residents if one.household == 0}


def test_who_objects_is_not_on_the_list_of_a_whole_household_either():
    residents = [replace(one, asked=number < 3) for number, one in enumerate(hamlet_of(40))]
    made = composed(residents, {residents[3].person, residents[0].person}, Holder.HEALTH_WORKER)
    assert set(made.people) == {residents[1].person, residents[2].person}


@pytest.mark.parametrize(
    ("listed", "residents", "holder", "cover"),
    [
        (29, 29, Holder.HEAD, Cover.NO_NAMES),
        (30, 30, Holder.HEAD, Cover.PEOPLE),
        (29, 29, Holder.HEALTH_WORKER, Cover.PEOPLE),
        (7, 29, Holder.HEALTH_WORKER, Cover.HOUSEHOLDS),
        (7, 300, Holder.HEAD, Cover.HOUSEHOLDS),
        (8, 300, Holder.HEAD, Cover.PEOPLE),
    ],
)
def test_how_few_are_covered(listed, residents, holder, cover):
    assert cover_for(listed, residents, holder) is cover


def test_a_head_who_objects_is_named_beside_nobody():
    made = composed(hamlet_of(40), {UUID(int=1000)})
    assert {line.head for line in made.lines} == {""}
    assert set(made.heads) == {None}


def test_few_who_live_alone_are_named_to_no_head():
    residents = [*hamlet_of(40, asked=False), someone(90), someone(91)]
    assert composed(residents).cover is Cover.NO_NAMES
    assert len(composed(residents, holder=Holder.HEALTH_WORKER).lines) == 2


def test_households_stay_together_and_their_order_is_that_of_the_copy():
    residents = hamlet_of(40)
    homes = {one.person: one.household for one in residents}
    orders = set()
    for seed in (SEED, b"another seed 123"):
        order = [homes[person] for person in composed(residents, seed=seed).people]
        assert [home for at, home in enumerate(order) if at == 0 or order[at - 1] != home] == list(
            dict.fromkeys(order)
        )
        orders.add(tuple(order))
    assert len(orders) == 2
    assert composed(residents) == composed(list(reversed(residents)))


def test_eight_rows_with_their_marks_name_one_copy_of_ten_thousand():
    copies = {f"copy {n}": n.to_bytes(16, "big") for n in range(10_000)}
    for wanted in (0, 17, 9_999):
        seen = marks_of(copies[f"copy {wanted}"], 40)[11:19]
        assert copies_showing(seen, copies, 40) == [f"copy {wanted}"]


def test_a_mark_that_was_read_wrongly_or_not_at_all_does_not_hide_the_copy():
    copies = {f"copy {n}": n.to_bytes(16, "big") for n in range(500)}
    seen = marks_of(copies["copy 7"], 40)[20:30]
    seen[3] = Mark(None, seen[3].place)
    assert copies_showing(seen, copies, 40) == ["copy 7"]
    seen[5] = replace(seen[5], place=(seen[5].place + 1) % 4)
    assert copies_showing(seen, copies, 40) == []
    assert copies_showing(seen, copies, 40, spoilt=1) == ["copy 7"]


def test_fewer_than_eight_rows_accuse_nobody():
    with pytest.raises(ValueError, match="7 rows name nobody"):
        copies_showing(marks_of(SEED, 7), {"one": SEED}, 40)
