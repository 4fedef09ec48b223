"""The pages of births, names and deaths: what they write, whom they ask about, and for whom."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.models import Look, User
from hssk.access.rights import Role
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.people.models import Birth, Death, Person
from hssk.people.tests.moving import NEW, OLD, works
from tests.village import village


@pytest.fixture
def people(fresh_database):
    found = village(f"""
        {NEW} | Bản Mới | Giàng A Sình  | yes | household=12 relation=chủ_hộ born=1990 sex=1
        {NEW} | Bản Mới | Giàng Thị Mỷ  | yes | household=12 relation=vợ born=1995-06-05 sex=2
        {OLD} | Bản Cũ  | Lò Thị Xa     | yes | household=3 relation=chủ_hộ born=1990 sex=2
    """)
    today = timezone.localdate()
    works("y.ta", Role.CLINICIAN, NEW, today)
    works("van.thu", Role.CLERK, NEW, today)
    works("cong.tac", Role.COLLABORATOR, NEW, today)
    works("noi.khac", Role.CLINICIAN, OLD, today)
    return found


def signed_in(name):
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=name))
    return client


def page_of(client, one):
    return client.get(f"/coverage/person/{one.pk}/").text


def act_of(page):
    return re.search(r'name="act" value="([0-9a-f-]+)"', page)[1]


def bear(client, mother, **more):
    url = f"/people/{mother.pk}/birth/"
    said = {"act": act_of(client.get(url).text), "on": f"{timezone.localdate()}", "sex_1": "2"}
    return client.post(url, said | more, follow=True)


@pytest.mark.parametrize("who", ["y.ta", "van.thu"])
def test_a_station_writes_a_birth_from_the_page_of_the_mother(people, who):
    client, mother = signed_in(who), people["Giàng Thị Mỷ"]
    assert f"/people/{mother.pk}/birth/" in page_of(client, mother)
    answer = bear(client, mother, clock="04:10", paper="12/CS")
    assert "Đã khai sinh." in answer.text
    assert "<h1>Con bà Giàng Thị Mỷ</h1>" in answer.text
    assert "04:10" in answer.text
    assert "12/CS" in answer.text
    assert answer.redirect_chain[-1][0] == f"/coverage/person/{Birth.objects.get().child}/"
    assert "Con bà Giàng Thị Mỷ" in page_of(client, mother)


def test_the_same_page_sent_twice_is_one_birth(people):
    client, mother = signed_in("y.ta"), people["Giàng Thị Mỷ"]
    url = f"/people/{mother.pk}/birth/"
    said = {"act": act_of(client.get(url).text), "on": f"{timezone.localdate()}", "sex_1": "2"}
    once, twice = client.post(url, said), client.post(url, said)
    assert once.url == twice.url
    assert Birth.objects.count() == 1


def test_a_birth_that_may_be_there_is_asked_about_before_it_is_added(people):
    client, mother = signed_in("y.ta"), people["Giàng Thị Mỷ"]
    bear(client, mother)
    asked = bear(client, mother)
    assert "Có thể bé đã có ở đây" in asked.text
    assert "đây có phải …?" in asked.text
    assert Birth.objects.count() == 1
    key = Birth.objects.get().child
    assert bear(client, mother, known_1=f"{key}").redirect_chain[-1][0].endswith(f"{key}/")
    assert Birth.objects.count() == 1
    bear(client, mother, known_1="new")
    assert Birth.objects.count() == 2


def test_twins_are_written_in_one_act(people):
    answer = bear(signed_in("y.ta"), people["Giàng Thị Mỷ"], sex_2="1", name_2="Giàng A Páo")
    assert Birth.objects.count() == 2
    assert "bé thứ 1 trong 2 bé" in answer.text


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"sex_1": ""}, 'id="id_sex_1_error"'),
        ({"sex_3": "1"}, "theo thứ tự sinh"),
        ({"name_2": "Giàng A Páo"}, "chọn giới của bé này"),
        ({"on": "1/1/2020"}, "12 tháng qua"),
        ({"on": "hôm qua"}, "Ghi ngày như"),
        ({"clock": "25:00"}, "Ghi giờ như"),
    ],
)
def test_what_cannot_be_is_said_in_the_form_and_nothing_is_written(people, more, words):
    answer = bear(signed_in("y.ta"), people["Giàng Thị Mỷ"], **more)
    assert words in answer.text
    assert not Birth.objects.exists()


def test_a_name_is_written_with_its_history(people):
    client = signed_in("y.ta")
    bear(client, people["Giàng Thị Mỷ"])
    child = Person.objects.get(pk=Birth.objects.get().child)
    url = f"/people/{child.pk}/name/"
    assert url in page_of(client, child)
    client.post(url, {"name": "Giàng Thị Sua", "number": ""})
    page = client.post(url, {"name": "Giàng Thị Súa", "number": "012324000111"}, follow=True).text
    assert "<h1>Giàng Thị Súa</h1>" in page
    assert "Họ tên: Giàng Thị Sua → Giàng Thị Súa." in page
    assert "Đã ghi số giấy tờ." in page
    assert "012324000111" not in page
    assert "12 số định danh" in client.post(url, {"name": "", "number": "12"}).text


def test_a_death_is_written_and_taken_back_from_one_page(people):
    client, one = signed_in("van.thu"), people["Giàng A Sình"]
    today = timezone.localdate()
    url = f"/people/{one.pk}/death/"
    page = client.post(url, {"on": f"{today.day}/{today.month}/{today.year}", "place": "home"},
                       follow=True).text  # fmt: skip
    assert "Đã ghi là đã mất." in page
    assert "Rút lại: người này còn sống" in page
    assert "Không phải dân cư ở đây" in page
    assert "đang ghi là mất" in client.get(url).text
    assert 'id="id_why_error"' in client.post(url, {"why": ""}).text
    page = client.post(url, {"why": "ghi nhầm người cùng tên"}, follow=True).text
    assert "Đã rút lại: người này còn sống." in page
    assert "ghi nhầm người cùng tên" in page
    assert Person.objects.get(pk=one.pk).died_on is None
    assert Death.objects.get().withdrawn_by.username == "van.thu"


def test_a_day_to_come_is_no_day_of_death(people):
    later = timezone.localdate() + timedelta(days=2)
    url = f"/people/{people['Giàng A Sình'].pk}/death/"
    said = {"on": f"{later.day}/{later.month}/{later.year}"}
    assert "Ghi ngày mất" in signed_in("van.thu").post(url, said).text
    assert not Death.objects.exists()


@pytest.mark.parametrize("page", ["birth", "name", "death"])
def test_outside_the_area_and_without_the_right_nothing_is_there(people, page):
    key = people["Giàng Thị Mỷ"].pk
    nobody = "00000000-0000-4000-8000-000000000000"
    for who, code in (("noi.khac", 404), ("cong.tac", 403)):
        client = signed_in(who)
        theirs, none = (client.get(f"/people/{one}/{page}/") for one in (key, nobody))
        assert theirs.status_code == none.status_code == code
        assert client.post(f"/people/{key}/{page}/", {"on": "1/1/2024"}).status_code == code
    assert not Birth.objects.exists()
    assert not Death.objects.exists()


def test_the_page_of_a_child_names_the_mother_in_the_log(people):
    client = signed_in("y.ta")
    bear(client, people["Giàng Thị Mỷ"])
    child = Birth.objects.get().child
    client.get(f"/coverage/person/{child}/")
    last = Look.objects.order_by("-id").first()
    assert set(last.people) == {child, people["Giàng Thị Mỷ"].pk}


@pytest.mark.parametrize("page", ["birth", "name", "death"])
def test_the_pages_have_no_faults_for_a_screen_reader(people, page):
    client = signed_in("y.ta")
    bear(client, people["Giàng Thị Mỷ"])
    key = Birth.objects.get().child if page == "name" else people["Giàng Thị Mỷ"].pk
    html = client.get(f"/people/{key}/{page}/").text
    for width in (1280, 360):
        with browser_page(width) as browser:
            show(browser, html)
            assert violations(browser) == []
            assert browser.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("typed", ["30/2/2024", "1/1/2999", "x"])
def test_a_day_on_which_nobody_can_have_died_is_asked_for_in_words_of_death(people, typed):
    client, one = signed_in("van.thu"), people["Giàng A Sình"]
    answer = client.post(f"/people/{one.pk}/death/", {"on": typed})
    assert "Ghi ngày mất như 5/3/2024; không ghi ngày chưa đến." in answer.text
    assert not Death.objects.exists()


def test_the_record_of_the_dead_tells_what_is_known_of_the_day_and_they_grow_no_older(people):
    client, one = signed_in("y.ta"), people["Giàng A Sình"]
    client.post(f"/people/{one.pk}/death/", {"on": "2023"})
    text = client.get(f"/record/{one.pk}/").text
    assert "<b>Đã mất 2023</b>" in text
    assert "1990 (33 tuổi)" in " ".join(text.split())


def test_an_age_that_is_not_of_today_says_of_which_day_it_is(people):
    client, one = signed_in("y.ta"), people["Giàng A Sình"]
    text = " ".join(client.get(f"/coverage/person/{one.pk}/?on=2024-03-13").text.split())
    assert "(34 tuổi ngày 13/3/2024)" in text


def test_a_death_that_was_taken_back_tells_no_day_that_nobody_knew(people):
    client, one = signed_in("van.thu"), people["Giàng A Sình"]
    client.post(f"/people/{one.pk}/death/", {"on": "2023"})
    client.post(f"/people/{one.pk}/death/", {"why": "nhầm người"})
    text = page_of(client, one)
    assert "Đã ghi mất 2023, rồi rút lại: nhầm người." in text
    assert "1/1/2023" not in text
