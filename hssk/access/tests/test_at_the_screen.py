"""In a real browser on a running server: the screen clears itself, nobody's page comes back."""

import re
import time

import pytest
from django.test import Client

from hssk.access.tests.test_coming_in import PASSWORD, turned_on
from hssk.access.tests.test_shared_machine import CODE, OTHER
from hssk.kit.tests.browser import browser_page
from tests.village import on_duty


@pytest.fixture
def site(fresh_database, live_server):
    from django.db import connections

    from hssk.access.services import set_code

    nurse = on_duty("lo.thi.bia", password=PASSWORD, full_name="Lò Thị Bịa")
    doctor = on_duty("thao.a.ao", password=PASSWORD, full_name="Thào A Ảo")
    set_code(nurse, CODE)
    set_code(doctor, OTHER)
    yield live_server.url
    connections.close_all()


def enter(page, site, name, *, shared):
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.set_checked("[name=shared]", shared)
    page.click("main button")
    page.wait_for_selector(".own-menu")


def test_a_shared_screen_is_locked_and_the_next_comes_in_within_five_seconds(site, settings):
    with browser_page() as page:
        for name in ("lo.thi.bia", "thao.a.ao"):
            enter(page, site, name, shared=True)
            page.click(".lock button")
            page.wait_for_url("**/accounts/change/")
        started = time.monotonic()
        page.get_by_text("Lò Thị Bịa").click()
        page.keyboard.type(CODE)
        page.wait_for_selector(".own-menu")
        assert time.monotonic() - started < 5
        assert "Lò Thị Bịa" in page.inner_text(".own-menu summary")
        page.goto(f"{site}/accounts/here/")
        page.click(".lock button")
        page.wait_for_url("**/accounts/change/")
        page.get_by_text("Thào A Ảo").click()
        page.keyboard.type(OTHER)
        page.wait_for_selector(".own-menu")
        for _step in range(4):
            page.go_back()
            page.wait_for_load_state()
            menu = page.query_selector(".own-menu summary")
            assert menu is None or "Thào A Ảo" in menu.inner_text()


def test_the_screen_warns_clears_and_locks_when_nobody_touches_it(site, settings):
    settings.SITTING_SHARED_IDLE = 4
    with browser_page() as page:
        enter(page, site, "lo.thi.bia", shared=True)
        page.wait_for_selector(".leaving:not([hidden])")
        assert re.search(r"sắp khoá.*Còn [12] giây", page.inner_text(".leaving"), re.DOTALL)
        page.get_by_role("button", name="Tôi vẫn ở đây").dispatch_event("click")
        assert page.query_selector(".leaving[hidden]")
        page.wait_for_url("**/accounts/change/", timeout=15_000)
        page.goto(f"{site}/help/")
        assert "/accounts/login/" in page.url


def test_without_scripts_the_page_leaves_the_screen_all_the_same(site, settings):
    settings.SITTING_SHARED_IDLE = 1
    settings.SITTING_IDLE = 1
    with browser_page(scripts=False) as page:
        enter(page, site, "lo.thi.bia", shared=True)
        assert page.evaluate("1") == 1
        seconds = int(page.get_attribute("noscript meta[http-equiv=refresh]", "content"))
        assert seconds == 31


def test_a_second_factor_that_comes_or_goes_ends_the_other_sessions(site):
    from hssk.access.models import User

    client = Client()
    for change in ("on", "off"):
        other = Client()
        other.force_login(User.objects.get(username="lo.thi.bia"))
        assert other.get("/help/").status_code == 200
        if change == "on":
            client.post("/accounts/login/", {"login": "lo.thi.bia", "password": PASSWORD})
            turned_on(client)
        else:
            client.post("/accounts/second/off/")
        assert client.get("/help/").status_code == 200
        assert other.get("/help/").status_code == 302, change
