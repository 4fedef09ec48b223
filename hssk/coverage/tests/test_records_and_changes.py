"""Records that belong to nobody, what changed, why figures differ, and when the goal is reached."""

from datetime import date

import pytest

from hssk.coverage import services
from hssk.coverage.errors import BadGoal
from hssk.people.models import Holding, Listing, Residence
from tests.village import MARCH, commune, hamlet, listed, lives, person, recorded, village

pytestmark = pytest.mark.django_db
JUNE = date(2024, 6, 15)


@pytest.fixture
def town():
    people = village("""
        03403 | A | Lò Văn Sơn | yes
        03403 | A | Lò Văn Lả  | yes
        03403 | B | Lò Văn Pó  | ask
        03409 | B | Lò Văn Dế  | no
    """)
    recorded(people["Lò Văn Sơn"], commune("03409"), since=date(2024, 2, 1), number="thừa")
    recorded(people["Lò Văn Dế"], commune("03403"), decided=False, number="khác xã")
    recorded(person("Người lạ"), commune("03403"), number="lạ")
    recorded(person("Đã mất"), commune("03409"), dead=True, number="mất")
    recorded(person("Đã đi"), None, moved=True, number="đi")
    listed(people["Lò Văn Sơn"], hamlet("03403", "B"))
    listed(person("Ghi đã chuyển"), hamlet("03409", "B"))
    lives(person("Không có tên"), hamlet("03409", "B"))
    return people


@pytest.mark.parametrize("unit", ["12", "12-105", "03403", "03409"])
def test_the_lists_of_records_are_as_long_as_their_counts(town, unit):
    it = services.figures(unit, MARCH).counts
    assert len(services.records_on_nobody(unit, MARCH)) == it.records_on_nobody
    assert len(services.records_on_nobody(unit, MARCH, "dead")) == it.nobody_dead
    assert len(services.duplicates(unit, MARCH)) == it.duplicates


def test_a_duplicate_is_the_further_record_and_not_the_one_that_counts(town):
    assert [record.number for record in services.duplicates("12-105", MARCH)] == ["thừa"]
    whose = {record.number: record.why for record in services.records_on_nobody("12", MARCH)}
    assert whose == {"lạ": "unknown", "mất": "dead", "đi": "left"}


@pytest.mark.parametrize("unit", ["12-105", "03403", "03409"])
def test_the_softwares_figure_is_taken_apart_without_a_remainder(town, unit):
    it = services.why_different(unit, MARCH)
    assert it.records + sum(step.count for step in it.of_records) == it.found
    assert it.rows + sum(step.count for step in it.of_rows) == it.expected


def test_each_step_from_the_softwares_figure_says_how_many(town):
    it = services.why_different("12-105", MARCH)
    assert {step.name: step.count for step in it.of_records} == {
        "duplicates": -1, "nobody_dead": -1, "nobody_left": -1, "nobody_unknown": -1,
        "to_decide": -2, "elsewhere": 0,
    }  # fmt: skip
    assert {step.name: step.count for step in it.of_rows} == {
        "doubles": -1, "unlisted": 1, "gone": -1,
    }  # fmt: skip


def test_what_changed_between_two_days_by_name():
    people = village("""
        SP | A | Ở Lại     | no
        SP | A | Được Lập  | no
        SP | A | Bị Mất    | yes
        SP | A | Đi Khỏi   | yes | until=2024-05-01
        SP | A | Đến Mới   | no  | since=2024-05-01
    """)
    recorded(people["Được Lập"], commune("SP"), since=date(2024, 5, 5))
    Holding.objects.filter(person=people["Bị Mất"]).update(until=date(2024, 5, 5))
    it = services.changes("SP", MARCH, JUNE)
    told = {
        what: [each.name for each in getattr(it, what)]
        for what in ("entered", "left", "got", "lost")
    }
    assert told == {
        "entered": ["Đến Mới"],
        "left": ["Đi Khỏi"],
        "got": ["Được Lập"],
        "lost": ["Bị Mất"],
    }
    assert it.after.expected == it.before.expected + len(it.entered) - len(it.left)


def test_the_pace_tells_the_day_on_which_the_goal_is_reached():
    people = village(
        "\n".join(f"SP | A | Người {n} | {'yes' if n < 2 else 'no'}" for n in range(20))
    )
    for n in range(2, 6):
        recorded(people[f"Người {n}"], commune("SP"), since=date(2024, 5, 1))
    it = services.pace("SP", JUNE)
    # 19 of 20 is 95 %: 13 more people, 4 in 90 days
    assert (it.gap, it.gained, (it.reached - JUNE).days) == (13, 4, 293)


def test_without_a_pace_no_day_is_promised():
    village("SP | A | Lò Văn Sơn | no")
    assert services.pace("SP", JUNE).reached is None


def test_the_first_extract_is_no_pace():
    village("SP | A | Lò Văn Sơn | no\nSP | A | Lò Văn Lả | yes")
    assert (services.pace("SP", MARCH).gained, services.pace("SP", MARCH).reached) == (0, None)


def test_a_goal_set_above_holds_below_until_one_is_set_there():
    village("03403 | A | Lò Văn Sơn | no")
    from hssk.places.services import unit_on

    city, ward = unit_on("12-105", MARCH), unit_on("03403", MARCH)
    assert services.goal_of(ward) == 95
    services.set_goal(city, 80)
    assert services.goal_of(ward) == 80
    assert services.set_goal(ward, 60.5) == 60.5
    assert services.set_goal(ward, None) == 80
    with pytest.raises(BadGoal):
        services.set_goal(ward, 101)


def test_nobody_is_expected_where_nothing_is_known():
    it = services.figures("03403", MARCH)
    assert (it.counts.expected, it.rate, it.gap, it.children) == (0, None, 0, [])
    assert services.why_different("03403", MARCH).found == 0


def test_moving_to_another_commune_is_leaving_there_and_coming_here():
    village("03403 | A | Lò Văn Sơn | yes | until=2024-05-01")
    who = Residence.objects.get().person
    lives(who, hamlet("03409", "B"), date(2024, 5, 1))
    Listing.objects.all().delete()
    assert [c.name for c in services.changes("03403", MARCH, JUNE).left] == ["Lò Văn Sơn"]
    assert [c.name for c in services.changes("03409", MARCH, JUNE).entered] == ["Lò Văn Sơn"]
    assert services.changes("12-105", MARCH, JUNE).left == []
