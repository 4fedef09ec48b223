"""Facts speak only of people who are there, whoever writes them and however."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from hssk.people.models import Holding, Identifier, Listing, Person, Residence
from hssk.places.models import Hamlet, Household, Unit

pytestmark = pytest.mark.django_db


def anybody() -> Person:
    key = uuid4()
    return Person.objects.create(
        id=key, root=key, name="Lò Thị Bịa", name_folded="lo thi bia", name_sort="x"
    )


def say(model, person: UUID):
    about = {"person_id": person, "since": date(2024, 3, 1)}
    extra = {
        Listing: {"name": "x", "hamlet_id": 1},
        Holding: {"name": "x", "system": "hssk"},
        Identifier: {"kind": "pid", "value": "000000000000"},
    }[model]
    return model.objects.create(**about, **extra)


@pytest.fixture
def home() -> Household:
    unit = Unit.objects.filter(level=Unit.COMMUNE).first()
    assert unit is not None
    hamlet = Hamlet.objects.create(unit=unit, name="Bản Bịa", key="bia")
    return Household.objects.create(hamlet=hamlet, number="1")


def live(person: UUID, hamlet: int, household: int | None) -> Residence:
    return Residence.objects.create(
        person_id=person, since=date(2024, 3, 1), hamlet_id=hamlet, household_id=household
    )


FACTS = pytest.mark.parametrize("model", [Listing, Holding, Identifier])


@FACTS
def test_a_statement_about_nobody_is_refused(model):
    with pytest.raises(IntegrityError, match="nobody"), transaction.atomic():
        say(model, uuid4())


@FACTS
def test_a_statement_cannot_be_moved_to_nobody(model):
    stated = say(model, anybody().id)
    with pytest.raises(IntegrityError, match="nobody"), transaction.atomic():
        model.objects.filter(id=stated.id).update(person_id=uuid4())


@FACTS
def test_somebody_of_whom_something_is_stated_cannot_be_removed_alone(model):
    person = anybody()
    say(model, person.id)
    with pytest.raises(IntegrityError, match="speaks of"), transaction.atomic():
        Person.objects.filter(id=person.id)._raw_delete("default")


def test_somebody_of_whom_nothing_is_stated_goes():
    anybody().delete()
    assert not Person.objects.exists()


def test_nobody_lives_who_is_not_there(home):
    with pytest.raises(IntegrityError, match="nobody"), transaction.atomic():
        live(uuid4(), home.hamlet_id, home.id)


@pytest.mark.parametrize("nowhere", [(True, False), (False, True)])
def test_nobody_lives_where_there_is_no_place(home, nowhere):
    hamlet, household = nowhere
    with pytest.raises(IntegrityError, match="not there"), transaction.atomic():
        live(anybody().id, home.hamlet_id + hamlet, home.id + household)


def test_a_place_where_somebody_lives_cannot_be_removed(home):
    live(anybody().id, home.hamlet_id, home.id)
    with pytest.raises(IntegrityError, match="speaks of"), transaction.atomic():
        Household.objects.filter(id=home.id)._raw_delete("default")
