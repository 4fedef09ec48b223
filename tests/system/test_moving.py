"""The story of a move: a nurse proposes, the other commune lets go, the ledger follows."""

from contextlib import contextmanager

import pytest
from django.db import connections

from hssk.access.rights import Role
from hssk.coverage.services import figures, settle
from hssk.kit.tests.browser import CHROMIUM, browser_page, violations
from hssk.people.models import Move
from hssk.people.tests.moving import APRIL, NEW, NUMBER, OLD, somebody, unit
from tests.system.conftest import PASSWORD
from tests.village import hamlet, on_duty


@pytest.fixture
def people(fresh_database):
    hamlet(NEW, "Bản Mới")
    on_duty("y.ta", Role.CLINICIAN, unit(NEW), password=PASSWORD, full_name="Lò Thị Y Tá")
    on_duty("can.bo", Role.CLERK, unit(OLD), password=PASSWORD, full_name="Giàng A Cán Bộ")
    return somebody()


@contextmanager
def signed_in(live_server, name, width):
    if not CHROMIUM:
        pytest.skip("needs chromium: apt-get install chromium")
    with browser_page(width) as page:
        page.goto(f"{live_server.url}/accounts/login/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", PASSWORD)
        page.click("main button")
        page.site = live_server.url
        try:
            yield page
        finally:
            connections.close_all()  # beside Playwright's loop Django keeps connections apart


def expected(code):
    settle()
    return figures(code, APRIL).counts.expected


def fits(page):
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_nurse_asks_proposes_and_the_other_commune_lets_go(live_server, people, width):
    assert (expected(OLD), expected(NEW)) == (1, 0)
    with signed_in(live_server, "y.ta", width) as page:
        page.goto(page.site + "/moves/")
        page.click("text=Đề nghị người chuyển đến")
        page.fill("[name=name]", "lò thị mơ")
        page.fill("[name=birth]", "5/3/1990")
        page.fill("[name=number]", NUMBER[1:])
        page.click("[value=ask]")
        assert "Người này đã có hồ sơ ở nơi khác" in page.inner_text("main")
        assert "Bản Cũ" not in page.inner_text("body")
        assert NUMBER[1:] not in page.url
        assert violations(page) == []
        assert fits(page)
        page.select_option("[name=sex]", "2")
        page.select_option("[name=hamlet]", label="Bản Mới")
        page.fill("[name=since]", "2024-04-01")
        page.click("[value=propose]")
        assert "chờ trả lời" in page.inner_text("main")
        assert fits(page)
    with signed_in(live_server, "can.bo", width) as page:
        page.goto(page.site + "/moves/leaving/")
        assert "1 người chờ bạn trả lời" in page.inner_text("main")
        assert "Lò Thị Y Tá" in page.inner_text("main")
        assert fits(page)
        page.click("[value=accept]")
        assert "Đã đồng ý cho người này chuyển đến Phường Tân Phong" in page.inner_text("main")
        assert violations(page) == []
    assert (expected(OLD), expected(NEW)) == (0, 1)
    with signed_in(live_server, "y.ta", width) as page:
        page.goto(
            f"{page.site}/coverage/hamlet/{Move.objects.get().hamlet_id}/list/expected/?on={APRIL}"
        )
        assert "Lò Thị Mơ" in page.content()
