"""Births by hand: who the child is, where it lives, who its mother is, and that it is there once."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.access.services import within
from hssk.coverage.services import figures, missing, people_with, settle, verify
from hssk.people.errors import Refused
from hssk.people.models import (
    Amendment,
    Basis,
    Birth,
    Holding,
    Identifier,
    Person,
    Residence,
    Stranger,
)
from hssk.people.rules.lives import called_after, relation_of_child
from hssk.people.services import lives
from hssk.people.services.lives import Child, Newborn, Typed
from hssk.people.tests.moving import NEW, OLD, later, unit, works
from tests.village import hamlet, village
from tests.village import lives as stays

pytestmark = pytest.mark.django_db
TODAY = date(2024, 4, 10)
AT = datetime(2024, 4, 10, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
BORN = date(2024, 4, 8)


@pytest.fixture
def people():
    return village(f"""
        {NEW} | Bản Mới | Giàng A Sình  | yes | household=12 relation=chủ_hộ born=1990 sex=1
        {NEW} | Bản Mới | Giàng Thị Mỷ  | yes | household=12 relation=vợ born=1995-06-05 sex=2
        {OLD} | Bản Cũ  | Lò Thị Xa     | yes | household=3 relation=chủ_hộ born=1990 sex=2
    """)


@pytest.fixture
def nurse(people):
    return works("y.ta", Role.CLINICIAN, NEW, TODAY)


def newborn(*children, on=BORN, **more):
    return Newborn(act=more.pop("act", uuid4()), on=on, children=children or (Child(2),), **more)


def bear(mother, said, by, day=TODAY):
    return lives.record_births(
        mother.pk, said, unit=unit(NEW), at=AT + (day - TODAY), by=later(by, day)
    )


def expected(code, day=TODAY):
    settle()
    counts = figures(code, day).counts
    return counts.expected, counts.found


def test_a_child_without_name_or_number_opens_with_its_mother(people, nurse):
    (key,) = bear(people["Giàng Thị Mỷ"], newborn(), nurse)
    child = Person.objects.get(pk=key)
    assert (child.name, str(child)) == ("", "Con bà Giàng Thị Mỷ")
    assert (child.birth_on, child.birth_precision, child.sex) == (BORN, "D", 2)
    assert not Identifier.objects.filter(person=child).exists()
    home = Residence.objects.get(person=child)
    assert (home.hamlet.name, home.household.number, home.since) == ("Bản Mới", "12", BORN)
    assert home.relation == "Con đẻ"
    birth = Birth.objects.get(child=key)
    assert (birth.mother, birth.nth, birth.of) == (people["Giàng Thị Mỷ"].pk, 1, 1)


def test_a_child_counts_from_its_birth_and_has_a_record_from_the_day_of_the_act(people, nurse):
    before = {day: expected(NEW, day) for day in (BORN - timedelta(days=1), BORN, TODAY)}
    bear(people["Giàng Thị Mỷ"], newborn(), nurse)
    after = {day: expected(NEW, day) for day in before}
    assert after[BORN - timedelta(days=1)] == before[BORN - timedelta(days=1)]
    assert after[BORN] == (before[BORN][0] + 1, before[BORN][1])
    assert after[TODAY] == (before[TODAY][0] + 1, before[TODAY][1] + 1)
    assert "Con bà Giàng Thị Mỷ" in [p.name for p in people_with("expected", NEW, TODAY)]
    assert [p.name for p in missing(NEW, BORN)] == ["Con bà Giàng Thị Mỷ"]
    assert verify([BORN, TODAY]) == []


def test_the_mother_is_the_guardian_of_her_child(people, nurse):
    (key,) = bear(people["Giàng Thị Mỷ"], newborn(), nurse)
    basis = Basis.objects.get(person=key)
    assert (basis.kind, basis.holder, basis.why) == (
        "guardian", people["Giàng Thị Mỷ"].pk, "parent"
    )  # fmt: skip


def test_a_mother_who_is_a_child_herself_is_the_mother_and_no_guardian(people, nurse):
    Person.objects.filter(name="Giàng Thị Mỷ").update(birth_on=date(2009, 1, 2))
    (key,) = bear(people["Giàng Thị Mỷ"], newborn(), nurse)
    assert Birth.objects.get(child=key).mother == people["Giàng Thị Mỷ"].pk
    assert not Basis.objects.filter(person=key).exists()


def test_twins_are_two_people_of_one_act(people, nurse):
    said = newborn(Child(1), Child(2, "Giàng Thị Sua"))
    first, second = bear(people["Giàng Thị Mỷ"], said, nurse)
    assert str(Person.objects.get(pk=first)) == "Con bà Giàng Thị Mỷ (bé thứ 1)"
    assert str(Person.objects.get(pk=second)) == "Giàng Thị Sua"
    assert list(Birth.objects.order_by("nth").values_list("child", "nth", "of")) == [
        (first, 1, 2), (second, 2, 2)
    ]  # fmt: skip
    assert Holding.objects.filter(person__in=[first, second], until=None).count() == 2


def test_an_act_that_is_sent_twice_adds_nothing(people, nurse):
    said = newborn(Child(1), Child(2))
    once = bear(people["Giàng Thị Mỷ"], said, nurse)
    counts = [model.objects.count() for model in (Person, Residence, Holding, Birth, Basis)]
    assert bear(people["Giàng Thị Mỷ"], said, nurse) == once
    assert [m.objects.count() for m in (Person, Residence, Holding, Birth, Basis)] == counts


def test_a_child_who_may_be_there_already_is_found_and_taken_for_it(people, nurse):
    mother = people["Giàng Thị Mỷ"]
    (key,) = bear(mother, newborn(), nurse)
    with within(nurse):
        assert [one.pk for one in lives.likely_children(mother.pk, BORN)] == [key]
        assert [one.pk for one in lives.likely_children(mother.pk, BORN + timedelta(days=1))] == [
            key
        ]
        assert lives.likely_children(mother.pk, BORN - timedelta(days=2)) == []
    assert bear(mother, newborn(Child(2, known=key)), nurse) == [key]
    assert Birth.objects.count() == 1
    assert Person.objects.count() == 4


def test_somebody_who_sees_the_mother_alone_is_not_told_of_a_child_elsewhere(people, nurse):
    (key,) = bear(people["Giàng Thị Mỷ"], newborn(), nurse)
    Residence.objects.filter(person=key).update(hamlet=hamlet(OLD, "Bản Cũ"), household=None)
    with within(nurse):
        assert lives.likely_children(people["Giàng Thị Mỷ"].pk, BORN) == []
        assert not Birth.objects.exists()


def test_the_name_and_the_number_come_later_with_what_stood_there(people, nurse):
    (key,) = bear(people["Giàng Thị Mỷ"], newborn(), nurse)
    assert lives.amend(key, name="Giàng Thị Sua", number="", at=AT, by=nurse)
    assert lives.amend(key, name="Giàng Thị Súa", number="012324000111", at=AT, by=nurse)
    assert not lives.amend(key, name="Giàng Thị Súa", number="012324000111", at=AT, by=nurse)
    child = Person.objects.get(pk=key)
    assert (child.name, child.name_folded) == ("Giàng Thị Súa", "giang thi sua")
    assert list(Amendment.objects.order_by("id").values_list("what", "before", "after")) == [
        ("name", "", "Giàng Thị Sua"), ("name", "Giàng Thị Sua", "Giàng Thị Súa"),
        ("number", "", "012324000111"),
    ]  # fmt: skip
    number = Identifier.objects.get(person=key)
    assert (number.kind, number.status) == ("pid", "stated")
    assert Holding.objects.get(person=key).pid == "012324000111"


def test_a_number_that_was_corrected_is_cancelled_and_stays(people, nurse):
    (key,) = bear(people["Giàng Thị Mỷ"], newborn(), nurse)
    lives.amend(key, name="", number="012324000111", at=AT, by=nurse)
    lives.amend(key, name="", number="012324000112", at=AT, by=nurse)
    assert dict(Identifier.objects.values_list("value", "status")) == {
        "012324000111": "cancelled", "012324000112": "stated"
    }  # fmt: skip


def test_whom_lists_name_no_hand_names(people, nurse):
    with pytest.raises(Refused):
        lives.amend(people["Giàng Thị Mỷ"].pk, name="Ai Đó", number="", at=AT, by=nurse)


@pytest.mark.parametrize(
    ("mother", "said", "words"),
    [
        ("Giàng A Sình", newborn(), "ghi là nam"),
        ("Giàng Thị Mỷ", newborn(on=TODAY + timedelta(days=1)), "12 tháng"),
        ("Giàng Thị Mỷ", newborn(on=date(2023, 4, 1)), "12 tháng"),
        ("Lò Thị Xa", newborn(), "địa bàn của bạn"),
    ],
)
def test_a_birth_that_cannot_be_is_refused_and_nothing_is_written(
    people, nurse, mother, said, words
):
    with pytest.raises(Refused, match=words):
        bear(people[mother], said, nurse)
    assert Person.objects.count() == 3
    assert not Birth.objects.exists()


def test_a_child_lives_where_its_mother_does_from_when_she_came(people, nurse):
    mother = people["Giàng Thị Mỷ"]
    Residence.objects.filter(person=mother).update(
        hamlet=hamlet(OLD, "Bản Cũ"), household=None, until=date(2024, 4, 9)
    )
    stays(mother, hamlet(NEW, "Bản Mới"), date(2024, 4, 9), kind="C")
    (key,) = bear(mother, newborn(), nurse)
    home = Residence.objects.get(person=key)
    assert (home.hamlet.name, home.since, home.kind) == ("Bản Mới", date(2024, 4, 9), "C")


def test_a_child_of_a_mother_who_lives_nowhere_has_a_record_and_counts_nowhere(people, nurse):
    Residence.objects.filter(person=people["Giàng Thị Mỷ"]).delete()
    before = expected(NEW)
    (key,) = bear(people["Giàng Thị Mỷ"], newborn(), nurse)
    assert not Residence.objects.filter(person=key).exists()
    assert Holding.objects.get(person=key).unit == unit(NEW)
    assert expected(NEW) == before


def test_the_act_is_in_the_log_with_mother_and_child(people, nurse):
    (key,) = bear(people["Giàng Thị Mỷ"], newborn(), nurse)
    line = Look.objects.get(act="birth")
    assert (line.actor, set(line.people)) == (nurse.user, {people["Giàng Thị Mỷ"].pk, key})


@pytest.mark.parametrize(
    ("mothers", "childs"),
    [("Chủ hộ", "Con đẻ"), ("vợ", "Con đẻ"), ("Con gái", "Cháu"), ("Con dâu", "Cháu"),
     ("Em gái", "Cháu"), ("cháu", "Cháu"), ("ở thuê", "Không họ hàng (ở nhờ, thuê)"),
     ("mẹ vợ", ""), ("", "")],
)  # fmt: skip
def test_what_a_child_is_to_the_head_follows_from_its_mother_where_clear(mothers, childs):
    assert relation_of_child(mothers) == childs


def test_of_several_children_each_is_called_by_its_order():
    assert called_after("Lò Thị Mơ", 1, 1) == "Con bà Lò Thị Mơ"
    assert called_after("Lò Thị Mơ", 2, 3) == "Con bà Lò Thị Mơ (bé thứ 2)"


def test_nobody_writes_down_people_without_end(people, nurse, monkeypatch):
    """Children and people without papers count together, by user and by day; an act that was
    written stands when it is sent again."""
    monkeypatch.setattr("hssk.people.services.lives.waiting.WRITTEN_A_DAY", 3)
    mother = people["Giàng Thị Mỷ"]
    first = newborn(Child(2), Child(1))
    keys = bear(mother, first, nurse)
    guest = Typed(uuid4(), Stranger.FOREIGNER, "Ai Đó", "", None, 1)
    lives.record_stranger(guest, unit=unit(NEW), at=AT, by=nurse)
    for another in (
        lambda: bear(mother, newborn(), nurse),
        lambda: lives.record_stranger(replace(guest, act=uuid4()), unit=unit(NEW), at=AT, by=nurse),
    ):
        with pytest.raises(Refused, match="mỗi ngày một người ghi được nhiều nhất"):
            another()
    assert bear(mother, first, nurse) == keys
    colleague = works("ba.do", Role.CLINICIAN, NEW, TODAY)
    assert len(bear(mother, newborn(), colleague)) == 1
    assert len(bear(mother, newborn(), nurse, day=TODAY + timedelta(days=1))) == 1
