"""Why those who are missing are, and what the ticks of a copy that came back say of it."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone

from hssk.access.models import Look
from hssk.access.services import access_of, as_machine
from hssk.coverage.services import figures
from hssk.outreach.models import LOST, RETURNED, Contact, Copy, Kind
from hssk.outreach.rules import Holder, Purpose
from hssk.outreach.services import (
    Wanted,
    close,
    issue,
    latest_of,
    reasons_left,
    record_outcome,
    tick,
    withdraw,
)
from hssk.outreach.tests.place import CODE
from tests.village import MARCH

NOW = timezone.make_aware(datetime(2024, 4, 10, 9))
TODAY, DAY = date(2024, 4, 10), date(2024, 4, 2)


@pytest.fixture
def by(nurse):
    return access_of(nurse, TODAY)


@pytest.fixture
def copy(place, nurse):
    wanted = Wanted(hamlet=place, purpose=Purpose.NO_RECORD, on=MARCH, office=Holder.HEAD,
                    holder="Giàng A Trưởng")  # fmt: skip
    return issue(wanted, by=nurse, at=NOW)


def returned(copy, nurse, how=RETURNED, why=""):
    with as_machine(nurse, TODAY):
        close(copy, how, why, by=nurse, at=NOW)


def test_reasons_add_up_to_the_missing_of_each_hamlet(place, people, by):
    away = people["Lò Thị A"].pk
    record_outcome(away, Kind.ABSENT, on=DAY, by=by)
    record_outcome(people["Lò Thị C"].pk, Kind.REFUSED, on=DAY, by=by, why="không cần")
    record_outcome(people["Lò Thị E"].pk, Kind.RECORD_MADE, on=DAY, by=by)
    found = reasons_left(CODE, TODAY)
    assert found == {place.pk: {"": 17, Kind.ABSENT: 1, Kind.REFUSED: 1}}
    assert sum(found[place.pk].values()) == figures(CODE, TODAY).counts.missing
    assert reasons_left(CODE, DAY - timedelta(days=1)) == {place.pk: {"": 20}}


def test_the_latest_outcome_that_stands_is_the_reason(place, people, by):
    away = people["Lò Thị A"].pk
    record_outcome(away, Kind.ABSENT, on=DAY, by=by)
    later = record_outcome(away, Kind.NO_PHONE, on=TODAY, by=by)
    assert reasons_left(CODE, TODAY)[place.pk] == {"": 19, Kind.NO_PHONE: 1}
    withdraw(later, by)
    assert reasons_left(CODE, TODAY)[place.pk] == {"": 19, Kind.ABSENT: 1}


def test_ticks_are_contacts_once_the_copy_is_back(copy, nurse):
    with as_machine(nurse, TODAY):
        tick(copy, {1: "told", 2: "absent", 3: "refused", 4: "other"}, by=nurse, at=NOW)
    assert not Contact.objects.exists()
    returned(copy, nurse)
    lines = {line.number: line for line in copy.lines.all()}
    kinds = {contact.line: contact.kind for contact in Contact.objects.all()}
    assert kinds == {
        lines[1].pk: Kind.TOLD, lines[2].pk: Kind.ABSENT, lines[3].pk: Kind.REFUSED,
    }  # fmt: skip
    look = Look.objects.get(act="contact")
    assert set(look.people) == {lines[number].person for number in (1, 2, 3)}


def test_paper_that_is_typed_after_the_return_is_a_contact_and_changes_with_its_tick(copy, nurse):
    returned(copy, nurse)
    line = copy.lines.get(number=1)
    for said, kind in (("told", Kind.TOLD), ("absent", Kind.ABSENT), ("absent", Kind.ABSENT)):
        with as_machine(nurse, TODAY):
            tick(copy, {1: said}, by=nurse, at=NOW)
        assert latest_of([line.person])[line.person].kind == kind
    with as_machine(nurse, TODAY):
        tick(copy, {1: ""}, by=nurse, at=NOW)
    assert latest_of([line.person]) == {}
    assert Contact.objects.exclude(why="").count() == Contact.objects.count() == 2


def test_a_copy_that_is_lost_says_nothing_of_anybody(copy, nurse):
    with as_machine(nurse, TODAY):
        tick(copy, {1: "told"}, by=nurse, at=NOW)
    returned(copy, nurse, LOST, "rơi ở chợ")
    assert Copy.objects.get().closing == LOST
    assert not Contact.objects.exists()
