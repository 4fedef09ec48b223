"""Records that belong to nobody, what changed, why figures differ, and when the goal is reached."""

from datetime import date

import pytest
from django.db import connection

from hssk.coverage import services
from hssk.coverage.errors import BadGoal, LedgerAstray
from hssk.coverage.services import records
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


RECORD_COUNTS = ["duplicates", "records_unlisted", "nobody_dead", "nobody_left", "nobody_unknown"]


@pytest.mark.parametrize("unit", ["12", "12-105", "03403", "03409"])
@pytest.mark.parametrize("count", RECORD_COUNTS)
def test_the_lists_of_records_are_as_long_as_their_counts(town, unit, count):
    Holding.objects.filter(number__in=["khác xã", "lạ"]).update(unlisted_since=MARCH)
    it = services.figures(unit, MARCH).counts
    listed = services.records_with(count, unit, MARCH)
    assert len(list(listed)) == len(listed) == getattr(it, count)
    assert len(services.records_on_nobody(unit, MARCH)) == it.records_on_nobody


@pytest.mark.parametrize("unit", ["12", "12-105", "03403", "03409"])
def test_each_step_names_as_many_as_it_counts(town, unit):
    it = services.why_different(unit, MARCH)
    for step in (*it.of_records, *it.of_rows):
        if step.name == "doubles":
            continue  # rows; the list is of the people who stand on them
        if step.name in records.LISTED:
            listed = services.records_with(step.name, unit, MARCH)
        else:
            listed = services.people_with(step.name, unit, MARCH)
        assert len(list(listed)) == len(listed) == abs(step.count), step.name


def test_a_duplicate_is_the_further_record_and_not_the_one_that_counts(town):
    assert [record.number for record in services.duplicates("12-105", MARCH)] == ["thừa"]
    whose = {record.number: record.why for record in services.records_on_nobody("12", MARCH)}
    assert whose == {"lạ": "unknown", "mất": "dead", "đi": "left"}


@pytest.mark.parametrize("unit", ["12-105", "03403", "03409"])
def test_the_softwares_figure_is_taken_apart_without_a_remainder(town, unit):
    Holding.objects.filter(number="").update(unlisted_since=date(2024, 3, 1))
    it = services.why_different(unit, MARCH)
    assert it.records + sum(step.count for step in it.of_records) == it.found
    assert it.rows + sum(step.count for step in it.of_rows) == it.expected


def test_an_explanation_that_does_not_add_up_is_not_shown(town):
    services.settle()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE coverage_row SET flags = flags & ~256")
    with pytest.raises(LedgerAstray, match="không khớp"):
        services.why_different("03409", MARCH)


def steps(unit):
    it = services.why_different(unit, MARCH)
    return {step.name: step.count for step in (*it.of_records, *it.of_rows) if step.count}


def test_each_step_from_the_softwares_figure_says_how_many(town):
    assert steps("12-105") == {
        "duplicates": -1, "nobody_dead": -1, "nobody_left": -1, "nobody_unknown": -1,
        "to_decide": -2, "doubles": -1, "listed_nobody": -1, "unlisted": 1,
    }  # fmt: skip


def test_what_is_kept_or_listed_elsewhere_is_counted_by_name_on_both_sides(town):
    listed(town["Lò Văn Lả"], hamlet("03409", "B"))
    assert steps("03403")["kept_for_others"] == -1
    assert steps("03409")["kept_elsewhere"] == 1
    assert (steps("03409")["listed_for_others"], steps("03403")["listed_elsewhere"]) == (-1, 1)
    [kept] = services.records_with("kept_for_others", "03403", MARCH)
    assert (kept.name, kept.number, kept.unit) == ("Lò Văn Dế", "khác xã", "Xã Sùng Phài")
    [row] = services.records_with("listed_for_others", "03409", MARCH)
    assert (row.name, row.address, row.kind) == ("Lò Văn Lả", "B", "row")
    [nobody] = services.records_with("listed_nobody", "03409", MARCH)
    assert nobody.name == "Ghi đã chuyển"


def test_records_that_the_newest_extract_no_longer_has_are_out_of_the_softwares_figure(town):
    day = date(2024, 3, 10)
    Holding.objects.filter(name__in=["Lò Văn Lả", "Người lạ"]).update(unlisted_since=day)
    before, after = (services.figures("03403", on).counts for on in (date(2024, 3, 9), MARCH))
    assert (before.records, before.records_unlisted, before.only_unlisted) == (5, 0, 0)
    assert (after.records, after.records_unlisted, after.only_unlisted) == (3, 2, 1)
    assert (before.found, after.found) == (2, 2)  # proposed as gone, never silently ended
    assert (before.nobody_unknown, after.nobody_unknown) == (1, 0)
    gone = services.records_with("records_unlisted", "03403", MARCH)
    assert {(record.name, record.since, record.why) for record in gone} == {
        ("Lò Văn Lả", day, ""), ("Người lạ", day, "unknown"),
    }  # fmt: skip
    assert [one.name for one in services.people_with("only_unlisted", "03403", MARCH)] == [
        "Lò Văn Lả"
    ]
    assert steps("03403")["only_unlisted"] == 1


def test_a_resident_whose_other_record_is_still_listed_is_not_proposed_as_gone(town):
    Holding.objects.filter(number="thừa").update(unlisted_since=MARCH)
    it = services.figures("12-105", MARCH).counts
    assert (it.only_unlisted, it.records_unlisted, it.duplicates) == (0, 1, 0)


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


def test_why_there_is_no_pace_is_said_by_what_is_known():
    village("SP | A | Lò Văn Sơn | no\nSP | A | Lò Văn Lả | no")
    assert "chưa có trích xuất" in services.pace("SP", JUNE).unsaid
    recorded(person("Lò Văn Lả"), commune("SP"))  # two extracts, nobody new in the second
    Holding.objects.create(
        person=Holding.objects.get().person, unit=commune("SP"), since=MARCH, system="hssk"
    )
    it = services.pace("SP", JUNE)
    assert it.unsaid.startswith("Chưa nói được: sau ngày 17/3/2024 không ai ở đây")
    assert (it.gained, it.reached) == (0, None)
    assert "ngày lập ghi trên hồ sơ" in it.says


def test_two_days_compared_and_the_pace_say_what_each_counts():
    people = village("SP | A | Lò Văn Sơn | no | since=2024-05-01")
    recorded(people["Lò Văn Sơn"], commune("SP"), since=date(2024, 5, 1))
    compared, pace = services.changes("SP", MARCH, JUNE), services.pace("SP", JUNE)
    assert (len(compared.got), len(compared.entered), pace.gained) == (0, 1, 1)
    assert "chưa có danh sách nhân khẩu" in compared.says
    assert "Nhịp lập hồ sơ tính cách khác" in compared.says
    assert (pace.unsaid, "lập sau ngày 17/3/2024" in pace.says) == ("", True)


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


def test_those_changed_are_read_page_by_page_in_the_order_of_every_list():
    village("\n".join(
        f"{('03403', '03409')[n % 2]} | Bản {('Trung', 'Tả')[n % 3 == 0]} | Người {n} | no"
        f" | household={n} since=2024-05-01" for n in range(40)
    ))  # fmt: skip
    entered = services.changes("12-105", MARCH, JUNE).entered
    whole = list(entered)
    assert len(entered) == len(whole) == 40
    assert [one for start in range(0, 40, 7) for one in entered[start : start + 7]] == whole
    assert [(one.unit, one.hamlet, one.household) for one in whole[:3]] == [
        ("Xã San Thàng", "Bản Tả", "3"),
        ("Xã San Thàng", "Bản Tả", "9"),
        ("Xã San Thàng", "Bản Tả", "15"),
    ]
    listed = services.missing("12-105", JUNE)
    assert [one.id for one in listed] == [one.id for one in whole]


def test_a_page_of_those_changed_compares_the_whole_of_the_other_day():
    people = village("03403 | A | Lò Văn Sơn | no\n03403 | B | Lò Văn Lả | no")
    who = people["Lò Văn Sơn"]
    Residence.objects.filter(person=who).update(until=date(2024, 5, 1))
    lives(who, hamlet("03403", "B"), date(2024, 5, 1))
    recorded(who, commune("03403"), since=date(2024, 5, 2))
    it = services.changes("03403", MARCH, JUNE)
    assert ([one.hamlet for one in it.got], len(it.entered), len(it.left)) == (["B"], 0, 0)
    assert it.got[0].name == "Lò Văn Sơn"


def test_moving_to_another_commune_is_leaving_there_and_coming_here():
    village("03403 | A | Lò Văn Sơn | yes | until=2024-05-01")
    who = Residence.objects.get().person
    lives(who, hamlet("03409", "B"), date(2024, 5, 1))
    Listing.objects.all().delete()
    assert [c.name for c in services.changes("03403", MARCH, JUNE).left] == ["Lò Văn Sơn"]
    assert [c.name for c in services.changes("03409", MARCH, JUNE).entered] == ["Lò Văn Sơn"]
    assert services.changes("12-105", MARCH, JUNE).left[:] == []
