"""Statements speak only of people who are there, whoever writes them and however."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from hssk.people.models import Holding, Identifier, Listing, Person

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
