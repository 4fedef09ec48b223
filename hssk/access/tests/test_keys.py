"""Security keys: added and used in a real browser with a key of its own, and off where they cannot be."""

from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator

from hssk.access.tests.test_at_the_screen import site  # noqa: F401
from hssk.access.tests.test_coming_in import PASSWORD
from hssk.kit.tests.browser import browser_page, show, violations
from tests.village import on_duty


def with_a_key(page):
    """Give the browser a key that is always at hand and whose owner always agrees."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    made = session.send(
        "WebAuthn.addVirtualAuthenticator",
        {"options": {"protocol": "ctap2", "transport": "usb", "hasResidentKey": True,
                     "hasUserVerification": True, "isUserVerified": True,
                     "automaticPresenceSimulation": True}},
    )  # fmt: skip
    return session, made["authenticatorId"]


def press(page, button, to, *, named=""):
    """Press what asks for the key, once the page has loaded and listens. The key of a browser that
    has other pages besides now and then does not answer: a person begins again, and so do we."""
    from playwright.sync_api import TimeoutError as TooLate

    for left in (2, 1, 0):
        if named:
            page.fill("[name=name]", named)
        page.wait_for_load_state()
        page.click(button)
        try:
            return page.wait_for_url(to, timeout=10_000)
        except TooLate:
            if not left:
                raise
        page.reload()


def sign_in(page, site):  # noqa: F811
    page.goto(f"{site}/accounts/login/")
    page.fill("[name=login]", "lo.thi.bia")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")


def test_a_key_is_added_and_is_then_the_second_step(site):  # noqa: F811
    site = site.replace("127.0.0.1", "localhost")
    with browser_page() as page:
        page.goto(f"{site}/accounts/login/")  # a key belongs to the process of the site's pages
        session, key = with_a_key(page)
        sign_in(page, site)
        page.goto(f"{site}/accounts/second/key/on/")
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")
        press(page, "#add-key", "**/second/codes/", named="Khoá của Bịa")
        assert Authenticator.objects.filter(type="webauthn").count() == 1
        page.goto(f"{site}/accounts/second/")
        assert "Khoá của Bịa" in page.inner_text("main")
        page.context.clear_cookies()
        sign_in(page, site)
        page.wait_for_url("**/second/code/")
        assert "/help/" not in page.request.get(f"{site}/help/").url
        page.reload()
        press(page, "#use-key", lambda url: "/second/code/" not in url)
        page.wait_for_selector(".own-menu")
        page.context.clear_cookies()
        sign_in(page, site)
        page.wait_for_url("**/second/code/")
        session.send("WebAuthn.clearCredentials", {"authenticatorId": key})
        page.click("#use-key")
        page.wait_for_selector("text=Chưa đọc được khoá")
        assert "/second/code/" in page.url


@pytest.mark.parametrize(
    ("host", "secure", "said"),
    [
        ("localhost", False, None),
        ("127.0.0.1", False, "địa chỉ số"),
        ("127.0.0.1", True, "địa chỉ số"),
        ("tram.lan", False, "chưa mã hoá (TLS)"),
        ("tram.lan", True, None),
    ],
)
def test_a_page_says_why_keys_are_off(client, db, settings, host, secure, said):
    settings.ALLOWED_HOSTS = ["*"]
    client.force_login(on_duty("lo.thi.bia", password=PASSWORD))
    page = client.get("/accounts/second/", headers={"host": host}, secure=secure)
    assert (said in page.text) if said else ("Thêm khoá bảo mật" in page.text)
    policy = page.headers["Permissions-Policy"]
    assert "camera=()" in policy  # whatever the line: it is no page that reads cards
    assert ("credentials-get=(self)" in policy) is (secure or host == "localhost")


@pytest.mark.parametrize(
    ("reach", "address"),
    [
        (((), False, 443), ". http://localhost:8000/</p>"),
        ((("192.168.1.10", "tram.lan"), True, 8443), ". https://tram.lan:8443/</p>"),
        ((("tram.lan",), True, 443), ". https://tram.lan/</p>"),
        ((("192.168.1.10",), True, 8443), "địa chỉ số.</p>"),
    ],
)
def test_a_page_opened_by_a_bare_address_says_where_keys_can_be_used(
    client, db, settings, reach, address
):
    names, tls, port = reach
    settings.ALLOWED_HOSTS = ["*"]
    settings.REACH = SimpleNamespace(names=names, tls=tls, port=port)
    client.force_login(on_duty("lo.thi.bia", password=PASSWORD))
    page = client.get("/accounts/second/", headers={"host": "192.168.1.10:8000"}, secure=tls)
    assert address in page.text


@pytest.mark.parametrize("width", [1280, 360])
def test_the_pages_of_keys_are_for_everybody(client, db, width):
    client.force_login(on_duty("lo.thi.bia", password=PASSWORD))
    away = "/accounts/second/key/on/"
    client.post("/accounts/again/", {"password": PASSWORD, "next": away})
    pages = [client.get(away, headers={"host": host}) for host in ("localhost", "127.0.0.1")]
    pages.append(client.get("/accounts/second/", headers={"host": "localhost"}))
    with browser_page(width) as page:
        for each in pages:
            assert each.status_code == 200
            show(page, each.text)
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width
