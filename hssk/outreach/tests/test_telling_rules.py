"""What is told of few people, without a database: small reasons as one, small hamlets as averages."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hssk.outreach.rules.forecasting import forecast
from hssk.outreach.rules.planning import Crew, Outing, Place, Stop
from hssk.outreach.rules.telling import LEAST, apart, evened

DAY = date(2026, 12, 5)


@given(
    st.lists(st.integers(0, 40), max_size=7).map(
        lambda many: dict(zip("abcdefg", many, strict=False))
    )
)
@settings(suppress_health_check=[HealthCheck.too_slow])
def test_reasons_add_up_and_none_of_few_people_follows_from_the_sum(reasons):
    told, rest = apart(reasons)
    assert sum(told.values()) + rest == sum(reasons.values())
    assert all(many >= LEAST for many in told.values())
    hidden = {one: many for one, many in reasons.items() if many and one not in told}
    assert sum(hidden.values()) == rest
    if hidden and told:  # else all there is stands as one
        assert len(hidden) > 1
        assert rest >= LEAST


def test_a_reason_of_one_takes_the_next_smallest_along():
    assert apart({"absent": 30, "refused": 9, "died": 1}) == ({"absent": 30}, 10)
    assert apart({"absent": 30, "refused": 9}) == ({"absent": 30, "refused": 9}, 0)
    assert apart({"died": 1}) == ({}, 1)


def places(*remaining):
    return [Place(n, f"Bản {n}", "Xã", "Xã", many, many % 3) for n, many in enumerate(remaining)]


small = st.lists(st.integers(0, 29), min_size=4, max_size=4)


@given(small, small, st.permutations(range(4)))
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_all_that_a_plan_tells_is_the_same_in_worlds_that_differ_inside_a_line(one, other, order):
    """The attacker knows every number of the other places, and all that is told."""
    other[3] = max(0, sum(one) - sum(other[:3]))
    if sum(other) != sum(one):
        return
    line = frozenset(range(4))
    worlds = [
        [Place(n, "", "Xã", "Xã", many) for n, many in enumerate([*small, 60, 25])]
        for small in (one, other)
    ]
    crews = [Crew(1, "Đội", 40)]
    outings = [
        Outing(DAY + timedelta(days=7 * at), 1, (Stop(n, 0, 0), Stop(4, 0, 0)), at)
        for at, n in enumerate(order)
    ]
    first, second = (evened(world, [line]) for world in worlds)
    assert first == second
    told = [forecast(outings, world, crews, 50, (7, 13)) for world in (first, second)]
    assert told[0] == told[1]
    assert set(told[0].brings) == set(range(len(order)))


def test_places_of_no_line_stay_as_they_are_and_a_line_promises_no_more_than_it_has():
    before = places(5, 8, 60)
    after = evened(before, [frozenset({0, 1}), frozenset({99})])
    assert after[2] == before[2]
    assert [place.remaining for place in after[:2]] == [6, 6]


def test_what_a_session_is_to_bring_is_no_more_than_its_team_can_write_down():
    outings = [Outing(DAY, 1, (Stop(0, 0, 0), Stop(1, 0, 0)), 7)]
    told = forecast(outings, places(100, 100), [Crew(1, "Đội", 40)], 200, (1, 1))
    assert told.brings == {7: 40}
