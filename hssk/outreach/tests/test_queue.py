"""The queue of a session's day: numbers given, called, ended by an outcome; told without names."""

import json
import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.access.services import access_of
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.outreach.errors import CannotWork
from hssk.outreach.models import Contact, Session
from hssk.outreach.rules.queues import Desk, Standing
from hssk.outreach.services import record_outcome, withdraw
from hssk.outreach.services.daybooks import queueing
from hssk.outreach.services.planning import SessionSaid, make_session
from hssk.people.models import Identifier
from tests.village import commune, on_duty, village

CARD = "012184000101||Lò Thị A|15081950|Nữ|Bản Tưởng Tượng|10052021"


@pytest.fixture
def session(place, people, nurse):
    Identifier.objects.create(person=people["Lò Thị A"], kind=Identifier.PID, value="012184000101")
    said = SessionSaid(unit=place.unit, hamlets=[place.pk], on=timezone.localdate(),
                       place="Nhà văn hóa bản", staff="Y tá", expected={place.pk: 12})  # fmt: skip
    return make_session(said, by=nurse, at=timezone.now())


@pytest.fixture
def by(nurse):
    return access_of(nurse, timezone.localdate())


@pytest.fixture
def page(client, session, nurse):
    client.force_login(nurse)

    def ask(name="queue", **said):
        address = reverse(f"plans:{name}", args=[session.pk])
        return client.post(address, said, follow=True) if said else client.get(address)

    return ask


def standing(session, by):
    return {one.number: one.standing for one in queueing.places_of(session, by)}


def test_a_card_has_a_number_by_the_press_that_finds_its_bearer(page, session, people):
    found = page("check-in", scanned=CARD)
    assert "là số của người này" in found.text
    page("check-in", scanned=CARD)  # again is no second number
    [ticket] = session.tickets.all()
    assert (ticket.number, ticket.person) == (1, people["Lò Thị A"].pk)


def test_a_name_gives_no_number_until_somebody_says_who_it_is(page, session, people):
    found = page("check-in", scanned="lo thi c 1952")
    assert not session.tickets.exists()
    assert "Lấy số" in found.text
    assert "Đã phát số 1" in page("take-number", person=people["Lò Thị C"].pk).text
    assert session.tickets.get().person == people["Lò Thị C"].pk


def test_an_outcome_ends_the_wait_and_withdrawn_it_goes_on(session, people, by):
    queueing.arrive(session, people["Lò Thị A"].pk, by=by)
    contact = record_outcome(people["Lò Thị A"].pk, "record-made", on=session.on, by=by)
    assert standing(session, by) == {1: Standing.DONE}
    withdraw(Contact.objects.get(pk=contact.pk), by)
    assert standing(session, by) == {1: Standing.WAITING}


def test_whose_record_was_made_at_the_door_is_done_and_may_be_sent_on(page, session, people, by):
    page("made", person=people["Lò Thị A"].pk)
    assert standing(session, by) == {1: Standing.DONE}
    session.tickets.update(since=timezone.now() + timedelta(seconds=1))  # a later transaction
    assert standing(session, by) == {1: Standing.WAITING}


def test_a_desk_calls_who_waited_longest_and_a_key_pressed_twice_calls_one(
    session, people, by, place
):
    other = access_of(on_duty("bac.si", Role.CLINICIAN, place.unit), by.day)
    for name in "ACE":
        queueing.arrive(session, people[f"Lò Thị {name}"].pk, by=by)
    assert queueing.call_next(session, Desk.RECORD, by=by, shown=None).number == 1
    assert queueing.call_next(session, Desk.RECORD, by=by, shown=None).number == 1
    assert queueing.call_next(session, Desk.RECORD, by=other, shown=None).number == 2
    assert queueing.call_next(session, Desk.RECORD, by=by, shown=1).number == 3
    assert queueing.call_next(session, Desk.RECORD, by=by, shown=3) is None
    queueing.move(session, 3, Standing.WAITING, by=by, desk=Desk.DOCTOR)
    assert queueing.call_next(session, Desk.DOCTOR, by=by, shown=None).number == 3
    assert standing(session, by) == {
        1: Standing.DONE, 2: Standing.SERVING, 3: Standing.SERVING,
    }  # fmt: skip


def test_staff_sit_at_a_desk_call_by_one_press_and_see_it_in_the_counts(page, session, people):
    for name in "AC":
        page("take-number", person=people[f"Lò Thị {name}"].pk)
    page("queue-act", act="sit", desk="record")
    called = page("queue-act", act="next")
    assert re.search(r'class="called">1<', called.text)
    assert "Xong, gọi số tiếp" in called.text
    counted = called.context["counted"][0]
    assert (counted.expected, counted.counts.came) == (12, 2)
    assert (counted.counts.serving, counted.counts.waiting) == (1, 1)
    page("queue-act", act="left", number="1")
    assert page().context["counted"][0].counts.left == 1
    looked = Look.objects.filter(purpose="plans:queue").latest("id")
    assert set(looked.people) == {people[f"Lò Thị {name}"].pk for name in "AC"}


def test_board_and_counts_name_nobody(page, session, people):
    page("check-in", scanned=CARD)
    for name in "CE":
        page("take-number", person=people[f"Lò Thị {name}"].pk)
    for name in ("board", "queue-state"):
        answer = page(name)
        text = json.loads(answer.text)["html"] if name == "queue-state" else answer.text
        main = text.partition("<main")[2] or text
        assert "1, 2, 3" in main
        assert "Lò Thị A" not in main
        assert not any(str(one.pk) in main for one in people.values())
        assert "012184000101" not in main


def test_all_who_call_see_one_queue_and_the_names_that_are_theirs(session, page, people):
    elsewhere = village("03386 | Bản Khác | Vàng Thị Xa | no")["Vàng Thị Xa"]
    officer = access_of(on_duty("can.bo"), timezone.localdate())
    queueing.arrive(session, elsewhere.pk, by=officer)
    seen = page()
    assert "nay ở nơi khác" in seen.text
    assert "Vàng Thị Xa" not in seen.text
    assert [line.counts.came for line in seen.context["counted"]] == [0, 1]


def test_numbers_are_given_on_the_day_alone(page, session, people, by):
    Session.objects.update(on=session.on - timedelta(days=1))
    with pytest.raises(CannotWork):
        queueing.arrive(Session.objects.get(), people["Lò Thị A"].pk, by=by)
    assert "trong ngày của buổi" in page().text
    page("made", person=people["Lò Thị A"].pk)  # a record of yesterday is written all the same
    assert Contact.objects.filter(kind="record-made").exists()
    assert not session.tickets.exists()


def test_to_others_the_queue_is_not_there(client, session):
    chair = on_duty("chu.tich", Role.CHAIR, session.unit)
    other = on_duty("noi.khac", Role.CLINICIAN, commune("03386"))
    for user, answer in ((other, 404), (chair, 403)):
        client.force_login(user)
        for name in ("queue", "board", "queue-state"):
            assert client.get(reverse(f"plans:{name}", args=[session.pk])).status_code == answer


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_of_the_queue_are_for_everybody(page, session, people, width):
    page("check-in", scanned=CARD)
    for name in "CE":
        page("take-number", person=people[f"Lò Thị {name}"].pk)
    page("queue-act", act="sit", desk="record")
    pages = [page("queue-act", act="next").text, page("board").text]
    with browser_page(width) as shown:
        for html in pages:
            show(shown, html)
            assert violations(shown) == []
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
