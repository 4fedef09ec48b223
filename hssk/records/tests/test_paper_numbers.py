"""Which number the printed form bears of somebody of whom several are stated."""

import pytest
from django.test import Client

from hssk.access.rights import Role
from hssk.people.models import Identifier
from tests.village import commune, on_duty, recorded, village

HOME = "03403"
OLD, WRONG, NEW = "012170000001", "012070000002", "012170000003"
pytestmark = pytest.mark.django_db


@pytest.fixture
def my():
    table = f"{HOME} | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06 sex=2"
    return village(table)["Giàng Thị Mỷ"]


def stated(who, value, status=Identifier.STATED, **facts):
    Identifier.objects.create(person=who, kind="pid", value=value, status=status, **facts)


def paper(who):
    client = Client()
    client.force_login(on_duty("y.ta", role=Role.CLINICIAN, unit=commune(HOME)))
    return client.get(f"/record/{who.pk}/paper/").context["numbers"].get("pid", "")


def test_of_two_numbers_the_last_stated_is_printed(my):
    stated(my, OLD)
    stated(my, NEW)
    assert paper(my) == NEW


def test_a_verified_number_is_printed_whatever_was_stated_since(my):
    stated(my, OLD, Identifier.VERIFIED)
    stated(my, NEW)
    assert paper(my) == OLD


def test_a_number_that_contradicts_the_birth_gives_way_to_one_that_does_not(my):
    stated(my, OLD)
    stated(my, WRONG, Identifier.DOUBTED)
    assert paper(my) == OLD


def test_a_number_that_contradicts_the_birth_is_printed_where_there_is_no_other(my):
    stated(my, WRONG, Identifier.DOUBTED)
    assert paper(my) == WRONG


def test_a_row_of_which_nobody_has_decided_whose_it_is_lends_nobody_its_number(my):
    recorded(my, commune(HOME), decided=False, row=7)
    stated(my, NEW, Identifier.DOUBTED, row=7)
    assert paper(my) == ""
