"""The day of a session in its pages: who comes, the book, what came back of it."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.outreach.models import BookFile, Contact
from hssk.outreach.services.planning import SessionSaid, make_session
from hssk.outreach.tests.test_daybooks import NAME_AT, filled
from tests.village import commune, on_duty


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


def test_the_book_goes_out_is_sent_and_done_and_taken_back(client, day, session):
    answer = client.post(reverse("plans:book", args=[session.pk]))
    assert answer.headers["Content-Disposition"].endswith('.xlsx"')
    upload = filled(answer.content, {"Lò Thị A": "Đã lập hồ sơ", "Lò Thị C": "bận"})
    page = client.post(
        reverse("plans:send-book", args=[session.pk]), {"upload": upload}, follow=True
    )
    file = BookFile.objects.get()
    assert f"Cột {chr(64 + NAME_AT + 2)}" in page.text
    assert "đã lập hồ sơ" in page.text
    shown = re.search(r'name="shown" value="(\w+)"', page.text)[1]
    act = reverse("plans:book-act", args=[file.pk])
    assert "Đã ghi 1 kết quả" in client.post(act, {"shown": shown}, follow=True).text
    assert "Đã rút lại 1 kết quả" in client.post(act, {"act": "undo"}, follow=True).text
    assert not Contact.objects.filter(taken_back_at=None).exists()


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
