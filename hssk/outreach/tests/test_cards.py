"""A card is printed, lies at the station, and is handed over: by a tick, at a desk, or there."""

from datetime import datetime, timedelta
from io import BytesIO

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.access.services import access_of, within
from hssk.coverage.tests.test_screens import text
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.outreach.errors import CannotIssue
from hssk.outreach.models import RETURNED, Card, CardRun, Contact, Handover
from hssk.outreach.papers.cards import cards_as_pdf
from hssk.outreach.rules import Holder, Purpose
from hssk.outreach.rules.cards import Ended, Handing, tally
from hssk.outreach.rules.tokens import code_of_token
from hssk.outreach.services import Wanted, cards, close, issue, purposes_of, tick
from hssk.outreach.services.planning import SessionSaid, make_session
from hssk.people.models import Person, Residence
from hssk.people.services import merge, object_to_lists
from tests.village import MARCH, commune, hamlet, lives, on_duty, recorded

NOW = timezone.make_aware(datetime(2024, 4, 1, 9))


def printed(place, nurse, at=NOW) -> CardRun:
    return cards.print_run(place, MARCH, by=nurse, at=at)


def numbers(place):
    found = tally(cards.standings([place.pk], MARCH)[place.pk])
    assert cards.tallies([place.pk], MARCH) == {place.pk: found}
    return found.lacking, found.waiting, found.handed


def listed(place, nurse, at=NOW, **more):
    wanted = {"hamlet": place, "purpose": Purpose.CARD, "on": MARCH, "office": Holder.HEAD,
              "holder": "Giàng A Trưởng", **more}  # fmt: skip
    return issue(Wanted(**wanted), by=nurse, at=at)


def card_of(one) -> Card:
    return Card.objects.get(person=one.pk, taken_back_at=None)


def test_from_the_print_run_to_the_hand_and_back_by_the_tick_of_a_list(place, people, nurse):
    assert numbers(place) == (20, 0, 0)
    run = printed(place, nurse)
    assert (run.size, numbers(place)) == (20, (0, 20, 0))
    with pytest.raises(CannotIssue, match="cũng đã có thẻ"):
        printed(place, nurse)
    copy = listed(place, nurse)
    assert {line.person for line in copy.lines.all()} == {card.person for card in run.cards.all()}
    tick(copy, dict.fromkeys(range(1, 13), "told") | {13: "refused"}, by=nurse, at=NOW)
    assert numbers(place) == (0, 20, 0)  # what a head ticked is a fact once his copy is back
    close(copy, RETURNED, by=nurse, at=NOW)
    assert numbers(place) == (0, 8, 12)
    assert purposes_of(place, MARCH)[Purpose.CARD] == 8
    assert [contact.kind for contact in Contact.objects.all()] == ["refused"]
    again = listed(place, nurse)
    told = {line.person for line in copy.lines.filter(tick="told")}
    assert not told & {line.person for line in again.lines.all()}
    close(again, RETURNED, by=nurse, at=NOW)
    tick(copy, {1: "", 2: "absent"}, by=nurse, at=NOW)  # the ticks were typed in the wrong rows
    assert numbers(place) == (0, 10, 10)
    back = {line.person for line in copy.lines.filter(number__in=(1, 2))}
    assert back <= {line.person for line in listed(place, nurse).lines.all()}
    assert Handover.objects.filter(taken_back_at=None, how=Handing.TICK).count() == 10
    assert Look.objects.filter(act="card", right="lists").exists()


def test_who_stands_on_a_list_for_cover_has_no_card_by_a_tick(place, people, nurse):
    run = printed(place, nurse)
    for card in run.cards.all()[3:]:
        cards.hand_over(card, Handing.STATION, by=nurse, at=NOW)
    copy = listed(place, nurse)
    assert copy.lines.count() > 3
    everybody = {line.number: "told" for line in copy.lines.all()}
    tick(copy, everybody, by=nurse, at=NOW)
    close(copy, RETURNED, by=nurse, at=NOW)
    assert (numbers(place), Handover.objects.count()) == ((0, 0, 20), 20)
    tick(copy, dict.fromkeys(everybody, ""), by=nurse, at=NOW)
    assert numbers(place) == (0, 3, 17)  # what the station wrote down itself stands


def test_a_tick_says_nothing_of_a_card_that_was_printed_after_it(place, people, nurse):
    first = printed(place, nurse).cards.first()
    copy = listed(place, nurse)
    line = copy.lines.get(person=first.person)
    tick(copy, {line.number: "told"}, by=nurse, at=NOW)
    later = NOW + timedelta(days=1)
    cards.print_anew(first, Ended.LOST, MARCH, by=nurse, at=later)
    close(copy, RETURNED, by=nurse, at=later)
    assert numbers(place) == (0, 20, 0)


def test_a_lost_card_ends_and_the_next_one_waits(place, people, nurse):
    first = printed(place, nurse).cards.first()
    cards.hand_over(first, Handing.STATION, by=nurse, at=NOW)
    with pytest.raises(CannotIssue, match="đã ghi là đã giao"):
        cards.hand_over(first, Handing.DESK, by=nurse, at=NOW)
    run = cards.print_anew(first, Ended.LOST, MARCH, by=nurse, at=NOW)
    [second] = run.cards.all()
    assert (second.person, second.token != first.token) == (first.person, True)
    assert numbers(place) == (0, 20, 0)
    assert cards.card_of_token(second.token) == second
    assert cards.card_of_token(first.token) is None
    for act in (
        lambda: cards.print_anew(first, Ended.LOST, MARCH, by=nurse, at=NOW),
        lambda: cards.hand_over(first, Handing.STATION, by=nurse, at=NOW),
        lambda: cards.take_back_handover(first, by=nurse, at=NOW),
    ):
        with pytest.raises(CannotIssue, match="đã hủy"):
            act()
    with pytest.raises(CannotIssue, match="chưa ghi là đã giao"):
        cards.take_back_handover(second, by=nurse, at=NOW)


def test_a_card_and_its_handover_are_ended_once_and_never_changed(place, people, nurse):
    card = printed(place, nurse).cards.first()
    cards.hand_over(card, Handing.STATION, by=nurse, at=NOW)
    cards.take_back_handover(card, by=nurse, at=NOW)
    ended = {"taken_back_at": NOW, "taken_back_by": nurse, "why": "x"}
    for act in (
        lambda: Card.objects.filter(pk=card.pk).update(name="Tên Khác"),
        lambda: Card.objects.filter(pk=card.pk).delete(),
        lambda: Handover.objects.update(how="desk"),
        lambda: Handover.objects.update(**ended),
        lambda: Handover.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_who_moves_to_another_commune_gets_a_card_there_unless_it_is_with_them(
    place, people, nurse
):
    gone, kept = people["Lò Thị B"], people["Lò Thị D"]
    run = printed(place, nurse)
    cards.hand_over(card_of(kept), Handing.STATION, by=nurse, at=NOW)
    there = hamlet("03387", "Bản Khác")
    for one in (gone, kept):
        Residence.objects.filter(person=one).update(until=MARCH)
        lives(one, there, MARCH)
        recorded(one, there.unit, MARCH)
    assert (numbers(place), numbers(there)) == ((0, 18, 0), (1, 0, 1))
    [row] = cards.runs_of(place, by=access_of(nurse, MARCH))
    assert (row.lying, row.handed, row.ended) == (19, 1, 0)  # one of them is not theirs any more
    printed(there, on_duty("khac", Role.CLINICIAN, there.unit))
    assert numbers(there) == (0, 1, 1)
    ended = Card.objects.get(run=run, person=gone.pk)
    assert ended.why == Ended.ELSEWHERE


def test_who_lives_out_of_sight_by_now_is_not_counted(place, people, nurse):
    gone, april = people["Lò Thị B"], datetime(2024, 4, 1).date()
    Residence.objects.filter(person=gone).update(until=april)
    lives(gone, hamlet("03387", "Bản Khác"), april)
    with within(access_of(nurse, april)):
        found = cards.tallies([place.pk], MARCH)[place.pk]
        assert found == tally(cards.standings([place.pk], MARCH)[place.pk])
    assert found.lacking == 19


def test_of_two_cards_that_a_merge_brings_together_the_newer_lives(place, people, nurse):
    one, other = people["Lò Thị B"], people["Lò Thị D"]
    printed(place, nurse)
    newer = cards.print_anew(card_of(one), Ended.SPOILT, MARCH, by=nurse, at=NOW).cards.get()
    older = card_of(other)
    merge(keep=other, drop=one, actor=nurse)
    assert cards.card_of_token(newer.token) == newer
    assert cards.card_of_token(older.token) is None
    assert numbers(place) == (0, 19, 0)


def test_the_paper_has_ten_cards_a_page_and_nothing_but_names_and_the_station(place, people, nurse):
    Person.objects.filter(pk=people["Lò Thị F"].pk).update(name="Lò Thị B", name_folded="lo thi b")
    run = printed(place, nurse)
    there = list(run.cards.all())
    paper = cards_as_pdf(run, there)
    assert paper == cards_as_pdf(run, there)
    pages = [page.extract_text() for page in PdfReader(BytesIO(paper)).pages]
    assert len(pages) == 2
    said = " ".join(" ".join(pages).split())
    assert all(card.name in said for card in there)
    assert said.count("sinh năm") == 2  # of two namesakes, and nobody else
    assert "Trạm y tế" in said
    assert "Mất thẻ: báo trạm y tế" in said
    assert "0900000000" not in said
    assert not any(card.token.hex.upper() in said for card in there)
    cards.hand_over(there[0], Handing.STATION, by=nurse, at=NOW)
    assert there[0] not in cards.to_print(run, MARCH)  # it is with its person: no second one


def test_the_pages_print_hand_over_and_take_back_and_tell_the_log(client, place, people, nurse):
    client.force_login(nurse)
    assert "20" in text(client.get("/lists/cards/"))
    page = f"/lists/cards/hamlet/{place.pk}/"
    assert "In thẻ cho 20 người" in text(client.get(page))
    assert "Đã lập đợt in" in text(client.post(f"{page}print/", follow=True))
    assert len(Look.objects.get(act="card").people) == 20
    run = CardRun.objects.get()
    paper = client.get(f"/lists/cards/runs/{run.pk}/cards.pdf")
    assert paper.content[:4] == b"%PDF"
    assert len(Look.objects.get(act="print").people) == 20
    object_to_lists(people["Lò Thị B"], by=nurse, at=NOW)
    said = text(client.get(page))
    assert "chỉ giao tại trạm" in said
    assert "20 thẻ" in said
    card = card_of(people["Lò Thị B"])
    client.post(f"/lists/cards/{card.pk}/handed/")
    assert ", tại trạm" in text(client.get(f"{page}?show=handed"))
    assert numbers(place) == (0, 19, 1)
    client.post(f"/lists/cards/{card.pk}/back/")
    client.post(f"/lists/cards/{card.pk}/anew/", {"why": "lost"})
    assert Card.objects.get(pk=card.pk).why == Ended.LOST
    assert (numbers(place), CardRun.objects.count()) == ((0, 20, 0), 2)
    client.force_login(on_duty("khac", Role.CLINICIAN, commune("03387")))
    assert client.get(page).status_code == 404
    assert client.get(f"/lists/cards/runs/{run.pk}/cards.pdf").status_code == 404
    for act in ("handed", "back", "anew"):
        assert client.post(f"/lists/cards/{card.pk}/{act}/").status_code == 404


def test_a_card_is_seen_with_its_person_by_who_hands_lists_out(place, people, nurse):
    today = timezone.localdate()
    card = printed(place, nurse, at=timezone.now()).cards.first()
    cards.hand_over(card, Handing.STATION, by=nurse, at=timezone.now())
    for user, seen in (
        (nurse, (20, 1)),
        (on_duty("cong.tac", Role.COLLABORATOR, where=place), (0, 0)),
        (on_duty("khac", Role.CLINICIAN, commune("03387")), (0, 0)),
    ):
        with within(access_of(user, today)):
            assert (Card.objects.count(), Handover.objects.count()) == seen


@pytest.fixture
def check_in(client, place, nurse):
    said = SessionSaid(unit=place.unit, hamlets=[place.pk], on=timezone.localdate(),
                       place="Nhà văn hóa bản", staff="Y tá", expected={})  # fmt: skip
    session = make_session(said, by=nurse, at=timezone.now())
    address = reverse("plans:check-in", args=[session.pk])
    return lambda scanned: text(client.post(address, {"scanned": scanned}))


def test_a_card_that_is_scanned_at_a_session_finds_its_person_and_is_handed_over_by_that(
    client, check_in, place, people, nurse, caplog
):
    client.force_login(nurse)
    printed(place, nurse)
    card = card_of(people["Lò Thị B"])
    said = check_in(code_of_token(card.token))
    assert "Lò Thị B" in said
    assert "là số của người này" in said
    assert "Đã ghi là thẻ đã giao" in said
    assert Handover.objects.get().how == Handing.DESK
    assert "Đã ghi là thẻ đã giao" not in check_in(code_of_token(card.token).lower())
    assert numbers(place) == (0, 19, 1)
    assert card.token.hex not in caplog.text.lower()


def test_a_dead_or_a_foreign_card_is_answered_as_nonsense_is(
    client, check_in, place, people, nurse
):
    printed(place, nurse)
    ended = card_of(people["Lò Thị B"])
    cards.print_anew(ended, Ended.LOST, MARCH, by=nurse, at=NOW)
    there = hamlet("03387", "Bản Khác")
    foreign = people["Lò Thị D"]
    Residence.objects.filter(person=foreign).update(until=MARCH)
    lives(foreign, there, MARCH)
    client.force_login(nurse)
    nonsense = check_in("HSSK-" + "0" * 32)
    assert "Không thấy ai như vậy" in nonsense
    for card in (ended, card_of(foreign)):
        assert check_in(code_of_token(card.token)) == nonsense
    assert not Handover.objects.exists()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_cards_of_a_hamlet_are_shown_to_everybody(client, place, people, nurse, width):
    client.force_login(nurse)
    client.post(f"/lists/cards/hamlet/{place.pk}/print/")
    cards.hand_over(card_of(people["Lò Thị B"]), Handing.STATION, by=nurse, at=timezone.now())
    pages = ("/lists/cards/", f"/lists/cards/hamlet/{place.pk}/",
             f"/lists/cards/hamlet/{place.pk}/?show=handed")  # fmt: skip
    told = [client.get(page).text for page in pages]
    with browser_page(width) as page:
        for one in told:
            show(page, one)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
