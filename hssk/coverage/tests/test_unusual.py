"""The page of unusual looking: a finding, the reason asked, the answer, the end."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from hssk.access.models import Question, Tie, User
from hssk.access.rights import Right, Role
from hssk.access.services import access_of, look, within
from hssk.access.services.questioning import answer, ask, own_threads, ties
from hssk.coverage.services import settle
from hssk.coverage.services.unusual import unusual_looks
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.people.services import Event, open_care
from hssk.records.rules.typed import TypedVisit
from hssk.records.services import file_visit
from tests.village import MARCH, commune, on_duty, village

TODAY = timezone.localdate()

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
    said = {"about": my.pk, "kind": "family", "day": MARCH, "step": "ask", "text": "Vì sao?"}
    assert "Hãy ghi lý do" in client.post(PAGE, {**said, "looks": 10**24}, follow=True).text
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


@pytest.fixture
def strangers(db):
    """Twenty people of whom nothing was said for years, and whose pages a nurse has opened."""
    lines = (
        f"SP | Trung Chải | Người {n} | yes | household={n} since=2020-01-01" for n in range(20)
    )
    made = village("\n".join(lines))
    settle()
    nurse = on_duty("y.ta", role=Role.CLINICIAN, unit=commune("03403"))
    for one in made.values():
        look(access_of(nurse, TODAY), "open", Right.REGISTER, [one.pk])
    return nurse, list(made.values())


def asked_of(nurse):
    """What of her looking is asked about, but for the hour: that is when the test runs."""
    auditor = access_of(on_duty(f"kiem.tra.{User.objects.count()}", role=Role.AUDITOR), TODAY)
    with within(auditor):
        found = unusual_looks(auditor, TODAY, TODAY + timedelta(days=1))
    return [one.kind for one in found if one.user == nurse.pk and one.kind != "night"]


def _visit(one, nurse):
    file_visit(
        one.root, TypedVisit(on=TODAY - timedelta(days=3), reason="ho"), key=uuid4(),
        unit=commune("03403"), author=nurse, at=timezone.now(),
    )  # fmt: skip


def _care(one, nurse):
    open_care(one.pk, commune("03403"), Event.VISIT, at=timezone.now(), actor=nurse)


def test_pages_of_people_of_whom_nothing_was_said_are_asked_about(strangers):
    nurse, _people = strangers
    assert asked_of(nurse) == ["far"]


@pytest.mark.parametrize("done", [_visit, _care])
def test_a_visit_and_care_that_began_are_reasons_to_look(strangers, done):
    nurse, people = strangers
    done(people[0], nurse)
    assert asked_of(nurse) == []


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
