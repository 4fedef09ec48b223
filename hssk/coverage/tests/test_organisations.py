"""Figures of members, and what of them is told to whoever sees no row."""

from datetime import date

import pytest
from django.db import ProgrammingError, transaction

from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.coverage.services.organisations import (
    MemberFigures,
    member_figures,
    tells_of_few,
    told_of_members,
)
from hssk.people.models import Membership
from hssk.places.services import make_organisation
from tests.village import JANUARY, MARCH, commune, on_duty, person, village


@pytest.mark.parametrize(
    ("expected", "found", "opened", "told"),
    [
        (29, 10, 5, None),  # fewer than thirty: nothing
        (30, 20, 10, (20, 10, "", 10)),
        (30, 26, 10, (None, None, "without", None)),  # four without: no number of either group
        (30, 30, 10, (None, None, "without", None)),  # that nobody is without tells of each
        (30, 4, 0, (None, None, "found", None)),
        (30, 0, 0, (None, None, "found", None)),
        (30, 25, 5, (25, 5, "", 5)),
        (30, 25, 4, (25, 5, "", None)),
        (30, 25, 21, (25, 5, "", None)),
    ],
)
def test_whoever_sees_no_row_is_told_of_no_few(expected, found, opened, told):
    whole = MemberFigures(members=40, expected=expected, found=found, to_decide=0, opened=opened)
    said = told_of_members(whole)
    assert (said and (said.found, said.without, said.few, said.opened)) == told


@pytest.mark.parametrize(
    ("part", "outside", "few"),
    [
        ((40, 20), 0, False),  # the same people
        ((38, 19), 0, True),  # two people are left
        ((38, 19), 4, True),  # nearly so
        ((38, 19), 5, False),  # neither lies in the other
        ((10, 6), 0, False),  # thirty are left, fourteen of them with a record
        ((12, 6), 0, True),  # 28 are left
        ((10, 10), 0, False),
        ((9, 9), 0, False),
    ],
)
def test_an_organisation_within_another_is_told_only_where_enough_are_left(part, outside, few):
    assert tells_of_few(MemberFigures(40, 40, 20), MemberFigures(40, *part), outside) == few


def test_enough_who_are_left_and_few_of_them_with_a_record_tell_too():
    assert tells_of_few(MemberFigures(40, 40, 12), MemberFigures(10, 10, 9), 0)


@pytest.fixture
def school(db):
    people = village(
        """
        03403 | Bản Một | Giàng Thị Bịa | yes | app=yes
        03403 | Bản Một | Lò Văn Sẩm    | no  |
        03403 | Bản Một | Tẩn A Mỷ      | ask |
        03403 | Bản Một | Vàng A Chô    | yes | until=2024-02-01
        03403 | Bản Một | Phàn A Khác   | yes |
        """
    )
    one = make_organisation(name="Trường Bịa", kind="school", unit=commune("03403"), since=JANUARY)
    people["Khách Lạ"] = person("Khách Lạ")  # who lives nowhere
    del people["Phàn A Khác"]
    for row, who in enumerate(people.values()):
        Membership.objects.create(organisation=one, person=who.pk, since=JANUARY, source=1, row=row)
    return one


def test_figures_count_members_who_are_residents_that_day(school):
    assert member_figures([school.pk], MARCH) == {
        school.pk: MemberFigures(members=5, expected=3, found=1, to_decide=1, opened=1)
    }
    assert member_figures([school.pk], date(2024, 1, 15))[school.pk].expected == 4
    assert member_figures([school.pk], date(2023, 12, 1)) == {}


@pytest.mark.parametrize(
    ("role", "own", "opens"),
    [(Role.ORGANISATION_CONTACT, True, True), (Role.ORGANISATION_CONTACT, False, False),
     (Role.CHAIR, False, True), (Role.AUDITOR, False, False)],
)  # fmt: skip
def test_the_database_tells_figures_to_who_may_see_figures_and_to_its_own_contact(
    school, role, own, opens
):
    other = make_organisation(name="Hội Bịa", kind="union", unit=school.unit, since=JANUARY)
    of = None
    if role is Role.ORGANISATION_CONTACT:
        of = school if own else other
    user = on_duty("ai.do", role, commune("03403"), of=of)
    with within(access_of(user, MARCH)):
        assert not Membership.objects.exists()
        if opens:
            assert member_figures([school.pk], MARCH)[school.pk].found == 1
        else:
            with pytest.raises(ProgrammingError), transaction.atomic():
                member_figures([school.pk], MARCH)
