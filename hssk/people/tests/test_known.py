"""Somebody without papers turns out to be somebody known: said on a page, with a reason, and taken back."""

from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.models import Look, User
from hssk.access.rights import Role
from hssk.coverage.services import settle, verify
from hssk.kit.dates import PartialDate
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.people.errors import Refused
from hssk.people.models import Document, How, Identifier, Merge, Person, Verification
from hssk.people.services import lives
from hssk.people.services.lives import Typed
from hssk.people.tests.moving import NEW, OLD, unit, works
from tests.village import hamlet, on_duty, village

WHY = "người nhà đến nhận, có CCCD"


@pytest.fixture
def people(fresh_database):
    found = village(f"""
        {NEW} | Bản Mới | Giàng A Sình  | yes | household=12 born=1990 sex=1
        {OLD} | Bản Cũ  | Lò Thị Xa     | yes | household=3 born=1990 sex=2
    """)
    today = timezone.localdate()
    for name, role, code in (
        ("y.ta", Role.CLINICIAN, NEW), ("van.thu", Role.CLERK, NEW), ("noi.khac", Role.CLERK, OLD),
        ("cong.tac", Role.COLLABORATOR, NEW),
    ):  # fmt: skip
        works(name, role, code, today)
    nurse = works("truc", Role.CLINICIAN, NEW, today)
    said = Typed(act=uuid4(), kind="unknown", name="", words="áo xanh, sẹo ở tay", sex=1,
                 birth=PartialDate.of(1990), hamlet=hamlet(NEW, "Bản Mới"))  # fmt: skip
    key = lives.record_stranger(said, unit=unit(NEW), at=timezone.now(), by=nurse)
    return found | {"stranger": Person.objects.get(pk=key)}


def signed_in(name):
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=name))
    return client


def url_of(people):
    return f"/people/{people['stranger'].pk}/known/"


def say(client, people, other="Giàng A Sình", why=WHY):
    return client.post(url_of(people), {"other": people[other].pk, "why": why}, follow=True)


def test_the_person_is_found_compared_and_said_to_be_the_same_with_a_reason(people):
    client, known = signed_in("van.thu"), people["Giàng A Sình"]
    Identifier.objects.create(person=known, kind=Identifier.PID, value="012090000001")
    assert url_of(people) in client.get(f"/coverage/person/{people['stranger'].pk}/").text
    found = client.post(url_of(people), {"asked": "sinh giang"})
    assert [line["person"] for line in found.context["found"]] == [known]
    both = client.post(url_of(people), {"other": known.pk})
    for said in ("áo xanh, sẹo ở tay", "Giàng A Sình", "012090000001", "Bản Mới"):
        assert said in both.text
    assert not Merge.objects.exists()
    done = say(client, people)
    assert done.redirect_chain[-1][0] == f"/coverage/person/{known.pk}/"
    assert WHY in done.text
    assert Person.objects.get(pk=people["stranger"].pk).root == known.pk
    looked = Look.objects.get(act="same")
    assert set(looked.people) == {known.pk, people["stranger"].pk}
    settle()
    assert verify([timezone.localdate()]) == []


def test_who_has_two_numbers_of_a_kind_is_compared_by_both(people):
    known = people["Giàng A Sình"]
    for value in ("012090000001", "012090000002", "012090000001"):
        Identifier.objects.create(person=known, kind=Identifier.PID, value=value)
    both = signed_in("van.thu").post(url_of(people), {"other": known.pk})
    assert "012090000001; 012090000002" in both.text


def test_it_is_taken_back_from_the_page_of_the_person_and_everything_is_as_before(people):
    client, stranger = signed_in("van.thu"), people["stranger"]
    page = say(client, people).text
    assert f"/people/{stranger.pk}/apart/" in page
    back = client.post(f"/people/{stranger.pk}/apart/", follow=True)
    assert back.redirect_chain[-1][0] == f"/coverage/person/{stranger.pk}/"
    assert Person.objects.get(pk=stranger.pk).root == stranger.pk
    assert Merge.objects.get().undone_at is not None
    assert Look.objects.filter(act="apart").count() == 1
    assert WHY not in client.get(f"/coverage/person/{people['Giàng A Sình'].pk}/").text
    assert "đã được rút lại" in client.post(f"/people/{stranger.pk}/apart/", follow=True).text
    settle()
    assert verify([timezone.localdate()]) == []


def test_without_a_reason_nobody_is_merged(people):
    assert "Vì sao biết là một người" in say(signed_in("van.thu"), people, why=" ").text
    assert not Merge.objects.exists()


def test_whoever_is_of_another_area_is_neither_found_nor_merged(people):
    client = signed_in("van.thu")
    assert client.post(url_of(people), {"asked": "lo thi xa"}).context["found"] == []
    for other in (people["Lò Thị Xa"].pk, uuid4(), "nobody", people["stranger"].pk):
        assert client.post(url_of(people), {"other": other, "why": WHY}).status_code == 404
    assert not Merge.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("y.ta", 403), ("cong.tac", 403), ("noi.khac", 404)])
def test_only_who_decides_pairs_of_this_area_may_say_so(people, who, status):
    client = signed_in(who)
    assert client.get(url_of(people)).status_code == status
    assert say(client, people).status_code == status
    assert client.post(f"/people/{people['stranger'].pk}/apart/").status_code == status
    assert "/known/" not in client.get(f"/coverage/person/{people['stranger'].pk}/").text
    assert not Merge.objects.exists()


def test_whom_a_list_brought_in_is_for_the_queue(people):
    client, listed = signed_in("van.thu"), people["Giàng A Sình"]
    assert "/known/" not in client.get(f"/coverage/person/{listed.pk}/").text
    assert client.get(f"/people/{listed.pk}/known/").status_code == 302
    by = works("can.bo", Role.OFFICER, "", timezone.localdate())
    with pytest.raises(Refused, match="Cặp chờ xem lại"):
        lives.say_known(listed.pk, people["stranger"].pk, WHY, by=by)


def test_two_verified_numbers_that_differ_are_two_people(people):
    for one, value in (
        (people["stranger"], "012090000001"),
        (people["Giàng A Sình"], "012090000002"),
    ):
        Identifier.objects.create(
            person=one, kind=Identifier.PID, value=value, status=Identifier.VERIFIED,
            since=date(2024, 1, 1),
        )  # fmt: skip
    answer = say(signed_in("van.thu"), people)
    assert "hai số định danh đã xác thực khác nhau" in answer.text
    assert not Merge.objects.exists()


def test_two_whose_cards_were_looked_at_and_whose_numbers_differ_are_two_people(people):
    pair = people["stranger"], people["Giàng A Sình"]
    nurse = on_duty("y.tá.khác")
    for one, value in zip(pair, ("012090000001", "012090000002"), strict=True):
        Identifier.objects.create(
            person=one, kind=Identifier.PID, value=value, status=Identifier.STATED,
            since=date(2024, 1, 1),
        )  # fmt: skip
        Verification.objects.create(
            person=one.pk, on=date(2024, 1, 1), at=timezone.now(), by=nurse,
            how=How.DOCUMENT, document=Document.IDENTITY_CARD,
        )  # fmt: skip
    answer = say(signed_in("van.thu"), people)
    assert "hai số định danh đã xác thực khác nhau" in answer.text
    assert not Merge.objects.exists()
    Verification.objects.filter(person=pair[0].pk).update(
        taken_back_at=timezone.now(), taken_back_by=nurse, why="nhầm người"
    )
    say(signed_in("van.thu"), people)
    assert Merge.objects.exists()


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_are_for_everybody_at_every_width(people, width):
    client = signed_in("van.thu")
    pages = {
        "find": client.post(url_of(people), {"asked": "giang"}),
        "same": client.post(url_of(people), {"other": people["Giàng A Sình"].pk}),
        "done": say(client, people),
    }
    with browser_page(width) as page:
        for name, answer in pages.items():
            show(page, answer.text)
            page.screenshot(path=f"/tmp/rest_known_{name}_{width}.png", full_page=True)
            assert violations(page) == [], name
            assert page.evaluate("document.documentElement.scrollWidth") <= width, name
