"""In a real browser: what was typed outlives a broken line and a session that ended, for its own user."""

import pytest
from django.conf import settings
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.tests.test_coming_in import PASSWORD
from hssk.kit.tests.browser import browser_page, violations
from hssk.people.services import Event, open_care
from hssk.records.models import Entry
from hssk.records.tests.test_at_the_station import come_in
from tests.village import commune, on_duty, village


@pytest.fixture
def my(fresh_database):
    who = village("03403 | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06 sex=2")["Giàng Thị Mỷ"]
    nurse = on_duty("y.ta", role=Role.CLINICIAN, unit=commune("03403"), password=PASSWORD)
    on_duty("bac.si", role=Role.CLINICIAN, unit=commune("03403"), password=PASSWORD)
    open_care(who.pk, commune("03403"), Event.VISIT, at=timezone.now(), actor=nurse)
    return who


@pytest.fixture
def site(my, live_server):
    from django.db import connections

    yield live_server.url
    connections.close_all()


def sign_in(page, name="y.ta"):
    page.fill("[name=login]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    page.wait_for_selector(".own-menu")


def test_a_broken_line_loses_nothing_and_says_what_to_do(site, my):
    with browser_page(360) as page:
        come_in(page, site)
        page.goto(f"{site}/record/{my.pk}/new/")
        page.fill("[name=diagnosis]", "I10")
        page.context.set_offline(True)
        page.click("text=Ghi vào hồ sơ")
        page.wait_for_selector("[data-kind=broken]")
        assert "chưa ghi được" in page.inner_text(".kept")
        assert violations(page) == []
        assert not Entry.objects.exists()
        page.context.set_offline(False)
        page.click("text=Ghi vào hồ sơ")
        page.wait_for_selector(".timeline")
        assert "filed" not in page.url
        page.goto(f"{site}/record/{my.pk}/new/")
        assert page.input_value("[name=diagnosis]") == ""
    assert Entry.objects.filter(kind="Encounter").count() == 1


def test_a_session_that_ended_gives_back_what_was_typed(site, my):
    with browser_page(1280) as page:
        come_in(page, site)
        page.goto(f"{site}/record/{my.pk}/form/")
        page.fill("[name='allergies.medicine']", "penicilin")
        page.check("[name='risk_factors.smoking'][value=stopped]")
        page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        page.click("text=Ghi vào hồ sơ")
        page.wait_for_selector("[name=login]")
        sign_in(page)
        page.goto(f"{site}/record/{my.pk}/form/")
        page.wait_for_selector("[data-kind=back]")
        assert page.input_value("[name='allergies.medicine']") == "penicilin"
        assert page.is_checked("[name='risk_factors.smoking'][value=stopped]")
        page.click("text=Ghi vào hồ sơ")
        page.wait_for_selector(".beware")
    assert Entry.objects.filter(code="allergies.medicine").count() == 1


def test_what_one_typed_is_not_for_whoever_comes_next(site, my):
    with browser_page(1280) as page:
        come_in(page, site)
        page.goto(f"{site}/record/{my.pk}/form/")
        page.fill("[name='allergies.medicine']", "penicilin")
        page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
        page.goto(f"{site}/accounts/login/")
        sign_in(page, "bac.si")
        assert (
            page.evaluate(
                "Object.keys(sessionStorage).filter((one) => one.startsWith('hssk-keep')).length"
            )
            == 0
        )
        page.goto(f"{site}/record/{my.pk}/form/")
        assert page.input_value("[name='allergies.medicine']") == ""


def test_what_is_dropped_is_gone(site, my):
    with browser_page(1280) as page:
        come_in(page, site)
        page.goto(f"{site}/record/{my.pk}/form/")
        page.fill("[name='allergies.medicine']", "penicilin")
        page.reload()
        page.wait_for_selector("[data-kind=back]")
        page.click("text=Bỏ chữ đã gõ")
        page.wait_for_function("document.querySelector('.kept').hidden")
        assert page.input_value("[name='allergies.medicine']") == ""
