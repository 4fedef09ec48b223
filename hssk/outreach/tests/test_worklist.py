"""Whose turn it is: the work list of a hamlet and of a station of first contact."""

from datetime import date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.outreach.errors import CannotRecord
from hssk.outreach.models import Kind, Step
from hssk.outreach.services import (
    Lack,
    hand_over,
    record_outcome,
    registered_list,
    worklist,
)
from hssk.outreach.services.worklist import tell_sides
from hssk.people.services import Event, open_care
from hssk.places.models import Household
from tests.village import commune, on_duty

TODAY, DAY = date(2024, 4, 10), date(2024, 4, 2)
AT = timezone.make_aware(datetime(2024, 4, 10, 9))
FAR = "03387"


@pytest.fixture
def by(nurse):
    return access_of(nurse, TODAY)


@pytest.fixture
def far(people):
    """A nurse of the station in another commune, with which somebody of here is registered."""
    user = on_duty("y.ta.xa", Role.CLINICIAN, commune(FAR))
    open_care(people["Lò Thị A"].pk, commune(FAR), Event.FIRST_CONTACT,
              at=AT - timedelta(days=30), actor=user)  # fmt: skip
    return access_of(user, TODAY)


def listed(place, by, lack=Lack.RECORD):
    homes = worklist(place, TODAY, lack, by=by, at=AT)
    tell_sides(homes, by=by, at=AT)
    return homes


def names(homes):
    return [one.person.name for home in homes for one in home.people]


def home_of(homes, number="1"):
    return next(home for home in homes if home.number == number)


def test_every_household_with_somebody_missing_stands_once_and_is_our_turn(place, by):
    homes = listed(place, by)
    assert len(homes) == 10
    assert len(names(homes)) == 20
    assert all(home.theirs and home.owner == place.unit for home in homes)
    assert names(listed(place, by, Lack.BOOK)) != names(homes)
    assert len(names(listed(place, by, Lack.BOOK))) == 20


def test_who_is_away_waits_until_their_day_and_who_got_a_record_is_gone(place, people, by):
    for name in ("Lò Thị A", "Lò Thị C"):
        record_outcome(people[name].pk, Kind.ABSENT, on=DAY, by=by, until=date(2024, 5, 1))
    last = listed(place, by)[-1]
    assert (last.number, last.waits, last.due) == ("1", True, date(2024, 5, 1))
    record_outcome(people["Lò Thị A"].pk, Kind.RECORD_MADE, on=TODAY, by=by)
    homes = listed(place, by)
    assert [one.person.name for one in home_of(homes).people] == ["Lò Thị C"]
    later = access_of(by.user, date(2024, 5, 1))
    assert not home_of(listed(place, later)).waits


def test_who_is_registered_elsewhere_stands_on_both_lists_with_one_owner(place, people, by, far):
    with within(far):
        there = registered_list(TODAY, Lack.RECORD, by=far, at=AT)
    assert names(there) == ["Lò Thị A"]
    assert not there[0].theirs
    here = home_of(listed(place, by))
    assert here.theirs
    assert here.people[0].registered == [commune(FAR)]
    assert here.sides == [commune(FAR)]


def test_either_side_hands_over_and_nobody_else(place, by, far):
    home = Household.objects.get(hamlet=place, number="1")
    hand_over(home, commune(FAR), by=far, why="khám ở đây", due=date(2024, 4, 20))
    ours = home_of(listed(place, by))
    assert (ours.theirs, ours.owner, ours.due) == (False, commune(FAR), date(2024, 4, 20))
    assert registered_list(TODAY, Lack.RECORD, by=far, at=AT)[0].theirs
    with pytest.raises(CannotRecord, match="do chính nơi ấy"):
        hand_over(home, commune(FAR), by=by)
    hand_over(home, place.unit, by=by)
    assert home_of(listed(place, by)).theirs
    stranger = access_of(on_duty("khac", Role.CLINICIAN, commune("03408")), TODAY)
    with pytest.raises(CannotRecord, match="không có ai đăng ký"):
        hand_over(home, commune(FAR), by=stranger)
    with pytest.raises(CannotRecord, match="không có ai đăng ký"):
        hand_over(home, commune("03408"), by=by)
    with pytest.raises(CannotRecord, match="từ hôm nay"):
        hand_over(home, commune(FAR), by=by, due=DAY)


def test_a_household_has_one_owner_whatever_is_written(place, by, far):
    home = Household.objects.get(hamlet=place, number="1")
    step = hand_over(home, commune(FAR), by=far)
    with pytest.raises(DatabaseError), transaction.atomic():
        Step.objects.create(household=home, hamlet=place, owner=place.unit, other=commune(FAR),
                            by=by.user, at=AT)  # fmt: skip
    assert Step.objects.filter(ended_at=None).get() == step


def test_the_station_of_first_contact_writes_what_it_did_and_no_departure(people, by, far):
    who = people["Lò Thị A"].pk
    with within(far):
        record_outcome(who, Kind.RECORD_MADE, on=DAY, by=far)
        with pytest.raises(CannotRecord, match="địa bàn của bạn"):
            record_outcome(who, Kind.DIED, on=DAY, by=far)
        with pytest.raises(CannotRecord, match="địa bàn của bạn"):
            record_outcome(people["Lò Thị C"].pk, Kind.ABSENT, on=DAY, by=far)
        assert registered_list(TODAY, Lack.RECORD, by=far, at=AT) == []


def test_behind_the_wall_both_sides_see_whose_turn_it_is_and_nobody_else(place, by, far):
    hand_over(Household.objects.get(hamlet=place, number="1"), commune(FAR), by=far)
    stranger = access_of(on_duty("khac", Role.CLINICIAN, commune("03408")), TODAY)
    for who, seen in ((by, 1), (far, 1), (stranger, 0)):
        with within(who):
            assert Step.objects.count() == seen
