"""Coming in: nobody passes without a password, and the local operator never on the web."""

import pytest
from django.contrib.auth import get_user_model

from hssk.kit.tests.browser import browser_page, show, violations

PASSWORD = "mot cau ngan de nho"


@pytest.fixture
def nurse(db):
    return get_user_model().objects.create_user("lo.thi.bia", password=PASSWORD)


def sign_in(client, name="lo.thi.bia", password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": name, "password": password, **more})


def test_a_stranger_is_led_to_the_login_page_and_then_where_they_meant_to_go(client, nurse):
    answer = client.get("/help/")
    assert answer.url == "/accounts/login/?next=/help/"
    assert sign_in(client, next="/help/").url == "/help/"


def test_next_never_leads_out_of_this_installation(client, nurse):
    assert sign_in(client, next="https://elsewhere.example/").url == "/"


@pytest.mark.parametrize(
    ("name", "password"), [("lo.thi.bia", "sai"), ("khong.ai", PASSWORD), ("lo.thi.bia", "")]
)
def test_a_wrong_login_stays_outside_and_is_told_what_to_do(client, nurse, name, password):
    answer = sign_in(client, name, password)
    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session
    assert 'role="alert"' in answer.text or "errorlist" in answer.text


def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(client, nurse):
    answers = [sign_in(client, name, "sai").context["form"] for name in ("lo.thi.bia", "khong.ai")]
    wrong_password, wrong_name = (list(form.non_field_errors()) for form in answers)
    assert wrong_password == wrong_name
    assert wrong_name


def test_the_local_operator_cannot_come_in_by_the_web(client, db):
    users = get_user_model().objects
    name = get_user_model().LOCAL_OPERATOR
    users.filter(username=name).delete()
    users.create_user(name, password=PASSWORD)
    assert sign_in(client, name).status_code == 200
    assert "_auth_user_id" not in client.session


def test_signing_out_needs_a_button_not_a_link(client, nurse):
    client.force_login(nurse)
    assert client.get("/accounts/logout/").status_code == 405
    assert client.post("/accounts/logout/").url == "/accounts/login/"
    assert "_auth_user_id" not in client.session


def test_a_new_password_replaces_the_old_one(client, nurse):
    client.force_login(nurse)
    new = "chin con trau bac"
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    page = client.post("/accounts/password/", fields, follow=True)
    assert "Đã đổi mật khẩu" in page.text
    nurse.refresh_from_db()
    assert nurse.check_password(new)


def test_the_old_password_is_asked_for(client, nurse):
    client.force_login(nurse)
    new = "chin con trau bac"
    fields = {"old_password": "sai", "new_password1": new, "new_password2": new}
    assert "Mật khẩu đang dùng chưa đúng" in client.post("/accounts/password/", fields).text


def test_pages_are_vietnamese_until_the_reader_chooses(client, db, compiled_messages):
    english_browser = {"HTTP_ACCEPT_LANGUAGE": "en-US"}
    assert "Đăng nhập" in client.get("/accounts/login/", **english_browser).text
    client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    assert "Sign in" in client.get("/accounts/login/").text


def test_a_page_that_is_not_there_says_so_in_vietnamese(client, nurse):
    client.force_login(nurse)
    answer = client.get("/khong-co/")
    assert answer.status_code == 404
    assert "Không có trang này" in answer.text


@pytest.mark.parametrize("width", [1280, 360])
@pytest.mark.parametrize("address", ["/accounts/login/", "/accounts/password/", "/help/"])
def test_axe_finds_nothing_on_the_account_pages(client, nurse, width, address):
    if "login" not in address:
        client.force_login(nurse)
    html = client.get(address).text
    with browser_page(width) as page:
        show(page, html)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
