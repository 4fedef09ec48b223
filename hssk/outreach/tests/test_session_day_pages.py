"""The day of a session in its pages: who comes, the book, what came back of it."""

import re
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from hssk.access.models import Look, Post
from hssk.access.rights import Role
from hssk.access.services import access_of
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.outreach.models import CANCELLED, BookFile, Contact, Ticket
from hssk.outreach.rules import Purpose
from hssk.outreach.rules.tokens import code_of_token
from hssk.outreach.services import Session, invite, withdraw
from hssk.outreach.services.planning import SessionSaid, make_session
from hssk.outreach.tests.place import CODE
from hssk.outreach.tests.test_daybooks import NAME_AT, filled
from hssk.people.models import Basis, Holding
from hssk.places.services import unit_on
from tests.village import JANUARY, commune, hamlet, on_duty, village


@pytest.fixture
def session(place, nurse):
    now = timezone.now()
    said = SessionSaid(unit=place.unit, hamlets=[place.pk], on=timezone.localdate(),
                       place="Nhà văn hóa bản", staff="Y tá")  # fmt: skip
    return make_session(said, by=nurse, at=now)


@pytest.fixture
def day(client, session, nurse):
    client.force_login(nurse)
    return reverse("plans:day", args=[session.pk])


def named(page):
    return set(re.findall(r"Lò Thị [A-Z]+", page.text))


def test_who_comes_is_found_by_name_and_written_down_by_one_more_press(client, day, session):
    page = client.post(reverse("plans:check-in", args=[session.pk]), {"scanned": "lo thi a 1950"})
    assert "Lò Thị A" in named(page)
    person = re.search(r'name="person" value="([0-9a-f-]+)"', page.text)[1]
    said = client.post(reverse("plans:made", args=[session.pk]), {"person": person}, follow=True)
    assert "Đã lập hồ sơ" in said.text
    assert Contact.objects.get().kind == "record-made"
    [stop] = session.stops.all()
    form = client.get(reverse("plans:close-day", args=[session.pk])).context["form"]
    assert form.fields[f"came-{stop.hamlet_id}"].initial == 1
    again = client.post(reverse("plans:check-in", args=[session.pk]), {"scanned": "lo thi a 1950"})
    assert "Đã có hồ sơ" in again.text


def test_a_record_is_opened_and_its_form_in_one_press_and_closed_with_the_outcome(
    client, day, session, people, nurse
):
    who = people["Lò Thị A"].pk
    form = reverse("records:form", args=[who])
    assert "Ghi lần khám trước" in client.get(form).text
    made = reverse("plans:made", args=[session.pk])
    page = client.post(made, {"person": who, "open": "1"}, follow=True)
    assert page.redirect_chain == [(form, 302)]
    assert "data-history" in page.text
    [basis] = Basis.objects.filter(person=who)
    assert basis.until - basis.since == timedelta(days=30)
    record = client.get(reverse("records:record", args=[who])).text
    assert "Người này đến lập hồ sơ ở" in record
    withdraw(Contact.objects.get(), access_of(nurse, timezone.localdate()))
    assert "Ghi lần khám trước" in client.get(form).text


def test_the_form_is_offered_to_who_treats_there_alone(client, day, session, place):
    scan, said = reverse("plans:check-in", args=[session.pk]), {"scanned": "lo thi a 1950"}
    assert "Lập và khai hồ sơ" in client.post(scan, said).text
    everywhere = on_duty("moi.noi", Role.CLERK, place.unit)
    far = {"role": Role.CLINICIAN, "unit": commune("03405"), "since": JANUARY}
    Post.objects.create(user=everywhere, granted_by=everywhere, **far)
    client.force_login(everywhere)
    page = client.post(scan, said).text
    assert "Lập hồ sơ" in page
    assert "Lập và khai hồ sơ" not in page


def test_a_record_written_down_after_the_day_opens_no_care(client, day, session, people):
    type(session).objects.update(on=session.on - timedelta(days=3))
    said = {"person": people["Lò Thị A"].pk, "open": "1"}
    page = client.post(reverse("plans:made", args=[session.pk]), said, follow=True)
    assert "Đã lập hồ sơ" in page.text
    assert not Basis.objects.exists()


def test_a_cancelled_session_opens_no_care(client, day, session, people):
    type(session).objects.update(state=CANCELLED, why="Mưa lũ.", closed_at=session.made_at,
                                  closed_by=session.made_by)  # fmt: skip
    said = {"person": people["Lò Thị A"].pk, "open": "1"}
    client.post(reverse("plans:made", args=[session.pk]), said)
    assert not Basis.objects.exists()


def test_whose_record_is_a_question_is_not_opened(client, day, session, people):
    who = next(one for one in people.values() if Holding.objects.filter(person=one.pk).exists())
    Holding.objects.filter(person=who.pk).update(decided=False)
    said = {"person": who.pk, "open": "1"}
    client.post(reverse("plans:made", args=[session.pk]), said)
    assert not Basis.objects.exists()


def test_a_clinician_of_elsewhere_who_is_a_clerk_here_opens_nobody_of_here(
    client, session, place, people
):
    both = on_duty("hai.noi", Role.CLERK, place.unit)
    far = {"role": Role.CLINICIAN, "unit": commune("03405"), "since": JANUARY, "granted_by": both}
    Post.objects.create(user=both, **far)
    client.force_login(both)
    who = people["Lò Thị A"].pk
    said = {"person": who, "open": "1"}
    page = client.post(reverse("plans:made", args=[session.pk]), said, follow=True)
    assert "Đã lập hồ sơ" in page.text
    assert not Basis.objects.exists()
    assert client.get(reverse("records:record", args=[who])).status_code == 404


def slip_of(place, nurse, household):
    now = timezone.now()
    wanted = Session(hamlet=place, purpose=Purpose.NO_RECORD, on=timezone.localdate(),
                     place="Trạm y tế", at=now + timedelta(days=3))  # fmt: skip
    return invite(wanted, by=nurse, now=now).slips.get(household__number=household)


def scanned(client, session, token):
    """The page after a scan, without what differs from one request to the next."""
    said = {"scanned": code_of_token(token)}
    page = client.post(reverse("plans:check-in", args=[session.pk]), said)
    return page, re.sub(r'(value|nonce)="[A-Za-z0-9]{20,}"', "", page.text)


def test_the_code_of_a_slip_finds_its_household_and_who_of_it_came_is_chosen(
    client, day, session, place, people, nurse
):
    page, _text = scanned(client, session, slip_of(place, nurse, "1").pk)
    names = ["Lò Thị A", "Lò Thị C", "Lò Thị B", "Lò Thị D"]  # without a record first
    assert re.findall(r"<b>(Lò Thị \w+)</b>", page.text) == names
    assert "Ai đã đến thì bấm bên cạnh tên" in page.text
    looked = Look.objects.filter(purpose="plans:check-in").latest("id")
    assert set(looked.people) == {people[name].pk for name in names}
    assert not Ticket.objects.exists()  # whoever brought it may be a neighbour
    client.post(reverse("plans:take-number", args=[session.pk]), {"person": people["Lò Thị C"].pk})
    assert Ticket.objects.get().person == people["Lò Thị C"].pk


def test_a_slip_of_elsewhere_has_the_answer_of_a_code_that_nobody_has(
    client, session, place, nurse
):
    slip = slip_of(place, nurse, "1")
    there = hamlet("03386", "Bản Khác")
    other = on_duty("noi.khac", Role.CLINICIAN, there.unit)
    said = SessionSaid(unit=there.unit, hamlets=[there.pk], on=timezone.localdate(),
                       place="Nơi khác", staff="Y tá")  # fmt: skip
    elsewhere = make_session(said, by=other, at=timezone.now())
    client.force_login(other)
    page, answer = scanned(client, elsewhere, slip.pk)
    assert named(page) == set()
    assert answer == scanned(client, elsewhere, uuid4())[1]


def test_the_book_goes_out_is_sent_and_done_and_taken_back(client, day, session):
    answer = client.post(reverse("plans:book", args=[session.pk]))
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    upload = filled(answer.content, {"Lò Thị A": "Đã lập hồ sơ", "Lò Thị C": "bận",
                                     "Lò Thị E": ("", None, None, "sai năm sinh")})  # fmt: skip
    page = client.post(
        reverse("plans:send-book", args=[session.pk]), {"upload": upload}, follow=True
    )
    file = BookFile.objects.get()
    assert f"Cột {chr(64 + NAME_AT + 2)}" in page.text
    assert "đã lập hồ sơ" in page.text
    assert "sai năm sinh" in page.text  # as the book asks to write it
    shown = re.search(r'name="shown" value="(\w+)"', page.text)[1]
    act = reverse("plans:book-act", args=[file.pk])
    assert "Đã ghi 1 kết quả" in client.post(act, {"shown": shown}, follow=True).text
    page = client.post(act, {"act": "undo"}, follow=True)
    assert "Đã rút lại 1 kết quả" in page.text
    assert "Sẽ ghi" not in page.text  # nothing of it will be
    assert [str(one["label"]) for one in page.context["sums"]].count("Đã rút lại") == 1
    assert not Contact.objects.filter(taken_back_at=None).exists()


def test_rows_that_somebody_has_to_see_to_stand_first(client, day, session):
    content = client.post(reverse("plans:book", args=[session.pk])).content
    said = {"Lò Thị A": "Đã lập hồ sơ", "Lò Thị E": "bận", "Lò Thị G": "Đi vắng"}
    page = client.post(reverse("plans:send-book", args=[session.pk]),
                       {"upload": filled(content, said)}, follow=True)  # fmt: skip
    lines = [(line["name"], line["tone"]) for line in page.context["lines"]]
    assert lines[0] == ("Lò Thị E", "missing")
    assert [name for name, _tone in lines[1:3]] == ["Lò Thị A", "Lò Thị C"]


def test_taking_the_book_along_is_in_the_log_of_everybody_in_it(client, day, session, people):
    client.post(reverse("plans:book", args=[session.pk]))
    looked = Look.objects.filter(purpose="plans:book").latest("id")
    assert people["Lò Thị A"].pk in looked.people
    assert people["Lò Thị B"].pk not in looked.people


def test_what_cannot_be_read_is_said_beside_the_box(client, day, session):
    upload = SimpleUploadedFile("so.xlsx", b"%PDF-1.7 something")
    page = client.post(reverse("plans:send-book", args=[session.pk]), {"upload": upload})
    assert page.status_code == 200
    assert "errorlist" in page.text or "error" in page.text
    assert not BookFile.objects.exists()


def test_to_others_the_day_and_the_book_are_not_there(client, day, session, nurse):
    client.post(reverse("plans:book", args=[session.pk]))
    other = on_duty("noi.khac", Role.CLINICIAN, commune("03386"))
    chair = on_duty("chu.tich", Role.CHAIR, session.unit)
    for user, answer in ((other, 404), (chair, 403)):
        client.force_login(user)
        assert client.get(day).status_code == answer
        assert client.post(reverse("plans:book", args=[session.pk])).status_code == answer


def test_a_scanned_card_stands_in_no_address_and_no_log(client, day, session, caplog):
    raw = "012184000123||Lò Thị A|15081950|Nữ|Bản|10052021"
    client.post(reverse("plans:check-in", args=[session.pk]), {"scanned": raw})
    assert "012184000123" not in caplog.text
    assert not Look.objects.filter(purpose__contains="0121").exists()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_of_a_day_are_for_everybody(client, day, session, width):
    found = client.post(reverse("plans:check-in", args=[session.pk]), {"scanned": "lo thi"}).text
    content = client.post(reverse("plans:book", args=[session.pk])).content
    said = {"Lò Thị A": "Đã lập hồ sơ", "Lò Thị C": "bận", "Lò Thị E": "Từ chối"}
    sent = client.post(reverse("plans:send-book", args=[session.pk]),
                       {"upload": filled(content, said)}, follow=True).text  # fmt: skip
    with browser_page(width) as page:
        for html in (found, sent):
            show(page, html)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_hamlets_of_one_name_in_a_new_ward_are_told_apart_wherever_a_session_goes(client, db):
    officer = on_duty("can.bo")
    ward, today = unit_on("03388", date(2025, 7, 1)), timezone.localdate()
    homes = [hamlet(one.old.code, "Tổ 1") for one in ward.came_from.select_related("old")[:2]]
    said = SessionSaid(unit=ward, hamlets=[homes[0].pk], on=today, place="Nhà bịa", staff="Y tá")
    one = make_session(said, by=officer, at=timezone.now())
    client.force_login(officer)
    told = f"Tổ 1 ({homes[0].unit})"
    for name in ("plans:session", "plans:day", "plans:queue", "plans:close-day"):
        page = client.get(reverse(name, args=[one.pk]))
        assert told in page.content.decode(), name
    assert told in client.get(reverse("plans:sessions")).content.decode()


def test_whoever_lives_where_the_session_goes_is_found_first_and_the_rest_is_said(
    client, day, session, place
):
    """Namesakes of the whole area come before the six that are shown are chosen."""
    lines = [f"{CODE} | Bản Đông | Vàng A Trùng | no | born={1950 + n}" for n in range(8)]
    village("\n".join([*lines, f"{CODE} | {place.name} | Vàng Thị A Trùng | no | born=1990"]))
    scan = reverse("plans:check-in", args=[session.pk])
    found = client.post(scan, {"scanned": "vang a trung"})
    names = re.findall(r"<b>(Vàng [\w ]+)</b>", found.text)
    assert (names[0], len(names)) == ("Vàng Thị A Trùng", 6)
    assert "Hơn 6 người; gõ thêm chữ hoặc năm sinh cho gọn" in found.text
    assert "Hơn" not in client.post(scan, {"scanned": "vang a trung 1952"}).text


def test_who_is_found_is_told_with_the_commune_where_two_hamlets_bear_one_name(client, db):
    ward = unit_on("03388", date(2025, 7, 1))
    codes = [one.old.code for one in ward.came_from.select_related("old")[:2]]
    village("\n".join(f"{code} | Tổ 1 | Vàng A Trùng | no" for code in codes))
    officer, today = on_duty("can.bo"), timezone.localdate()
    client.force_login(officer)
    said = SessionSaid(unit=ward, hamlets=[hamlet(codes[0], "Tổ 1").pk], on=today, place="Nhà bịa",
                       staff="Y tá")  # fmt: skip
    one = make_session(said, by=officer, at=timezone.now())
    found = client.post(reverse("plans:check-in", args=[one.pk]), {"scanned": "vang a trung"})
    assert {one.hamlet for one in found.context["found"]} == {
        f"Tổ 1 ({hamlet(code, 'Tổ 1').unit})" for code in codes
    }
