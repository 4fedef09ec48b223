"""Hamlets to tick: by commune, each with how many remain; narrowing loses nothing that was typed."""

import pytest
from django.urls import reverse
from django.utils import timezone

from hssk.access.rights import Role
from hssk.kit.tests.browser import browser_page, show, violations
from hssk.outreach.models import Session
from hssk.outreach.tests.closing import settle
from tests.village import hamlet, on_duty, village

NEW = "/sessions/new/"


@pytest.fixture
def page(client, db):
    settle()
    village("03387 | Tổ Một | Vàng A Pao | no\n03387 | Tổ Hai | Vàng A Pí | yes")
    client.force_login(on_duty("can.bo", Role.OFFICER))
    return client.get(NEW)


def shown(page):
    return {
        group.name: [box.name for box in group.boxes] for group in page.context["pick"]["groups"]
    }


def test_hamlets_stand_by_commune_with_how_many_remain_and_communes_are_closed(page):
    groups = page.context["pick"]["groups"]
    assert sorted(len(group.boxes) for group in groups) == [2, 4]
    assert not any(group.is_open for group in groups)
    left = {box.name: box.left for group in groups for box in group.boxes}
    assert left == {
        "Bản Con": 10,
        "Bản Hai": 20,
        "Bản Một": 30,
        "Bản Nhỏ": 6,
        "Tổ Hai": 0,
        "Tổ Một": 1,
    }


def test_narrowing_by_name_without_marks_keeps_what_is_ticked_and_typed(client, page):
    chosen = hamlet("03403", "Bản Nhỏ")
    sent = {
        "find": "ban mot",
        "look": "1",
        "hamlets": [chosen.pk],
        "place": "Nhà văn hóa",
        "on": "hôm nào",
    }
    again = client.post(NEW, sent)
    [names] = shown(again).values()
    assert names == ["Bản Một", "Bản Nhỏ"]
    assert 'value="Nhà văn hóa"' in again.text
    assert "errorlist" not in again.text  # nothing is judged before it is meant
    assert "Đã chọn 1 tổ, bản, còn 6" in again.text
    assert not Session.objects.exists()


def test_what_is_ticked_becomes_the_session(client, page):
    chosen = hamlet("03403", "Bản Một")
    sent = {"hamlets": [chosen.pk], "place": "Nhà văn hóa", "on": timezone.localdate().isoformat(),
            "begins": "7:30", "ends": "16:30", "staff": "Lò Thị Y Tá"}  # fmt: skip
    wrong = client.post(NEW, {**sent, "place": ""})
    assert [box.hamlet for box in wrong.context["pick"]["chosen"]] == [chosen.pk]
    made = client.post(NEW, sent)
    assert made["Location"] == reverse("plans:session", args=[Session.objects.get().pk])
    assert Session.objects.get().stops.get().remaining == 30


@pytest.mark.parametrize("width", [1280, 360])
def test_typing_narrows_at_once_and_ticking_is_told(page, width):
    with browser_page(width) as tab:
        show(tab, page.text)
        assert violations(tab) == []
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        tab.fill("#find", "to mot")
        tab.keyboard.press("Tab")  # over the button
        tab.keyboard.press("Tab")  # the commune
        tab.keyboard.press("Tab")
        tab.keyboard.press("Space")
        assert tab.locator("input[name=hamlets]:visible").count() == 1
        assert "Đã chọn 1 tổ, bản, còn 1 người" in tab.inner_text(".picked")
        tab.fill("#find", "")
        assert tab.locator(".pick details:visible").count() == 2
