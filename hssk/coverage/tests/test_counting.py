"""Who counts, where, on which day, and as what."""

from datetime import date, timedelta

import pytest

from hssk.coverage import services
from hssk.coverage.services import Filters
from hssk.coverage.services.ground import ground_of
from hssk.coverage.services.registered import registered
from hssk.kit.dates import year_later
from hssk.people.models import Holding, Listing, Person, Residence
from tests.village import (
    JANUARY,
    MARCH,
    commune,
    hamlet,
    listed,
    lives,
    person,
    recorded,
    village,
)  # fmt: skip

pytestmark = pytest.mark.django_db
JUNE = date(2024, 6, 15)


def counts(unit="SP", on=MARCH, **how):
    return services.figures(unit, on, **how).counts


def names(people):
    return [each.name for each in people]


def missing(unit="SP", on=MARCH, **how):
    return names(services.missing(unit, on, **how))


def test_somebody_without_a_record_is_missing_by_name():
    village("""
        SP | Trung Chải | Giàng Thị Mỷ | no
        SP | Trung Chải | Lò Văn Sơn   | yes
        SP | Trung Chải | Vàng A Páo   | ask
    """)
    assert missing() == ["Giàng Thị Mỷ"]
    found = counts()
    assert (found.expected, found.found, found.to_decide, found.missing) == (3, 1, 1, 1)


def test_a_record_filed_under_a_merged_row_still_counts():
    people = village("""
        SP | Trung Chải | Giàng Thị Mỷ | no
        SP | Trung Chải | Giang Thi My | yes
    """)
    drop, keep = people["Giang Thi My"], people["Giàng Thị Mỷ"]
    Person.objects.filter(id=drop.id).update(same_as=keep, root=keep.id)
    assert missing() == []
    assert (counts().expected, counts().found, counts().doubles) == (1, 1, 1)
    Person.objects.filter(id=drop.id).update(same_as=None, root=drop.id)
    assert missing() == ["Giàng Thị Mỷ"]
    assert (counts().expected, counts().doubles) == (2, 0)


@pytest.mark.parametrize(
    ("stays", "place"),
    [
        ("P:A T:B", "B"),
        ("T:B P:A", "B"),
        ("T:A C:B", "B"),
        ("C:A P:B T:B", "A"),
        ("P:A P:B", "A"),
    ],
)
def test_a_resident_counts_once_where_they_live_else_temporary_else_permanent(stays, place):
    who = person("Lò Văn Sơn")
    for stay in stays.split():
        kind, at = stay.split(":")
        lives(who, hamlet("SP", at), kind=kind)
    children = {
        child.name: child.counts.expected for child in services.figures("SP", MARCH).children
    }
    assert children == {place: 1}


def test_the_later_of_two_stays_of_one_kind_counts():
    who = person("Lò Văn Sơn")
    lives(who, hamlet("SP", "A"), date(2024, 2, 1))
    lives(who, hamlet("SP", "B"), date(2024, 1, 1))
    assert names(services.people_of(hamlet("SP", "A").id, None, MARCH)) == ["Lò Văn Sơn"]


def test_somebody_who_moves_counts_in_the_old_hamlet_until_the_day_and_in_the_new_from_it():
    who = person("Lò Văn Sơn")
    lives(who, hamlet("SP", "A"), until=date(2024, 3, 10))
    lives(who, hamlet("SP", "B"), date(2024, 3, 10))
    at = {
        day: [
            c.name for c in services.figures("SP", date(2024, 3, day)).children if c.counts.expected
        ]
        for day in (9, 10)
    }
    assert at == {9: ["A"], 10: ["B"]}


def test_a_future_stay_does_not_count_before_its_day():
    who = person("Lò Văn Sơn")
    lives(who, hamlet("SP", "A"), JUNE)
    assert (counts().expected, counts(on=JUNE).expected) == (0, 1)
    assert counts(on=JUNE - timedelta(days=1)).expected == 0


@pytest.mark.parametrize(
    ("home_decided", "record_decided", "state"),
    [(True, True, "found"), (False, True, "to_decide"), (True, False, "to_decide")],
)
def test_an_undecided_link_on_either_side_leaves_the_record_to_be_decided(
    home_decided, record_decided, state
):
    who = person("Lò Văn Sơn")
    lives(who, hamlet("SP", "A"), decided=home_decided)
    recorded(who, commune("SP"), decided=record_decided)
    assert getattr(counts(), state) == 1
    assert names(services.people_with(state, "SP", MARCH)) == ["Lò Văn Sơn"]


def test_the_dead_are_no_residents_from_the_day_they_died():
    who = village("SP | A | Lò Văn Sơn | yes")["Lò Văn Sơn"]
    Person.objects.filter(id=who.id).update(died_on=date(2024, 3, 10))
    assert counts(on=date(2024, 3, 9)).found == 1
    after = counts()
    assert (after.expected, after.records, after.nobody_dead) == (0, 1, 1)


def test_updated_within_a_year_runs_out_by_itself_on_the_same_day_next_year():
    who = village("SP | A | Lò Văn Sơn | yes | updated=2024-02-29")["Lò Văn Sơn"]
    last = year_later(date(2024, 2, 29))
    fresh = {
        day: counts(on=day).fresh
        for day in (date(2024, 2, 28), date(2024, 2, 29), last - timedelta(days=1), last,
                    date(2027, 1, 1))
    }  # fmt: skip
    assert list(fresh.values()) == [0, 1, 1, 0, 0]
    assert [each.id for each in services.people_with("fresh", "SP", MARCH)] == [who.id]


def test_visits_and_the_app_count_only_where_the_record_is_found():
    village("""
        SP | A | Lò Văn Sơn | yes | visits=2 app=1
        SP | A | Lò Văn Lả  | ask | visits=2 app=1
    """)
    assert (counts().visited, counts().app_opened) == (1, 1)


def test_a_facility_has_the_states_of_those_who_are_registered_with_it():
    village("""
        SP | A | Lò Văn Sơn | yes | place=12001 app=1
        SP | A | Lò Văn Lả  | ask | place=12001 app=1
        SP | A | Lò Văn Pó  | no  | place=12001
        SP | A | Lò Văn Ún  | ask | place=12403
    """)
    told = {child.key: child.counts for child in registered(ground_of("SP", MARCH), MARCH)}
    said = {key: (it.expected, it.found, it.to_decide, it.missing, it.app_opened)
            for key, it in told.items()}  # fmt: skip
    assert said == {"12001": (3, 1, 1, 1, 1), "12403": (1, 0, 1, 0, 0)}


def test_those_living_away_are_residents_with_a_count_of_their_own():
    village("""
        SP | A | Lò Văn Sơn | no | away=1
        SP | A | Lò Văn Lả  | no
    """)
    assert (counts().expected, counts().away) == (2, 1)
    assert names(services.people_with("away", "SP", MARCH)) == ["Lò Văn Sơn"]
    assert counts(filters=Filters(away=False)).expected == 1


def test_somebody_no_longer_listed_stays_a_resident_proposed_as_left():
    village("SP | A | Lò Văn Sơn | no")
    Listing.objects.update(until=date(2024, 3, 1))
    assert (counts().expected, counts().unlisted) == (1, 1)
    assert (counts().listings, counts(on=JANUARY).listings) == (0, 1)


def test_records_are_split_into_those_of_residents_further_ones_and_those_on_nobody():
    people = village("""
        SP | A | Lò Văn Sơn | yes
        SP | A | Lò Văn Lả  | no
    """)
    recorded(people["Lò Văn Sơn"], commune("SP"))
    recorded(person("Người lạ"), commune("SP"))
    recorded(person("Đã mất"), commune("SP"), dead=True)
    recorded(person("Đã đi"), commune("SP"), moved=True)
    it = counts()
    assert (it.records, it.duplicates, it.records_on_nobody) == (5, 1, 3)
    assert (it.nobody_dead, it.nobody_left, it.nobody_unknown) == (1, 1, 1)
    assert it.records == it.found + it.to_decide + it.duplicates + it.records_on_nobody


def test_a_record_of_somebody_who_left_is_on_somebody_who_left():
    village("SP | A | Lò Văn Sơn | yes | until=2024-03-01")
    assert counts().nobody_left == 1


def test_records_that_name_no_unit_count_where_the_whole_is_asked_for():
    people = village("03403 | A | Lò Văn Sơn | no")
    recorded(people["Lò Văn Sơn"], None)
    assert counts("12-105").records == 1
    assert counts("03403").records == 0
    assert counts("03403").found == 1


def test_children_add_up_to_the_whole_at_every_level():
    village("""
        03403 | A | Lò Văn Sơn | yes
        03403 | B | Lò Văn Lả  | no
        03409 | A | Lò Văn Pó  | no
    """)
    for code in ("12", "12-105", "03403"):
        whole = services.figures(code, MARCH)
        assert sum(child.counts.missing for child in whole.children) == whole.counts.missing
    assert [c.key for c in services.figures("12", MARCH).children] == ["12-105"]
    assert {c.key for c in services.figures("12-105", MARCH).children} == {"03403", "03409"}


def test_the_seven_communes_of_2024_are_drawn_as_two_wards_of_2025_that_say_what_they_count():
    village("""
        03403 | A | Lò Văn Sơn | yes
        03409 | A | Lò Văn Pó  | no
    """)
    drawn = services.figures("12-105", MARCH, date(2025, 7, 2))
    assert {c.key: c.counts.expected for c in drawn.children} == {"03388": 1, "03408": 1}
    assert "Lản Nhì Thàng" in next(c.statement for c in drawn.children if c.key == "03388")
    later = services.figures("03388", date(2026, 1, 1))
    assert (later.counts.expected, "Lản Nhì Thàng" in later.statement) == (1, True)


def test_hamlets_of_one_name_are_told_apart_by_their_former_communes():
    village("""
        03388 | Tổ dân phố số 4 | Lò Văn Sơn | no
        03389 | Tổ dân phố số 4 | Lò Văn Pó  | no
        03389 | Tổ dân phố số 5 | Lò Văn Pá  | no
    """)
    later = date(2026, 1, 1)
    ward = services.figures("03388", later)
    told = {child.name for child in ward.children}
    assert len(told) == 3
    assert "Tổ dân phố số 5" in told
    former = {str(commune(code)) for code in ("03388", "03389")}
    assert told == {"Tổ dân phố số 5", *(f"Tổ dân phố số 4 ({name})" for name in former)}
    assert {person.hamlet for person in services.missing("03388", later)} == told
    assert {child.name for child in services.figures("03389", MARCH).children} == {
        "Tổ dân phố số 4", "Tổ dân phố số 5",
    }  # fmt: skip


def test_a_ward_made_of_several_communes_is_drawn_as_them_on_their_map():
    village("""
        03388 | A | Lò Văn Sơn | no
        03389 | A | Lò Văn Pó  | no
        03389 | B | Lò Văn Pá  | yes
    """)
    drawn = services.figures("03388", date(2025, 8, 1), MARCH)
    assert {(c.kind, c.key): c.counts.expected for c in drawn.children} == {
        ("commune", "03388"): 1, ("commune", "03389"): 2,
    }  # fmt: skip
    assert drawn.counts.expected == 3


def test_worst_first():
    village("""
        03403 | A | Lò Văn Sơn | no
        03409 | A | Lò Văn Pó  | no
        03409 | A | Lò Văn Pá  | no
    """)
    assert [c.key for c in services.figures("12-105", MARCH).children] == ["03409", "03403"]


def test_lists_stand_by_hamlet_household_and_head():
    village("""
        SP | Tổ 10 | Lò Văn Ba   | no | household=1
        SP | Tổ 2  | Lò Thị Hai  | no | household=10
        SP | Tổ 2  | Lò Thị An   | no | household=2  relation=con
        SP | Tổ 2  | Vàng A Páo  | no | household=2  relation=chủ_hộ
        SP | Tổ 2  | Không Hộ    | no
    """)
    assert missing() == ["Vàng A Páo", "Lò Thị An", "Lò Thị Hai", "Không Hộ", "Lò Văn Ba"]
    assert services.missing("SP", MARCH)[1].head == "Vàng A Páo"
    assert [c.name for c in services.households(hamlet("SP", "Tổ 2").id, MARCH)][:1] == ["2"]


@pytest.mark.parametrize(
    ("filters", "who"),
    [
        (Filters(age_from=60), ["Già"]),
        (Filters(age_to=5), ["Trẻ"]),
        (Filters(age_from=6, age_to=59), []),
        (Filters(sex=2), ["Trẻ"]),
        (Filters(ethnicity="01"), ["Già"]),
        (Filters(insurance_place="12001"), ["Già"]),
        (Filters(phone=True), ["Trẻ"]),
        (Filters(phone=False), ["Già"]),
    ],
)
def test_a_filter_counts_whom_it_lists(filters, who):
    village("""
        SP | A | Già | no | born=1958 sex=1 ethnicity=01 place=12001
        SP | A | Trẻ | no | born=2020-5-5 sex=2 ethnicity=17 phone=0912
    """)
    assert missing(filters=filters) == who
    assert counts(filters=filters).missing == len(who)


@pytest.mark.parametrize("count", ["expected", "found", "to_decide", "missing", "fresh", "visited",
                                   "app_opened", "away", "unlisted", "dead_listed"])  # fmt: skip
def test_every_count_has_the_list_it_counts(count):
    people = village("""
        SP | A | Lò Văn Sơn | yes | updated=2024-02-01 visits=1 app=1 away=1
        SP | A | Lò Văn Lả  | no
        SP | A | Lò Văn Pó  | ask
        SP | B | Lò Văn Dế  | yes
    """)
    Holding.objects.filter(person=people["Lò Văn Dế"]).update(dead=True)
    Listing.objects.filter(person=people["Lò Văn Lả"]).update(until=date(2024, 3, 1))
    assert len(services.people_with(count, "SP", MARCH)) == getattr(counts(), count) > 0


def test_taking_a_fact_back_takes_it_out_of_the_figures():
    village("SP | A | Lò Văn Sơn | yes")
    Holding.objects.all().delete()
    assert (counts().found, counts().records) == (0, 0)
    Residence.objects.all().delete()
    assert counts().expected == 0
    Listing.objects.all().delete()
    assert services.figures("SP", MARCH).children == []
    assert services.verify([JANUARY, MARCH, JUNE]) == []


def test_somebody_listed_twice_is_one_resident_on_two_rows():
    who = village("SP | A | Lò Văn Sơn | no")["Lò Văn Sơn"]
    listed(who, hamlet("SP", "B"))
    assert (counts().expected, counts().listings, counts().doubles) == (1, 2, 1)


def test_a_ledger_that_cannot_be_is_said_to_be_wrong_and_not_shown():
    village("SP | A | Lò Văn Sơn | no")
    services.settle()
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE coverage_pending SET found = found + 2 WHERE expected > 0")
        cursor.execute("UPDATE coverage_day SET found = found + 2 WHERE expected > 0")
    with pytest.raises(Exception, match="mâu thuẫn"):
        counts()
    assert services.verify([MARCH])
    services.rebuild()
    assert counts().found == 0
