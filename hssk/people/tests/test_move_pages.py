"""The pages of moves: few keystrokes, the same bytes whoever is known, and looks written."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.models import Look
from hssk.access.rights import Role
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.people.models import Move, Release, Residence
from hssk.people.services import label_of_move
from hssk.people.tests.moving import CITY, NEW, NUMBER, OLD, somebody, unit, works
from tests.village import hamlet, on_duty

_CHANCE = re.compile(r'(csrfmiddlewaretoken" value="|name="csrf" content=")[^"]+')
PAGES = ("/moves/", "/moves/new/", "/moves/leaving/", "/moves/centre/")
ASIDE = {"sequence": re.compile(r"(asked=|paper_|moves/)\d+")}


@pytest.fixture
def mo(fresh_database):
    today = timezone.localdate()
    for name, code in (("y.ta", NEW), ("dong.nghiep", NEW), ("can.bo", OLD), ("trung.tam", CITY)):
        role = Role.OFFICER if code == CITY else Role.CLERK if code == OLD else Role.CLINICIAN
        works(name, role, code, today)
    return somebody()


def signed_in(name):
    from hssk.access.models import User

    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.get(username=name))
    return client


def typing(**more):
    where = hamlet(NEW, "Bản Mới")
    return {"name": "Lò Thị Mơ", "birth": "5/3/1990", "number": NUMBER, "sex": "2",
            "hamlet": where.pk, "household": "12", "kind": "P", "since": "2024-04-01",
            "act": "propose", **more}  # fmt: skip


def plain(answer):
    """The bytes of an answer without what differs by chance, or counts up with each question."""
    body = answer.text if answer.status_code == 200 else answer.url
    return answer.status_code, ASIDE["sequence"].sub("", _CHANCE.sub("", body))


def test_a_nurse_proposes_and_the_other_commune_lets_go(mo):
    nurse, clerk = signed_in("y.ta"), signed_in("can.bo")
    page = nurse.post("/moves/new/", typing(), follow=True).text
    assert "Đã gửi đề nghị." in page
    assert "chờ trả lời" in page
    assert 'class="count">1' in clerk.get("/moves/leaving/").text
    page = clerk.get("/moves/leaving/").text
    assert "1 người chờ bạn trả lời" in page
    assert "Bản Cũ" in page
    assert "5/3/1990" in page
    answered = clerk.post(
        f"/moves/leaving/{Move.objects.get().pk}/", {"answer": "accept"}, follow=True
    )
    assert "Đã đồng ý cho người này chuyển đến Phường Tân Phong" in answered.text
    assert Residence.objects.get(person=mo, until=None).hamlet.name == "Bản Mới"
    assert "đã chuyển" in nurse.get("/moves/").text
    assert nurse.get(f"/coverage/person/{mo.pk}/").status_code == 200
    assert clerk.get(f"/coverage/person/{mo.pk}/").status_code == 404


def test_somebody_known_and_nobody_give_the_same_bytes_to_who_proposes(mo):
    told = []
    for number in (NUMBER, "012190000999"):
        Move.objects.filter(release=None).delete()
        Release.objects.all().delete()
        Move.objects.all().delete()
        nurse = signed_in("y.ta")
        said = typing(number=number)
        first = nurse.post("/moves/new/", said)
        told.append([plain(first), *(plain(nurse.get(page)) for page in PAGES[:2]),
                     *(plain(signed_in("dong.nghiep").get(page)) for page in PAGES[:1])])  # fmt: skip
    assert [(s, b.replace(NUMBER, "N")) for s, b in told[0]] == [
        (s, b.replace("012190000999", "N")) for s, b in told[1]
    ]


def asked(client, **facts):
    answer = client.post("/moves/new/", typing(act="ask", **facts))
    return plain(answer), plain(client.get(answer.url)), client.get(answer.url).text


def test_near_misses_and_nobody_give_the_same_bytes_to_who_asks(mo):
    nurse = signed_in("y.ta")
    _, _, page = asked(nurse)
    assert "đã có hồ sơ ở nơi khác" in page
    assert "Bản Cũ" not in page
    assert str(mo.pk) not in page
    near = asked(nurse, name="Lò Thị Mai")
    Residence.objects.all().delete()
    nobody = asked(nurse, name="Lò Thị Mai")
    assert "Không có gì để nói" in near[2]
    assert near[:2] == nobody[:2]


def test_what_was_asked_is_kept_for_the_proposal(mo):
    nurse = signed_in("y.ta")
    answer = nurse.post("/moves/new/", {"name": "Lò Thị Mơ", "birth": "5/3/1990", "number": NUMBER,
                                        "act": "ask"})  # fmt: skip
    assert NUMBER not in answer.url
    assert "M%C6%A1" not in answer.url
    page = nurse.get(answer.url).text
    for kept in ("Lò Thị Mơ", "5/3/1990", NUMBER):
        assert f'value="{kept}"' in page
    other = signed_in("dong.nghiep").get(answer.url).text
    assert NUMBER not in other


@pytest.mark.parametrize("typed_", ["²", "٣", "-1", "9" * 30, "x"])
def test_an_address_that_names_no_question_is_the_empty_form(mo, typed_):
    assert signed_in("y.ta").get("/moves/new/", {"asked": typed_}).status_code == 200


def test_the_thirty_first_question_is_refused_with_what_to_do(mo):
    nurse = signed_in("y.ta")
    for _ in range(30):
        assert nurse.post("/moves/new/", typing(act="ask")).status_code == 302
    assert "Bạn đã hỏi 30 lần hôm nay" in nurse.post("/moves/new/", typing(act="ask")).text


@pytest.mark.parametrize(
    ("field", "wrong"),
    [("birth", "32/13/1990"), ("birth", "5/3/2999"), ("birth", "hôm qua"), ("birth", ""),
     ("number", "123"), ("number", "abc"), ("since", "2999-01-01"), ("since", ""), ("hamlet", "0"),
     ("sex", ""), ("kind", "X"), ("name", "")],
)  # fmt: skip
def test_what_cannot_be_meant_is_asked_again(mo, field, wrong):
    answer = signed_in("y.ta").post("/moves/new/", typing(**{field: wrong}))
    assert answer.status_code == 200
    assert answer.context["form"].errors[field]
    assert not Move.objects.exists()


def test_a_colleague_sees_the_paper_of_the_citizen(mo):
    signed_in("y.ta").post("/moves/new/", typing())
    colleague, address = signed_in("dong.nghiep"), f"/moves/{Move.objects.get().pk}/desk/"
    assert "khác với số" in colleague.post(address, {"number": "012190000999"}, follow=True).text
    assert "Hãy ghi đủ số" in colleague.post(address, {"number": "1"}, follow=True).text
    assert "không chờ bạn" in signed_in("y.ta").post(address, {"number": NUMBER}, follow=True).text
    assert "Đã chuyển" in colleague.post(address, {"number": NUMBER}, follow=True).text


def test_a_refusal_says_no_more_to_who_proposed(mo):
    nurse, clerk = signed_in("y.ta"), signed_in("can.bo")
    nurse.post("/moves/new/", typing())
    address = f"/moves/leaving/{Move.objects.get().pk}/"
    assert "không chờ bạn" in clerk.post(address, {"reason": "lạ"}, follow=True).text
    assert "không chuyển đi" in clerk.post(address, {"reason": "here"}, follow=True).text
    page = nurse.get("/moves/").text
    assert "không được nhận" in page
    assert "vẫn ở đây" not in page.partition("<main")[2]
    assert "vẫn ở đây" in clerk.get("/moves/leaving/").text


def test_a_mistake_is_undone_by_both_sides(mo):
    nurse, clerk = signed_in("y.ta"), signed_in("can.bo")
    nurse.post("/moves/new/", typing())
    move = Move.objects.get().pk
    clerk.post(f"/moves/leaving/{move}/", {"answer": "accept"})
    assert "Đã xin hoàn tác" in nurse.post(f"/moves/{move}/mistake/", follow=True).text
    assert "Nơi mới xin hoàn tác" in clerk.get("/moves/leaving/").text
    assert "Đã hoàn tác" in clerk.post(f"/moves/leaving/{move}/mistake/", follow=True).text
    assert "đã hoàn tác" in nurse.get("/moves/").text


def test_the_centre_answers_late_closes_unlocks_and_undoes(mo):
    nurse, centre = signed_in("y.ta"), signed_in("trung.tam")
    nurse.post("/moves/new/", typing())
    nurse.post("/moves/new/", typing(number="012190000999", name="Ai Đó"))
    known, nobody = Move.objects.order_by("id")
    page = centre.get("/moves/centre/").text
    assert "Quá 7 ngày chưa trả lời:" not in page
    assert "Chưa có câu trả lời: 1" in page
    assert "Ai Đó" in page
    late = timezone.localdate() - timedelta(days=7)
    Release.objects.update(asked_on=late)
    assert "Quá 7 ngày chưa trả lời: 1" in centre.get("/moves/centre/").text
    said = {"answer": "accept", "from": "centre"}
    assert "Đã đồng ý" in centre.post(f"/moves/leaving/{known.pk}/", said, follow=True).text
    answer = centre.post(f"/moves/centre/{nobody.pk}/close/", {"reason": "record"}, follow=True)
    assert "Đã đóng đề nghị" in answer.text
    undone = centre.post(f"/moves/centre/{known.pk}/undo/", follow=True)
    assert "lại ở nơi cũ" in undone.text
    nurse.post("/moves/new/", typing(number="012190000999", name="Ai Đó"))
    centre.post(f"/moves/centre/{Move.objects.latest('id').pk}/close/", {"reason": "record"})
    assert "tạm khóa" in nurse.post("/moves/new/", typing(), follow=True).text
    assert "2 trong 3 đề nghị" in centre.get("/moves/centre/").text
    user = Move.objects.latest("id").proposed_by_id
    assert "lại gửi được" in centre.post(f"/moves/centre/{user}/free/", follow=True).text
    assert centre.post(f"/moves/centre/{user}/free/").status_code == 404


def test_not_there_and_not_yours_are_one_answer(mo):
    nurse, clerk = signed_in("y.ta"), signed_in("can.bo")
    nurse.post("/moves/new/", typing())
    move = Move.objects.get().pk
    for client, pages in ((clerk, ("/moves/{}/withdraw/", "/moves/{}/desk/", "/moves/{}/mistake/",
                                   "/moves/centre/{}/close/")),
                          (signed_in("y.ta"), ("/moves/{}/mistake/",))):  # fmt: skip
        for page in pages:
            answers = [client.post(page.format(key)) for key in (move, 987654)]
            if client is clerk:
                assert [one.status_code for one in answers] == [404, 404]
                assert len({_CHANCE.sub("", a.text.replace(page.format(k), ""))
                            for a, k in zip(answers, (move, 987654), strict=True)}) == 1  # fmt: skip
    assert Move.objects.get().state == "waiting"


def test_each_page_writes_down_whom_it_names(mo):
    nurse, clerk = signed_in("y.ta"), signed_in("can.bo")
    nurse.post("/moves/new/", typing())
    clerk.get("/moves/leaving/")
    nurse.get("/moves/")
    last = Look.objects.filter(act="list").order_by("id").values_list("actor__username", "people")
    proposal = label_of_move(
        Move.objects.get().pk
    )  # whom it is about is not the proposer's to know
    assert list(last)[-2:] == [("can.bo", [mo.pk]), ("y.ta", [proposal])]


@pytest.mark.parametrize("role", [Role.COLLABORATOR, Role.PROVINCE, Role.CHAIR, Role.AUDITOR])
def test_who_has_nothing_to_do_with_moves_is_turned_away(client, db, role):
    client.force_login(on_duty(role=role, unit=unit(CITY)))
    assert {client.get(page).status_code for page in PAGES} == {403}


@pytest.mark.parametrize("width", [1280, 360])
def test_axe_finds_nothing_on_the_pages_of_moves(mo, width):
    nurse, clerk, centre = signed_in("y.ta"), signed_in("can.bo"), signed_in("trung.tam")
    pages = [client.get(page).text for client, page in
             ((nurse, "/moves/"), (nurse, "/moves/new/"), (clerk, "/moves/leaving/"),
              (centre, "/moves/centre/"))]  # fmt: skip
    nurse.post("/moves/new/", typing())
    nurse.post("/moves/new/", typing(number="012190000999", name="Ai Đó"))
    pages += [nurse.get("/moves/").text, signed_in("dong.nghiep").get("/moves/").text,
              clerk.get("/moves/leaving/").text, centre.get("/moves/centre/").text]  # fmt: skip
    with browser_page(width) as page:
        for html in pages:
            show(page, html)
            assert violations(page) == []
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, html.partition("<title>")[2][:40]
