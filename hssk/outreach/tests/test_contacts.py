"""What came of going to somebody moves the ledger, and withdrawn it moves back."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.coverage.services import figures, missing, people_with, settle, verify
from hssk.kit.dates import PartialDate
from hssk.kit.moments import transaction_moment
from hssk.outreach.errors import CannotRecord
from hssk.outreach.models import Contact, Kind
from hssk.outreach.services.contacts import (
    contacts_with,
    latest_of,
    record_outcome,
    withdraw,
)
from hssk.outreach.tests.place import CODE
from hssk.people.errors import Refused
from hssk.people.models import Book, Death, Departure, Enrolment, Holding, Person, Residence
from hssk.people.services import lives, merge
from hssk.people.services.lives import OPENED
from tests.village import MARCH, commune, on_duty, person, recorded
from tests.village import lives as lives_in

DAY = date(2024, 4, 2)
TODAY = date(2024, 4, 10)


@pytest.fixture
def by(nurse):
    return access_of(nurse, TODAY)


@pytest.fixture
def clerk(place):
    return access_of(on_duty("van.thu", Role.CLERK, place.unit), TODAY)


@pytest.fixture
def without(people):
    """Somebody without a record."""
    return people["Lò Thị A"].pk


@pytest.fixture
def having(people):
    """Somebody with a record."""
    return people["Lò Thị B"].pk


def counts(day=TODAY):
    settle()
    found = figures(CODE, day).counts
    return found.expected, found.found, found.missing, found.app_opened


def moves_and_moves_back(who, kind, by, *, to, **more):
    before = {day: counts(day) for day in (MARCH, DAY, TODAY)}
    contact = record_outcome(who, kind, on=DAY, by=by, **more)
    assert counts(MARCH) == before[MARCH]
    assert counts(DAY) == counts(TODAY) == to
    assert verify([MARCH, DAY, TODAY]) == []
    withdraw(contact, by, why="ghi nhầm người")
    assert {day: counts(day) for day in before} == before
    assert verify([MARCH, DAY, TODAY]) == []
    return contact


def test_a_record_made_is_found_from_its_day_on_and_not_when_withdrawn(without, by):
    assert counts() == (40, 20, 20, 0)
    moves_and_moves_back(without, Kind.RECORD_MADE, by, to=(40, 21, 19, 0))
    assert not Holding.objects.filter(person=without).exists()
    assert Enrolment.objects.get().why == "ghi nhầm người"


def test_who_had_a_record_elsewhere_is_found_with_where_it_is(without, by):
    moves_and_moves_back(
        without, Kind.HAD_ONE, by, to=(40, 21, 19, 0), where="Trạm Y tế Nơi Khác, số 12"
    )
    with pytest.raises(CannotRecord, match="hồ sơ đang ở đâu"):
        record_outcome(without, Kind.HAD_ONE, on=DAY, by=by, where=" ")


@pytest.mark.parametrize("kind", [Kind.BOOK_OPENED, Kind.BOOK_BY_FAMILY])
def test_a_book_opened_counts_for_whoever_has_a_record(having, by, kind):
    moves_and_moves_back(having, kind, by, to=(40, 20, 20, 1))
    assert Book.objects.get().by_family is (kind is Kind.BOOK_BY_FAMILY)


def test_a_book_counts_once_there_is_a_record_for_it(without, by):
    record_outcome(without, Kind.BOOK_OPENED, on=DAY, by=by)
    assert counts() == (40, 20, 20, 0)
    record_outcome(without, Kind.RECORD_MADE, on=DAY + timedelta(days=3), by=by)
    assert counts(DAY) == (40, 20, 20, 0)
    assert counts() == (40, 21, 19, 1)
    with pytest.raises(Refused, match="đã ghi là đã mở"):
        record_outcome(without, Kind.BOOK_BY_FAMILY, on=DAY, by=by)


@pytest.mark.parametrize("kind", [Kind.MOVED, Kind.UNKNOWN])
def test_who_left_or_is_unknown_counts_no_more_by_the_word_of_who_may_let_them_go(
    without, clerk, kind
):
    moves_and_moves_back(without, kind, clerk, to=(39, 20, 19, 0), where="Huyện Khác")
    assert Departure.objects.get().taken_back_at


def test_by_the_word_of_a_nurse_who_moved_waits_and_counts_still(without, by, clerk):
    before = counts()
    contact = record_outcome(without, Kind.MOVED, on=DAY, by=by, where="Huyện Khác")
    assert contact.act is None
    assert counts() == before
    assert latest_of([without])[without].kind == Kind.MOVED
    let_go = record_outcome(without, Kind.MOVED, on=DAY, by=clerk, where="Huyện Khác")
    assert counts()[0] == before[0] - 1
    with pytest.raises(Refused, match="Chỉ cán bộ dân số"):
        withdraw(let_go, by)
    withdraw(let_go, clerk)
    assert counts() == before


def test_who_died_counts_no_more_from_the_day_of_death(having, by):
    before = counts()
    died = PartialDate(date(2024, 4, 5))
    contact = record_outcome(having, Kind.DIED, on=TODAY, by=by, since=died)
    assert counts(date(2024, 4, 4)) == before
    assert counts(date(2024, 4, 5)) == (39, 19, 20, 0)
    withdraw(contact, by)
    assert counts(date(2024, 4, 5)) == before


def test_a_death_that_somebody_else_wrote_down_stands_when_the_contact_is_withdrawn(having, by):
    lives.record_death(having, lives.Died(PartialDate(DAY)), at=transaction_moment(), by=by)
    contact = record_outcome(having, Kind.DIED, on=TODAY, by=by)
    withdraw(contact, by)
    assert Death.objects.get().withdrawn_at is None


@pytest.mark.parametrize(
    ("kind", "more"),
    [
        (Kind.NO_PHONE, {}),
        (Kind.PHONE_UNFIT, {}),
        (Kind.ABSENT, {"until": date(2024, 5, 1), "where": "Hà Nội"}),
        (Kind.REFUSED, {"why": "không muốn"}),
        (Kind.TOLD, {}),
    ],
)
def test_what_changes_no_fact_is_kept_as_the_reason_and_the_figure_stands(without, by, kind, more):
    before = counts()
    contact = record_outcome(without, kind, on=DAY, by=by, **more)
    assert counts() == before
    assert latest_of([without]) == {without: contact}
    withdraw(contact, by)
    assert latest_of([without]) == {}
    assert contacts_with(without).get().why


def test_the_circle_closes_gap_visit_record_gap(without, by):
    assert without in {one.id for one in missing(CODE, TODAY)}
    record_outcome(without, Kind.ABSENT, on=DAY, by=by)
    record_outcome(without, Kind.RECORD_MADE, on=DAY + timedelta(days=1), by=by)
    assert without not in {one.id for one in missing(CODE, TODAY)}
    assert without in {one.id for one in people_with("found", CODE, TODAY)}
    assert [one.kind for one in contacts_with(without)] == [Kind.RECORD_MADE, Kind.ABSENT]


def test_a_refusal_says_why_and_no_day_is_to_come(without, by):
    with pytest.raises(CannotRecord, match="vì sao"):
        record_outcome(without, Kind.REFUSED, on=DAY, by=by, why=" ")
    with pytest.raises(CannotRecord, match="chưa đến"):
        record_outcome(without, Kind.ABSENT, on=TODAY + timedelta(days=1), by=by)
    with pytest.raises(CannotRecord, match="sau ngày liên hệ"):
        record_outcome(without, Kind.ABSENT, on=DAY, by=by, until=DAY)
    with pytest.raises(CannotRecord, match="trong vòng năm năm"):  # 2062 for 2026
        record_outcome(without, Kind.ABSENT, on=DAY, by=by, until=DAY.replace(year=2062))
    assert not Contact.objects.exists()


def test_nobody_has_two_records_by_a_hand(without, having, by):
    record_outcome(without, Kind.RECORD_MADE, on=DAY, by=by)
    for who in (without, having):
        with pytest.raises(Refused, match="đã có hồ sơ"):
            record_outcome(who, Kind.RECORD_MADE, on=DAY, by=by)
    assert Contact.objects.count() == 1


def test_a_contact_is_withdrawn_once(without, by):
    contact = record_outcome(without, Kind.RECORD_MADE, on=DAY, by=by)
    withdraw(contact, by)
    with pytest.raises(CannotRecord, match="đã được rút lại"):
        withdraw(contact, by)


def test_a_contact_is_never_changed_or_removed(without, by):
    contact = record_outcome(without, Kind.RECORD_MADE, on=DAY, by=by)
    for act in (contact, Enrolment.objects.get()):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(act).objects.filter(pk=act.pk).update(on=MARCH)
        with pytest.raises(DatabaseError), transaction.atomic():
            type(act).objects.filter(pk=act.pk).delete()


def test_a_contact_follows_who_was_merged(without, having, by, nurse):
    contact = record_outcome(having, Kind.ABSENT, on=DAY, by=by)
    keep, drop = Person.objects.get(pk=without), Person.objects.get(pk=having)
    merge(keep=keep, drop=drop, actor=nurse)
    assert latest_of([without]) == {without: contact}


def test_a_record_that_an_extract_lists_takes_the_place_of_one_that_a_hand_opened(without, by):
    contact = record_outcome(without, Kind.RECORD_MADE, on=DAY, by=by)
    held = Holding.objects.get(person=without)
    assert held.system == OPENED
    held.until = TODAY
    held.save()
    recorded(Person.objects.get(pk=without), commune(CODE), since=TODAY)
    withdraw(contact, by)
    assert counts()[1] == 21


def test_a_contact_is_about_whom_a_later_file_brought_under_another_key(by, place):
    gone, heir = person("Lò Thị Mới"), person("Lo Thi Moi")
    lives_in(gone, place)
    contact = record_outcome(gone.pk, Kind.ABSENT, on=DAY, by=by)
    Residence.objects.filter(person=gone).delete()
    Person.objects.filter(pk=gone.pk).delete()
    lives.inherit({gone.pk: heir.pk})
    assert latest_of([heir.pk]) == {heir.pk: contact}


def test_a_departure_leaves_a_home_that_a_later_move_gave(without, clerk, place):
    record_outcome(without, Kind.MOVED, on=DAY, by=clerk)
    assert not Residence.objects.filter(person=without, until=None).exists()
    later = lives_in(Person.objects.get(pk=without), place, since=DAY + timedelta(days=1), source=7)
    lives.stand_again()
    later.refresh_from_db()
    assert later.until is None
    early = lives_in(Person.objects.get(pk=without), place, since=DAY - timedelta(days=1), source=8)
    lives.stand_again()
    early.refresh_from_db()
    assert early.until == DAY


def test_each_outcome_leaves_one_line_in_the_log_of_whom_it_is_about(without, by):
    record_outcome(without, Kind.ABSENT, on=DAY, by=by)
    record_outcome(without, Kind.RECORD_MADE, on=DAY, by=by)
    said = list(Look.objects.filter(people=[without]).order_by("id").values_list("act", flat=True))
    assert said == ["contact", "enrol"]


def test_nobody_writes_of_the_people_of_another_commune(without, by):
    stranger = access_of(on_duty("khac", Role.CLINICIAN, commune("03387")), TODAY)
    head = access_of(on_duty("lanh.dao", Role.CHAIR, commune(CODE)), TODAY)
    for who in (stranger, head):
        with pytest.raises(CannotRecord, match="địa bàn của bạn"):
            record_outcome(without, Kind.ABSENT, on=DAY, by=who)
    with pytest.raises(CannotRecord, match="địa bàn của bạn"):
        record_outcome(person("Không Ai").pk, Kind.ABSENT, on=DAY, by=by)
    contact = record_outcome(without, Kind.ABSENT, on=DAY, by=by)
    with pytest.raises(CannotRecord, match="địa bàn của bạn"):
        withdraw(contact, stranger)


def test_behind_the_wall_contacts_are_seen_with_the_person(without, by):
    record_outcome(without, Kind.RECORD_MADE, on=DAY, by=by)
    stranger = access_of(on_duty("khac", Role.CLINICIAN, commune("03387")), TODAY)
    for who, seen in ((by, 1), (stranger, 0)):
        with within(who):
            assert (Contact.objects.count(), Enrolment.objects.count()) == (seen, seen)
