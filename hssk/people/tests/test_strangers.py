"""People without papers: a foundling, a foreigner, a patient whom nobody can name."""

import re
from datetime import date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.models import Look, User
from hssk.access.rights import Role
from hssk.access.services import within
from hssk.coverage.services import figures, records_with, settle, verify
from hssk.kit.dates import PartialDate
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.people.errors import CannotVerify, Refused
from hssk.people.models import (
    Document,
    Holding,
    How,
    Identifier,
    Person,
    Residence,
    Stranger,
)
from hssk.people.services import lives, merge, unmerge
from hssk.people.services import verify as confirm
from hssk.people.services.lives import Typed
from hssk.people.tests.moving import NEW, OLD, unit, works
from hssk.records.models import Entry
from tests.village import hamlet, village

TODAY = date(2024, 4, 10)
AT = datetime(2024, 4, 10, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


@pytest.fixture
def people(db):
    return village(f"""
        {NEW} | Bản Mới | Giàng A Sình  | yes | household=12 born=1990 sex=1
        {OLD} | Bản Cũ  | Lò Thị Xa     | yes | household=3 born=1990 sex=2
    """)


@pytest.fixture
def nurse(people):
    return works("y.ta", Role.CLINICIAN, NEW, TODAY)


def typed(kind, **more):
    said = {"act": uuid4(), "kind": kind, "name": "", "words": "áo xanh", "birth": None, "sex": 1}
    return Typed(**said | more)


def add(said, by):
    return lives.record_stranger(said, unit=unit(NEW), at=AT, by=by)


def counted():
    settle()
    counts = figures(NEW, TODAY).counts
    return counts.expected, counts.found, counts.nobody_unknown


def test_a_patient_whom_nobody_can_name_has_a_record_and_counts_nowhere(people, nurse):
    before = counted()
    key = add(typed("unknown", birth=PartialDate.of(1980)), nurse)
    one = Person.objects.get(pk=key)
    assert (one.name, str(one), one.birth_precision) == ("", "Chưa rõ tên: áo xanh", "Y")
    assert not Residence.objects.filter(person=key).exists()
    assert Holding.objects.get(person=key).unit == unit(NEW)
    assert counted() == (before[0], before[1], before[2] + 1)
    assert [r.name for r in records_with("nobody_unknown", NEW, TODAY)] == ["Chưa rõ tên: áo xanh"]
    assert verify([TODAY]) == []


def test_a_foundling_counts_where_it_is_looked_after(people, nurse):
    before = counted()
    said = typed("foundling", hamlet=hamlet(NEW, "Bản Mới"), birth=PartialDate.of(2024, 4))
    key = add(said, nurse)
    home = Residence.objects.get(person=key)
    assert (home.hamlet.name, home.kind, home.since) == ("Bản Mới", "C", TODAY)
    assert counted() == (before[0] + 1, before[1] + 1, before[2])


def test_a_foreigner_who_lives_here_counts_and_who_passes_through_does_not(people, nurse):
    before = counted()
    said = {"name": "John Smith", "number": "ab 123-456", "nationality": "Anh", "words": ""}
    guest = add(typed("foreigner", **said), nurse)
    assert counted()[:2] == before[:2]
    here = add(typed("foreigner", **said, hamlet=hamlet(NEW, "Bản Mới")), nurse)
    assert counted()[:2] == (before[0] + 1, before[1] + 1)
    assert Residence.objects.get(person=here).kind == "T"
    number = Identifier.objects.get(person=guest)
    assert (number.kind, number.value) == ("passport", "AB123456")


def test_sent_twice_it_is_one(people, nurse):
    said = typed("unknown")
    assert add(said, nurse) == add(said, nurse)
    assert Stranger.objects.count() == 1


def test_outside_the_area_nobody_is_added_nor_without_any_word(people, nurse):
    with pytest.raises(Refused, match="địa bàn của bạn"):
        add(typed("foundling", hamlet=hamlet(OLD, "Bản Cũ")), nurse)
    with pytest.raises(Refused, match="mô tả"):
        add(typed("unknown", words=" "), nurse)
    assert not Stranger.objects.exists()


def test_who_is_found_to_be_somebody_known_keeps_what_was_typed(people, nurse):
    key = add(typed("unknown"), nurse)
    before = counted()
    merge(keep=people["Giàng A Sình"], drop=Person.objects.get(pk=key), actor=nurse.user)
    assert counted()[2] == before[2] - 1
    with within(nurse):
        told = lives.told_of(people["Giàng A Sình"].pk)
    assert [one.words for one in told.strangers] == ["áo xanh"]
    unmerge(drop=Person.objects.get(pk=key))
    assert counted() == before


def test_the_commune_is_told_once_and_it_is_written_down(people, nurse):
    key = add(typed("unknown"), nurse)
    lives.note_told(key, at=AT + timedelta(hours=3), by=nurse)
    told = Stranger.objects.get()
    assert (told.told_by, told.told_at) == (nurse.user, AT + timedelta(hours=3))
    with pytest.raises(Refused, match="Đã báo"):
        lives.note_told(key, at=AT, by=nurse)
    foundling = add(typed("foundling", hamlet=hamlet(NEW, "Bản Mới")), nurse)
    with pytest.raises(Refused):
        lives.note_told(foundling, at=AT, by=nurse)


def test_whom_somebody_may_be_is_told_of_ones_own_people_alone(people, nurse):
    said = typed("foreigner", name="lò thị xa", birth=PartialDate.of(1990))
    with within(nurse):
        assert lives.likely_strangers(said) == []
    with within(works("can.bo", Role.CLERK, OLD, TODAY)):
        assert lives.likely_strangers(said) == [people["Lò Thị Xa"]]
    key = add(typed("foreigner", name="John Smith", number="AB123456"), nurse)
    with within(nurse):
        again = lives.likely_strangers(typed("foreigner", name="J. Smith", number="ab 123456"))
    assert [one.pk for one in again] == [key]


# pages


def signed_in(name, role=Role.CLINICIAN, code=NEW):
    works(name, role, code, timezone.localdate())
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=name))
    return client


@pytest.fixture
def client(fresh_database):
    village(f"{NEW} | Bản Mới | Giàng A Sình | yes | household=12 born=1990 sex=1")
    return signed_in("y.ta")


def send(client, **said):
    page = client.get("/people/new/").text
    act = re.search(r'name="act" value="([0-9a-f-]+)"', page)[1]
    said = {"act": act, "kind": "unknown", "words": "áo xanh", "sex": "1"} | said
    return client.post("/people/new/", said, follow=True)


def test_a_station_adds_whom_nobody_can_name_and_has_48_hours_to_tell(client):
    page = send(client).text
    assert "<h1>Chưa rõ tên: áo xanh</h1>" in page
    assert "Phải báo UBND xã trước" in page
    key = Stranger.objects.get().person
    assert set(Look.objects.filter(act="stranger").get().people) == {key}
    page = client.post(f"/people/{key}/told/", follow=True).text
    assert "Đã ghi là đã báo UBND xã." in page
    assert "Phải báo UBND xã" not in page


def test_a_visit_is_typed_of_whom_nobody_can_name(client):
    send(client)
    key = Stranger.objects.get().person
    url = f"/record/{key}/new/"
    assert "Chưa rõ tên: áo xanh" in client.get(url).text
    answer = client.post(url, {"diagnosis": "I10", "pressure": "120/80"}, follow=True)
    assert "Đã ghi lần khám vào hồ sơ." in answer.text
    assert Entry.objects.filter(person=key, kind="Encounter").count() == 1


def test_a_name_that_is_there_is_asked_about_and_added_when_it_is_another(client):
    said = {"kind": "foreigner", "name": "Giàng A Sình", "words": "", "birth": "1990"}
    asked = send(client, **said)
    assert "Đây có phải một trong những người này?" in asked.text
    assert not Stranger.objects.exists()
    assert "Đã thêm người này" in send(client, **said, sure="on").text


@pytest.mark.parametrize(
    ("said", "words"),
    [({"words": ""}, "ghi vài lời mô tả"), ({"kind": "foundling"}, "nơi đang nuôi bé"),
     ({"number": "012190000123"}, "Đề nghị người chuyển đến"), ({"birth": "32/1/2020"}, "Hãy ghi"),
     ({"kind": ""}, 'id="id_kind_error"'), ({"sex": ""}, 'id="id_sex_error"')],
)  # fmt: skip
def test_what_cannot_be_is_said_and_nobody_is_added(client, said, words):
    assert words in send(client, **said).text
    assert not Stranger.objects.exists()


def test_who_has_not_the_right_or_the_area_finds_nothing(client):
    send(client)
    key = Stranger.objects.get().person
    assert signed_in("cong.tac", Role.COLLABORATOR).get("/people/new/").status_code == 403
    other = signed_in("noi.khac", code=OLD)
    assert other.post(f"/people/{key}/told/").status_code == 404
    assert other.get(f"/coverage/person/{key}/").status_code == 404


def test_hamlets_of_one_name_are_told_apart_by_their_commune(client):
    assert f">{unit(NEW)} – Bản Mới</option>" in client.get("/people/new/").text


def test_the_pages_have_no_faults_for_a_screen_reader(client):
    person = send(client).text
    for html in (client.get("/people/new/").text, person):
        for width in (1280, 360):
            with browser_page(width) as browser:
                show(browser, html)
                assert violations(browser) == []
                assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_who_wrote_somebody_down_does_not_confirm_them_the_same_day(people, nurse):
    key = add(typed("foreigner", name="Somchai", birth=PartialDate.of(1980)), nurse)
    one = Person.objects.get(pk=key)
    with pytest.raises(CannotVerify, match="Người ghi không tự xác minh"):
        confirm(one, How.DOCUMENT, Document.PASSPORT, by=nurse.user, at=AT, typed_by=())
    tomorrow = AT + timedelta(days=1)
    assert confirm(one, How.DOCUMENT, Document.PASSPORT, by=nurse.user, at=tomorrow, typed_by=())


def test_somebody_without_papers_gets_a_name_and_no_number_of_this_country(people, nurse):
    key = add(typed("unknown"), nurse)
    assert lives.amend(key, name="Lò Văn Sáng", number="", at=AT, by=nurse)
    with pytest.raises(Refused, match="gộp hai hồ sơ"):
        lives.amend(key, name="", number="012090000123", at=AT, by=nurse)
    assert not Identifier.objects.filter(person=key).exists()
