"""The story of a nurse who works the review queue by keyboard, on a desk and on a phone."""

import pytest

from hssk.exchange.models import LinkDecision, SourceRow
from hssk.exchange.services import reviewing
from hssk.exchange.tests.pairs import pairs
from hssk.kit.tests.browser import violations


@pytest.fixture
def asked(nurse):
    return pairs(["Lò Thị Mơ", "Vàng Thị Không", "Giàng Thị Bịa"], nurse)


def name_shown(page):
    return page.locator(".compare tbody tr").first.inner_text()


def test_the_queue_is_worked_by_keyboard(visit, asked):
    with visit() as page:
        page.goto(page.site + "/exchange/review/")
        assert "LÒ THỊ MƠ" in name_shown(page)
        assert "Cặp 1 trong 3" in page.inner_text("main")
        assert "Bản Tưởng Tượng" in page.inner_text("main")
        assert page.locator("mark").count() > 0
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        page.keyboard.press("j")
        page.wait_for_url(f"**/{asked[1].row_id}/")
        assert "VÀNG THỊ KHÔNG" in name_shown(page)
        page.keyboard.press("k")
        page.wait_for_url(f"**/{asked[0].row_id}/")
        page.keyboard.press("s")
        page.wait_for_url(f"**/{asked[1].row_id}/")
        page.keyboard.press("d")
        page.wait_for_url(f"**/{asked[2].row_id}/")
        assert "Bạn vừa quyết định" in page.inner_text("main")
        page.keyboard.press("u")
        page.wait_for_url(f"**/{asked[1].row_id}/")
        assert violations(page) == []
        page.keyboard.press("l")
        page.wait_for_url(f"**/{asked[2].row_id}/")
        said = dict(LinkDecision.objects.values_list("row_id", "decision"))
        assert [said[pair.row_id] for pair in asked] == ["same", "ask", "ask"]


def test_who_comes_second_sees_the_next_pair_and_a_calm_word(visit, asked, nurse):
    with visit() as page:
        page.goto(f"{page.site}/exchange/review/{asked[0].row_id}/")
        reviewing.decide(asked[0].row_id, "same", actor=nurse)
        page.click("[data-key=d]")
        page.wait_for_url(f"**/{asked[1].row_id}/")
        assert "đã có người quyết định" in page.inner_text("main")


def test_an_empty_queue_says_so(visit):
    with visit() as page:
        page.goto(page.site + "/exchange/review/")
        assert "Không còn gì phải xem lại" in page.inner_text("main")
        assert violations(page) == []


def test_a_long_number_makes_no_page_wider_than_a_phone(visit, asked):
    for key in (asked[0].row_id, asked[0].against):
        row = SourceRow.objects.get(pk=key)
        row.facts["card"] = "HN2122600537071"
        row.save()
    with visit() as page:
        page.set_viewport_size({"width": 360, "height": 740})
        page.goto(f"{page.site}/exchange/review/{asked[0].row_id}/")
        assert "HN2122600537071" in page.inner_text("main .compared")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
