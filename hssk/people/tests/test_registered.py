"""Whom the register states to be registered with a hospital: visible to its officer, and no more."""

import re
from datetime import date

import pytest
from django.db import connection

from hssk.access.models import Post
from hssk.access.rights import AT_A_FACILITY, Right, Role
from hssk.access.services import access_of, within
from hssk.access.tiers import Kind, roles_by
from hssk.people.models import Listing, Person, Residence
from hssk.people.services import facilities_of
from hssk.places.models import Facility
from tests.village import MARCH, commune, hospital, on_duty, village

STATION = "12403"


@pytest.fixture
def people(db):
    Facility.objects.create(code=STATION, name="Trạm Y tế Bịa", unit=commune("03403"))
    hospital()
    hospital("12002")
    return village("""
        03403 | Bản Một | Lò Thị Viện  | no  | place=12001
        03387 | Bản Hai | Lò Văn Viện  | no  | place=12001 household=3
        03403 | Bản Một | Lò Thị Khác  | yes | place=12002
        03403 | Bản Một | Lò Thị Trạm  | yes | place=12403
        03403 | Bản Một | Lò Thị Không | no
    """)


@pytest.fixture
def officer(people):
    return on_duty("benh.vien", Role.FIRST_CONTACT, at=hospital())


def seen_by(user):
    with within(access_of(user, MARCH)):
        return set(Person.objects.values_list("name", flat=True))


def test_the_register_says_who_is_registered_with_which_hospital_and_no_station(people):
    found = facilities_of(one.root for one in people.values())
    codes = dict(Facility.objects.values_list("pk", "code"))
    names = {one.root: name for name, one in people.items()}
    assert {names[root]: codes[at] for root, at in found.items()} == {
        "Lò Thị Viện": "12001", "Lò Văn Viện": "12001", "Lò Thị Khác": "12002",
    }  # fmt: skip


def test_lists_say_it_before_records_and_what_has_ended_says_nothing(people):
    one = people["Lò Thị Khác"].root
    Listing.objects.filter(person=one).update(insurance_place="12001")
    assert facilities_of([one]) == {one: hospital().pk}
    Listing.objects.filter(person=one).update(until=MARCH)
    assert facilities_of([one]) == {one: hospital("12002").pk}


def test_an_officer_of_first_contact_sees_those_registered_there_and_no_area(officer, people):
    who = access_of(officer, MARCH)
    assert seen_by(officer) == {"Lò Thị Viện", "Lò Văn Viện"}
    with within(who):
        assert Residence.objects.count() == 2
        assert facilities_of(one.root for one in people.values()) == {
            people[name].root: hospital().pk for name in ("Lò Thị Viện", "Lò Văn Viện")
        }
    assert who.hamlets(Right.REGISTERED) == frozenset()
    assert who.units(Right.REGISTERED) == set()
    assert not who.holds_unit(commune("03388"), Right.REGISTERED)


def test_a_post_of_another_kind_closes_it_in_the_program_and_in_the_database(officer):
    Post.objects.create(user=officer, role=Role.CLINICIAN, unit=commune("03387"),
                        since=date(2020, 1, 1), granted_by=officer)  # fmt: skip
    assert access_of(officer, MARCH).facilities == frozenset()
    assert seen_by(officer) == {"Lò Văn Viện"}  # who lives where the nurse works


def test_nobody_else_is_told_where_anybody_is_registered(people):
    officer = on_duty("trung.tam", Role.OFFICER, commune("03403"))
    with within(access_of(officer, MARCH)):
        assert facilities_of(one.root for one in people.values()) == {}


def test_the_database_and_the_table_of_tiers_name_the_same_roles_for_registration(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_functiondef('people_facilities'::regproc)")
        lists = re.findall(r"role (?:NOT )?IN \((.*?)\)", cursor.fetchone()[0])
    assert len(lists) == 2
    for one in lists:
        assert set(re.findall(r"'([\w-]+)'", one)) == roles_by(Kind.REGISTERED) == AT_A_FACILITY
