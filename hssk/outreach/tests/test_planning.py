"""Plans hold what they promise, whatever the hamlets, teams and sessions fixed by hand."""

import sys
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hssk.outreach.rules.forecasting import forecast
from hssk.outreach.rules.planning import (
    PRIOR,
    REST,
    Crew,
    Fixed,
    Place,
    Task,
    is_weekend,
    learned,
    saturday_of,
)
from hssk.outreach.rules.solving import NoSolver, solve

FIRST, SATURDAY = date(2026, 12, 1), date(2026, 12, 5)


def task_of(remaining=(60, 45, 30), capacities=(40,), weeks=8, **more):
    places = [
        Place(n, f"Bản {n}", f"xã {n % 2}", f"{n % 2}", many) for n, many in enumerate(remaining)
    ]
    crews = [Crew(n, f"Đội {n}", capacity) for n, capacity in enumerate(capacities)]
    rates = {"xã 0": (700, 1000), "xã 1": (300, 800)}
    said = {"share": 0.4, "places": places, "crews": crews, "rates": rates, **more}
    return Task(FIRST, FIRST + timedelta(days=7 * weeks), **said)


@st.composite
def tasks(draw):
    remaining = draw(st.lists(st.integers(0, 200), min_size=1, max_size=8))
    capacities = draw(st.lists(st.integers(1, 60), min_size=1, max_size=3))
    weeks = draw(st.integers(1, 8))
    hamlet, week = st.integers(0, len(remaining) - 1), st.integers(0, weeks - 1)
    slot = st.tuples(week, st.integers(0, 1), st.integers(0, len(capacities) - 1))
    fixed = [
        Fixed(n, (draw(hamlet),), SATURDAY + timedelta(7 * at + day), team)
        for n, (at, day, team) in enumerate(sorted(draw(st.sets(slot, max_size=3))))
    ]
    struck = draw(st.sets(st.tuples(hamlet, week), max_size=3))
    return task_of(
        remaining, capacities, weeks, fixed=fixed, share=draw(st.floats(0.05, 0.95)),
        wanted=draw(st.none() | st.integers(0, 300)),
        barred=frozenset((one, SATURDAY + timedelta(7 * at)) for one, at in struck),
    )  # fmt: skip


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(tasks())
def test_no_plan_breaks_a_promise(task):
    plan = solve(task, work=1)
    room = {crew.team: crew.capacity for crew in task.crews}
    group = {place.hamlet: place.group for place in task.places}
    barred = {(hamlet, saturday_of(day)) for hamlet, day in task.barred}
    promised = Counter()
    for outing in plan.outings:
        assert is_weekend(outing.day)
        assert task.first <= outing.day <= task.last
        assert outing.expected <= room[outing.team]
        for stop in outing.stops:
            promised[stop.hamlet] += stop.expected
            if outing.session is None:
                assert (stop.hamlet, saturday_of(outing.day)) not in barred
        if outing.session is None:
            assert len({group[stop.hamlet] for stop in outing.stops}) == 1
    assert all(promised[place.hamlet] <= place.remaining for place in task.places)
    days = [(outing.day, outing.team) for outing in plan.outings]
    assert len(days) == len(set(days))
    kept = {(one.session, one.day, one.team, one.hamlets) for one in task.fixed}
    assert kept <= {
        (o.session, o.day, o.team, tuple(s.hamlet for s in o.stops)) for o in plan.outings
    }
    assert plan.worth <= plan.bound


def test_the_same_task_gives_the_same_plan():
    task = task_of((120, 80, 75, 33, 21), (40, 25))
    assert solve(task) == solve(task)


def test_a_plan_is_near_its_bound_and_goes_first_where_most_remain():
    plan = solve(task_of((160, 20, 20, 20), (60,)))
    assert plan.gap <= 0.05
    first = {stop.hamlet: stop.remaining for outing in plan.outings
             if saturday_of(outing.day) == SATURDAY for stop in outing.stops}  # fmt: skip
    assert first[0] == 160


def test_a_hamlet_rests_between_two_rounds():
    days = [saturday_of(one.day) for one in solve(task_of((90,), (60,), weeks=12)).outings]
    assert len(days) == 3
    assert all(after - before >= timedelta(7 * REST) for before, after in pairwise(days))


def test_a_commune_that_is_behind_is_not_left_for_last():
    """With room for some of the work, the poorer commune is served although the other has more."""
    places = [Place(n, f"Bản {n}", "giàu" if n < 6 else "nghèo", f"{n // 6}", 100 if n < 6 else 90)
              for n in range(12)]  # fmt: skip
    rates = {"giàu": (4000, 5000), "nghèo": (500, 1000)}

    def to_the_poor(fair):
        task = Task(
            FIRST, FIRST + timedelta(days=20), places, [Crew(1, "Đội", 40)], rates, 0.4, fair=fair
        )
        return sum(one.expected for one in solve(task).outings if one.stops[0].hamlet >= 6)

    assert to_the_poor(5) > to_the_poor(100)


def test_without_the_solver_it_says_so(monkeypatch):
    monkeypatch.setitem(sys.modules, "ortools.sat.python", None)
    with pytest.raises(NoSolver):
        solve(task_of())


def test_the_yield_is_learned_from_sessions_held():
    a, b = learned([])
    assert a / (a + b) == pytest.approx(PRIOR.mean)
    few, many = learned([(60, 100)]), learned([(60, 100)] * 20)
    assert PRIOR.mean < few[0] / sum(few) < many[0] / sum(many) < 0.6
    assert learned([(0, 0)]) == (a, b)


def test_a_forecast_has_a_band_that_sessions_make_narrower():
    task = task_of((400, 300, 200), (40, 40), weeks=20)
    outings = solve(task).outings
    wide = forecast(outings, task.places, task.crews, 150, learned([]))
    sure = forecast(outings, task.places, task.crews, 150, learned([(40, 100)] * 30))
    assert wide.early <= wide.middle <= wide.late
    assert sure.late - sure.early <= wide.late - wide.early
    assert wide.reached[0] < wide.reached[1] <= wide.reached[2]


def test_a_forecast_tells_how_many_team_days_more_are_needed_and_promises_nobody_set_aside():
    places, crews = [Place(1, "Bản", "xã", "xã", 100, aside=60)], [Crew(1, "Đội", 20)]
    told = learned([(40, 100)] * 50)
    known = forecast([], places, crews, 60, told)
    assert known.middle is None
    assert known.more_days >= 3
    assert forecast([], places, crews, 150, told).more_days is None
    assert forecast([], places, crews, 0, told).more_days == 0


def test_who_goes_out_on_no_weekend_or_on_one_makes_no_plan_smaller():
    """A session by others stands as a crew of any size that never goes out; a large team with one
    day is no measure of what another takes on."""
    alone = solve(task_of((134, 105, 78), (40, 30)), work=1)
    others = [Crew(0, "Đội 0", 40), Crew(1, "Đội 1", 30), Crew(-5, "", 10_000, frozenset())]
    assert solve(task_of((134, 105, 78), crews=others), work=1).outings == alone.outings
    last = FIRST + timedelta(days=56)
    off = frozenset(FIRST + timedelta(days=n) for n in range(56)) - {SATURDAY + timedelta(days=28)}
    seldom = [*others[:2], Crew(2, "Bệnh viện", 200, off=off | {last})]
    assert solve(task_of((134, 105, 78), crews=seldom), work=1).expected >= alone.expected
