"""The page of unusual looking: a finding, the reason asked, the answer, the end."""

import pytest
from django.db import transaction

from hssk.access.models import Question, Tie
from hssk.access.rights import Right, Role
from hssk.access.services import access_of, look, within
from hssk.access.services.questioning import answer, ask, own_threads, ties
from hssk.coverage.services import settle
from hssk.kit.tests.browser import browser_page, show, violations
from tests.village import MARCH, on_duty, village

PAGE, OWN = "/coverage/unusual/", "/accounts/questions/"


@pytest.fixture
def people(db):
    made = village("""
        SP | Trung Chải | Giàng Thị Mỷ | no  | household=1 relation=chủ_hộ
        SP | Trung Chải | Giàng A Chớ  | no  | household=1
        SP | Trung Chải | Lò Văn Sơn   | yes | household=2
    """)
    settle()
    return made


@pytest.fixture
def my(people):
    """Mỷ works at the station, and has opened the page of somebody of her own household."""
    user = on_duty("my", full_name="Giàng Thị Mỷ")
    look(access_of(user, MARCH), "open", Right.REGISTER, [people["Giàng A Chớ"].pk])
    return user


@pytest.fixture
def auditor(client, my):
    user = on_duty("kiem.tra", role=Role.AUDITOR, full_name="Vàng Thị Lan")
    client.force_login(user)
    return user


def tied(client, people):
    said = {"tie": "1", "user": "my", "person": people["Giàng Thị Mỷ"].pk}
    return client.post(PAGE, said, follow=True)


def kinds(page):
    return [(line["finding"].kind, line["user"].username) for line in page.context["lines"]]


def step(client, my, name, text="Vì sao chị mở trang này?"):
    line = client.get(PAGE).context["lines"][0]
    said = {"about": my.pk, "kind": "family", "day": line["finding"].day, "looks": 1}
    return client.post(PAGE, {**said, "step": name, "text": text}, follow=True)


def test_family_is_found_once_it_is_said_who_the_user_is(client, auditor, people):
    assert kinds(client.get(PAGE)) == []
    page = tied(client, people)
    assert kinds(page) == [("family", "my")]
    assert "Giàng A Chớ" not in page.text  # the auditor sees that, not whom
    client.post(PAGE, {"tie": "1", "user": "my", "person": ""})
    assert kinds(client.get(PAGE)) == []
    assert Tie.objects.count() == 2


def test_an_officer_asks_the_user_answers_and_the_officer_closes(client, auditor, people, my):
    tied(client, people)
    assert "Vì sao chị mở trang này?" in step(client, my, "ask").text
    client.force_login(my)
    page = client.get(OWN)
    assert "Vì sao chị mở trang này?" in page.text
    thread = page.context["threads"][0]
    said = {"kind": "family", "day": thread.day, "text": "Bố tôi đến trạm khám."}
    assert "Đã gửi" in client.post(OWN, said, follow=True).text
    client.force_login(auditor)
    assert "Bố tôi đến trạm khám." in client.get(PAGE).text
    assert "Đã kết thúc" in step(client, my, "close", "Có giấy khám ngày ấy.").text
    assert [one.step for one in Question.objects.order_by("id")] == ["ask", "answer", "close"]
    client.force_login(my)
    assert "Không có câu hỏi" in client.post(OWN, said, follow=True).text


def test_a_step_without_words_is_not_taken(client, auditor, people, my):
    tied(client, people)
    assert "Hãy ghi lý do" in step(client, my, "ask", " ").text
    assert not Question.objects.exists()


def test_whoever_was_asked_comes_in_on_the_question(client, auditor, people, my):
    tied(client, people)
    step(client, my, "ask")
    my.set_password("mot cau ngan de nho")
    my.save()
    client.logout()
    said = {"login": "my", "password": "mot cau ngan de nho"}
    assert client.post("/accounts/login/", said, follow=True).redirect_chain[0][0] == OWN


def test_nobody_judges_his_own_looking_and_others_see_nothing_of_it(client, auditor, people, my):
    from hssk.access.errors import NotYours

    day = MARCH
    with within(access_of(auditor, MARCH)):
        ask(access_of(auditor, MARCH), my, "family", day, looks=1, text="?")
        with pytest.raises(NotYours):
            ask(access_of(auditor, MARCH), auditor, "family", day, looks=1, text="?")
    other = on_duty("khac")
    assert own_threads(access_of(other, MARCH)) == []
    with pytest.raises(NotYours):
        answer(access_of(other, MARCH), "family", day, "không phải tôi")
    with within(access_of(other, MARCH)):
        assert ties() == {}
        assert not Question.objects.exists()
    with within(access_of(my, MARCH)):
        assert Question.objects.count() == 1
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            ask(access_of(my, MARCH), other, "family", day, looks=1, text="mạo danh")


def test_only_who_reads_the_log_comes_in(client, my):
    client.force_login(my)
    assert client.get(PAGE).status_code == 403


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", [PAGE, OWN, "/accounts/looks/seal/"])
def test_axe_finds_nothing(client, auditor, people, my, width, address):
    from hssk.access.services import make_checkpoint

    tied(client, people)
    step(client, my, "ask")
    make_checkpoint()
    client.force_login(my if address == OWN else auditor)
    html = client.get(address).text
    with browser_page(width) as page:
        show(page, html)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
