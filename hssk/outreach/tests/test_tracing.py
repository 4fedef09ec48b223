"""A picture of a list that got out leads to its copy, and to nobody who was not in the picture."""

from datetime import timedelta

import pytest

from hssk.access.models import Look
from hssk.access.rights import Right, Role
from hssk.coverage.tests.test_screens import text
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.outreach.models import RETURNED
from hssk.outreach.rules import Holder
from hssk.outreach.rules.copies import marks_of
from hssk.outreach.services import close
from hssk.outreach.tests.test_copies import NOW, handed
from tests.village import commune, on_duty

PAGE = "/lists/trace/"


@pytest.fixture
def copies(place, nurse):
    """Three copies of one list, one after the other."""
    made = []
    for number, holder in enumerate(("Giàng A Một", "Giàng A Hai", "Giàng A Ba")):
        at = NOW + timedelta(days=number)
        copy = handed(place, nurse, at=at, seed=bytes([number]) * 16, holder=holder,
                      office=Holder.HEALTH_WORKER)  # fmt: skip
        made.append(copy)
        if number < 2:
            close(copy, RETURNED, by=nurse, at=at)
    return made


@pytest.fixture
def auditor(client, place):
    who = on_duty("kiem.tra", Role.AUDITOR, place.unit)
    client.force_login(who)
    return client


def lines_of(copy):
    return list(copy.lines.all())


def typed(copy, first, count, *, marks=False):
    lines = lines_of(copy)
    every = marks_of(bytes(copy.seed), len(lines))
    return "\n".join(
        f"{lines[at].name} {every[at].space} {every[at].place}" if marks else lines[at].name
        for at in range(first, first + count)
    )


def test_rows_in_their_order_lead_to_their_copy_and_its_holder(auditor, copies):
    said = text(auditor.post(PAGE, {"rows": typed(copies[1], 4, 8, marks=True)}))
    assert f"Bản {copies[1].serial} chắc" in said
    assert "Giàng A Hai" in said
    assert "8 dòng, từ dòng số 5" in said
    assert "khớp 16 trên 16" in said
    assert "2 bản khác có đủ những người này" in said
    assert copies[0].serial not in said
    assert copies[2].serial not in said


def test_the_page_and_the_log_name_nobody_but_those_who_were_typed(auditor, copies, nurse):
    answer = auditor.post(PAGE, {"rows": typed(copies[2], 0, 6)})
    shown = answer.content.decode().split('<form method="post" class="card">')[0]
    shown, lines = shown.replace(nurse.full_name, ""), lines_of(copies[2])
    assert copies[2].serial in shown
    assert not [line.name for line in lines if f"{line.name}<" in shown or f"{line.name} " in shown]
    look = Look.objects.latest("id")
    assert (look.right, look.purpose) == (Right.LOOKS, "outreach:trace")
    assert set(look.people) == {line.person for line in lines[:6]}


def test_whoever_guesses_learns_not_even_who_stands_on_a_list(auditor, copies, people):
    on_it = typed(copies[0], 0, 8).splitlines()
    guessed = "\n".join([on_it[at] for at in (7, 0, 6, 1, 5, 2, 4, 3)])
    nobody = "\n".join(f"Không Có Ai {letter}" for letter in "ABCDEFGH")
    answers = []
    for rows in (guessed, nobody):
        answer = auditor.post(PAGE, {"rows": rows})
        answers.append(text(answer).replace(" ".join(rows.split()), ""))
        assert Look.objects.latest("id").people == []
    assert answers[0] == answers[1]
    assert "Không bản nào có các dòng này" in answers[0]


def test_too_few_rows_and_what_cannot_be_read_are_said_beside_the_box(auditor, copies):
    assert "Cần ít nhất 5 dòng" in text(auditor.post(PAGE, {"rows": typed(copies[0], 0, 4)}))
    assert "Chưa đọc được dòng 2" in text(auditor.post(PAGE, {"rows": "Lò Thị A\nLò Thị B 9 9"}))


def test_it_is_for_the_auditor_of_the_area_alone(client, copies, place, nurse, head):
    rows = typed(copies[2], 0, 8, marks=True)
    client.force_login(on_duty("kiem.tra.khac", Role.AUDITOR, commune("03387")))
    assert "Không bản nào có các dòng này" in text(client.post(PAGE, {"rows": rows}))
    for user in (nurse, head, on_duty("chu.tich", Role.CHAIR, place.unit)):
        client.force_login(user)
        assert client.post(PAGE, {"rows": rows}).status_code == 403


@pytest.mark.parametrize("width", [1280, 360])
def test_the_page_is_for_everybody(auditor, copies, width):
    asked = auditor.get(PAGE).text
    found = auditor.post(PAGE, {"rows": typed(copies[1], 4, 8, marks=True)}).text
    with browser_page(width) as page:
        for html in (asked, found):
            show(page, html)
            assert violations(page) == []
