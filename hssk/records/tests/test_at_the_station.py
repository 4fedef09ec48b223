"""In a real browser: a visit by keyboard in few keys, on a wide screen and on a telephone."""

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.tests.test_coming_in import PASSWORD
from hssk.kit.tests.browser import browser_page, violations
from hssk.records.models import Entry
from tests.village import commune, on_duty, village

MOST_KEYS = 45  # of a whole visit, the search for the person apart


@pytest.fixture
def my(fresh_database):
    return village("03403 | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06")["Giàng Thị Mỷ"]


@pytest.fixture
def site(my, live_server):
    from django.db import connections

    on_duty("y.ta", role=Role.CLINICIAN, unit=commune("03403"), password=PASSWORD)
    yield live_server.url
    connections.close_all()


class Keys:
    """Types and counts: each sign is a key, and so are Tab and Enter."""

    def __init__(self, page):
        self.page, self.count = page, 0

    def type(self, text):
        self.page.keyboard.type(text)
        self.count += len(text)

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.count += 1


def come_in(page, site):
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", "y.ta")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_selector(".own-menu")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_visit_takes_few_keys_and_the_record_shows_it(site, my, width):
    with browser_page(width) as page:
        come_in(page, site)
        page.goto(f"{site}/find/")
        page.fill("[name=asked]", "my giang")
        page.keyboard.press("Enter")
        page.click("text=Giàng Thị Mỷ")
        page.click("text=Hồ sơ sức khỏe >> nth=-1")
        page.click("text=Ghi lần khám")
        page.wait_for_selector("[name=pressure]:focus")
        keys = Keys(page)
        keys.type("165/95")
        keys.press("Tab")
        keys.type("75")
        keys.press("Tab", "Tab", "Tab")
        keys.type("62")
        keys.press("Tab", "Tab", "Tab", "Tab")
        keys.type("cao huyet")
        keys.press("Enter")
        page.wait_for_selector("[name=medicines]:focus")
        keys.type("Amlodipin 5mg")
        assert violations(page) == []
        keys.press("Control+Enter")
        page.wait_for_selector(".timeline")
        assert keys.count <= MOST_KEYS
        text = page.inner_text("main")
        for word in ("Bệnh lý tăng huyết áp", "Amlodipin 5mg", "165", "62"):
            assert word in text
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
    assert Entry.objects.get(kind="Encounter").on == timezone.localdate()
