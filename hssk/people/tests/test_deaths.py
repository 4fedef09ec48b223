"""Deaths by hand: from the day on nobody counts, the record stays, and a wrong one is taken back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.access.services import within
from hssk.coverage.services import figures, people_with, records_with, settle, verify
from hssk.kit.dates import PartialDate
from hssk.people.errors import Refused
from hssk.people.models import Basis, Death, Person, Residence
from hssk.people.rules.guardians import NOTHING
from hssk.people.rules.lives import counted_until, doubt_of_death, last_day_of
from hssk.people.services import lives, merge, opened_to, record_guardian, unmerge
from hssk.people.services.lives import Died
from hssk.people.tests.moving import NEW, OLD, works
from tests.village import village

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 10)
AT = datetime(2024, 4, 10, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DAY = PartialDate.of(2024, 4, 5)
BEFORE, ON, LAST_YEAR = date(2024, 4, 4), date(2024, 4, 5), date(2024, 1, 2)


@pytest.fixture
def people():
    return village(f"""
        {NEW} | Bản Mới | Giàng A Sình  | yes | household=12 relation=chủ_hộ born=1990 sex=1
        {NEW} | Bản Mới | Giàng Thị Mỷ  | no  | household=12 relation=vợ born=1995-06-05 sex=2
        {NEW} | Bản Mới | Giàng Thị Sua | yes | household=12 relation=con born=2020-02-03 sex=2
        {OLD} | Bản Cũ  | Lò Thị Xa     | yes | household=3 relation=chủ_hộ born=1990 sex=2
    """)


@pytest.fixture
def nurse(people):
    return works("y.ta", Role.CLINICIAN, NEW, TODAY)


def dies(one, by, on=DAY, **more):
    return lives.record_death(one.pk, Died(on, **more), at=AT, by=by)


def shown(day):
    """The ledger of the commune on a day: figures, names, and records of the dead."""
    settle()
    return (
        figures(NEW, day).counts,
        [person.name for person in people_with("expected", NEW, day)],
        [record.name for record in records_with("nobody_dead", NEW, day)],
    )


def test_the_dead_leave_numerator_and_denominator_on_their_day_and_not_before(people, nurse):
    before = {day: shown(day) for day in (BEFORE, ON, TODAY)}
    dies(people["Giàng A Sình"], nurse)
    assert shown(BEFORE) == before[BEFORE]
    for day in (ON, TODAY):
        counts, names, dead = shown(day)
        assert counts.expected == before[day][0].expected - 1
        assert counts.found == before[day][0].found - 1
        assert "Giàng A Sình" not in names
        assert dead == ["Giàng A Sình"]
    assert verify([BEFORE, ON, TODAY]) == []


def test_who_had_no_record_leaves_the_denominator_alone(people, nurse):
    before = shown(TODAY)[0]
    dies(people["Giàng Thị Mỷ"], nurse)
    after = shown(TODAY)[0]
    assert (after.expected, after.found, after.missing) == (
        before.expected - 1, before.found, before.missing - 1
    )  # fmt: skip


def test_a_wrong_death_is_taken_back_and_everything_is_as_before(people, nurse):
    days = (LAST_YEAR, BEFORE, ON, TODAY)
    before = {day: shown(day) for day in days}
    homes = list(Residence.objects.order_by("id").values())
    dies(people["Giàng A Sình"], nurse)
    lives.take_back_death(people["Giàng A Sình"].pk, "ghi nhầm", at=AT, by=nurse)
    assert {day: shown(day) for day in days} == before
    assert list(Residence.objects.order_by("id").values()) == homes
    assert Person.objects.get(name="Giàng A Sình").died_on is None
    assert verify(list(days)) == []


def test_both_acts_are_in_the_log_and_in_the_history_of_the_person(people, nurse):
    one = people["Giàng A Sình"]
    dies(one, nurse, place="home", paper="12/2024")
    lives.take_back_death(one.pk, "ghi nhầm", at=AT + timedelta(hours=1), by=nurse)
    assert list(Look.objects.order_by("id").values_list("act", "people")) == [
        ("death", [one.pk]), ("no-death", [one.pk])
    ]  # fmt: skip
    with within(nurse):
        told = lives.told_of(one.pk)
    assert told.death is None
    assert [(d.on, d.place, d.paper, d.by, d.why) for d in told.taken_back] == [
        (ON, "home", "12/2024", nurse.user, "ghi nhầm")
    ]
    dies(one, nurse)
    assert Death.objects.filter(person=one.pk).count() == 2


def test_a_death_that_stands_is_not_written_twice(people, nurse):
    first = dies(people["Giàng A Sình"], nurse)
    assert dies(people["Giàng A Sình"], nurse, on=PartialDate.of(2024, 4, 7)) == first
    assert Death.objects.count() == 1


def test_a_death_without_a_reason_is_not_taken_back_nor_one_that_is_not_there(people, nurse):
    with pytest.raises(Refused, match="không ghi là đã mất"):
        lives.take_back_death(people["Giàng A Sình"].pk, "nhầm", at=AT, by=nurse)
    dies(people["Giàng A Sình"], nurse)
    with pytest.raises(Refused, match="vì sao"):
        lives.take_back_death(people["Giàng A Sình"].pk, "  ", at=AT, by=nurse)
    assert shown(TODAY)[2] == ["Giàng A Sình"]


def test_nothing_of_a_death_is_changed_or_removed_by_whoever_asks(people, nurse):
    death = dies(people["Giàng A Sình"], nurse)
    for attempt in (
        lambda: Death.objects.filter(pk=death.pk).update(on=BEFORE),
        lambda: Death.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            attempt()


@pytest.mark.parametrize(
    ("on", "left"),
    [(PartialDate.of(2024, 3), date(2024, 3, 31)), (PartialDate.of(2024, 4), TODAY),
     (PartialDate.of(2023), date(2023, 12, 31))],
)  # fmt: skip
def test_of_whom_the_month_alone_is_known_nobody_is_left_out_before_their_death(
    people, nurse, on, left
):
    death = dies(people["Giàng A Sình"], nurse, on=on)
    assert (death.on, death.precision, death.counted_on) == (on.value, on.precision, left)
    assert Person.objects.get(name="Giàng A Sình").died_on == left


def test_what_a_guardian_opened_is_closed_by_a_death_and_open_again_when_it_was_wrong(
    people, nurse
):
    child, mother = people["Giàng Thị Sua"].pk, people["Giàng Thị Mỷ"].pk
    record_guardian(child, mother, "parent", at=AT, actor=nurse.user)
    later = AT + timedelta(hours=1)
    opened = opened_to(mother, child, at=later)
    assert opened.booklet
    for who in (child, mother):
        lives.record_death(who, Died(DAY), at=AT, by=nurse)
        assert opened_to(mother, child, at=later) == NOTHING
        lives.take_back_death(who, "nhầm", at=AT, by=nurse)
        assert opened_to(mother, child, at=later) == opened
    assert Basis.objects.get(person=child).until.date() == date(2038, 2, 3) - timedelta(days=1)


def test_a_death_goes_with_a_merge_and_with_its_taking_back(people, nurse):
    kept, twin = people["Lò Thị Xa"], people["Giàng A Sình"]
    dies(twin, nurse)
    merge(keep=kept, drop=twin, actor=nurse.user)
    assert lives.death_of(kept.pk) is not None
    settle()
    assert figures(OLD, TODAY).counts.expected == 0
    unmerge(drop=twin)
    settle()
    assert figures(OLD, TODAY).counts.expected == 1
    assert lives.death_of(kept.pk) is None


def test_whoever_may_not_see_somebody_sees_not_that_they_died(people, nurse):
    dies(people["Giàng A Sình"], nurse)
    with within(works("can.bo", Role.CLERK, OLD, TODAY)):
        assert not Death.objects.exists()
    with within(nurse):
        assert Death.objects.count() == 1


@pytest.mark.parametrize(
    ("on", "birth", "doubt"),
    [(PartialDate.of(2024, 4, 11), None, "to-come"), (PartialDate.of(2024, 5), None, "to-come"),
     (PartialDate.of(1989), PartialDate.of(1990), "unborn"),
     (PartialDate.of(1990), PartialDate.of(1990, 5, 6), ""),
     (PartialDate.of(2024, 4), None, ""), (PartialDate.of(2024, 4, 10), None, "")],
)  # fmt: skip
def test_a_day_of_death_is_doubted_that_cannot_be(on, birth, doubt):
    assert doubt_of_death(on, TODAY, birth=birth) == doubt


def test_a_day_that_cannot_be_is_refused(people, nurse):
    with pytest.raises(Refused, match="chưa đến"):
        dies(people["Giàng A Sình"], nurse, on=PartialDate.of(2024, 4, 11))
    with pytest.raises(Refused, match="trước ngày sinh"):
        dies(people["Giàng A Sình"], nurse, on=PartialDate.of(1989))
    assert not Death.objects.exists()


def test_the_last_day_of_what_is_known_in_part():
    assert last_day_of(PartialDate.of(2024, 2)) == date(2024, 2, 29)
    assert last_day_of(PartialDate.of(2023)) == date(2023, 12, 31)
    assert counted_until(PartialDate.of(2024, 4, 5), TODAY) == ON
