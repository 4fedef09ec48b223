"""In a real browser: the first record of somebody in few keys and ticks; its print on A4."""

import re

import pytest
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.tests.test_coming_in import PASSWORD
from hssk.kit.tests.browser import browser_page, violations
from hssk.people.services import Event, open_care
from hssk.records.models import Entry
from hssk.records.tests.test_at_the_station import Keys, come_in
from tests.village import commune, on_duty, village

MOST = 90  # keys and ticks of the whole form and the examination that belongs to it


@pytest.fixture
def my(fresh_database):
    who = village("03403 | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06 sex=2")["Giàng Thị Mỷ"]
    nurse = on_duty("y.ta", role=Role.CLINICIAN, unit=commune("03403"), password=PASSWORD)
    open_care(who.pk, commune("03403"), Event.VISIT, at=timezone.now(), actor=nurse)
    return who


@pytest.fixture
def site(my, live_server):
    from django.db import connections

    yield live_server.url
    connections.close_all()


class Hands(Keys):
    """Counts ticks too: each tap is one."""

    def tick(self, name, value=None):
        chosen = f"[name='{name}']" + (f"[value='{value}']" if value else "")
        self.page.check(chosen)
        self.count += 1

    def write(self, name, text):
        self.page.click(f"[name='{name}']")
        self.count += 1
        self.type(text)


def fill_the_form(hands):
    for name, value in (
        ("administrative.abo", "O"), ("birth.delivery", "vaginal"), ("risk_factors.smoking", "no"),
        ("risk_factors.alcohol", "no"), ("risk_factors.drugs", "no"),
        ("risk_factors.activity", "often"), ("risk_factors.toilet", "two_vault"),
    ):  # fmt: skip
        hands.tick(name, value)
    hands.write("allergies.medicine", "penicilin")
    hands.tick("own_illnesses.hypertension")
    hands.tick("disability.none")
    hands.tick("surgery.none")
    hands.write("family_history.hypertension", "bố")
    hands.write("reproductive.pregnancies", "3")
    hands.write("reproductive.births", "3")
    hands.write("reproductive.living", "3")
    hands.tick("immunisation.none")


def type_the_visit(keys):
    keys.type("145/90")
    keys.press("Tab")
    keys.type("75")
    keys.press("Tab", "Tab", "Tab")
    keys.type("62")
    keys.press("Tab")
    keys.type("155")
    keys.press("Tab", "Tab", "Tab")
    keys.type("cao huyet")
    keys.press("Enter")
    keys.page.wait_for_selector("[name=medicines]:focus")
    keys.press("Control+Enter")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_first_record_takes_few_keys_and_ticks(site, my, width):
    with browser_page(width) as page:
        come_in(page, site)
        page.goto(f"{site}/record/{my.pk}/new/")
        page.wait_for_selector("[name=pressure]:focus")
        hands = Hands(page)
        type_the_visit(hands)
        page.click("text=Khai hồ sơ")
        page.wait_for_selector("[data-history]")
        assert violations(page) == []
        fill_the_form(hands)
        hands.press("Control+Enter")
        page.wait_for_selector(".timeline")
        assert hands.count <= MOST
        text = page.inner_text("main")
        for word in ("penicilin", "Tăng huyết áp", "Đã hỏi, không có gì"):
            assert word in text
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
    parts = set(Entry.objects.current().values_list("section", flat=True))
    assert parts >= {"administrative", "birth", "risk_factors", "allergies", "own_illnesses", "disability",
                     "surgery", "family_history", "reproductive", "immunisation", "examinations"}  # fmt: skip


def test_nothing_leads_on_and_an_answer_takes_it_back(site, my):
    with browser_page(1280) as page:
        come_in(page, site)
        page.goto(f"{site}/record/{my.pk}/form/")
        page.focus("[name='allergies.none']")
        page.keyboard.press("Space")
        assert page.evaluate("document.activeElement.name") == "own_illnesses.none"
        page.fill("[name='allergies.food']", "tôm")
        assert not page.is_checked("[name='allergies.none']")
        page.focus("[name='allergies.food']")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.name") == "own_illnesses.none"


def test_the_record_prints_on_a4(site, my):
    with browser_page(1280) as page:
        come_in(page, site)
        page.goto(f"{site}/record/{my.pk}/paper/")
        assert violations(page) == []
        printed = page.pdf(prefer_css_page_size=True)
    pages = len(re.findall(rb"/Type\s*/Page\b", printed))
    assert 2 <= pages <= 4  # the form on paper has four
    size = re.search(rb"/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)", printed)
    assert [round(float(n)) for n in size.groups()] in ([595, 842], [596, 842])


def test_a_form_that_is_sent_back_says_so_and_leads_to_what_is_wrong(site, my):
    with browser_page(1280) as page:
        come_in(page, site)
        page.goto(f"{site}/record/{my.pk}/form/")
        page.fill("[name='reproductive.living']", "-3")
        page.keyboard.press("Control+Enter")
        page.wait_for_selector("[name='reproductive.living']:focus")
        alert = page.locator("form [role=alert]").first
        assert "Chưa xong: còn 1 ô cần xem lại." in alert.inner_text()
        assert alert.locator("a").get_attribute("href") == "#id_reproductive.living"
        assert violations(page) == []
