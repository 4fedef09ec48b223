"""Software of a facility sends claims: a token, files, receipts; and reads back nothing else."""

import base64
import hashlib
import json
from datetime import timedelta

import psycopg
import pytest
from django.db import OperationalError, connection
from django.test import Client
from django.urls import get_resolver
from django.utils import timezone

from hssk.access.errors import NotYours
from hssk.access.models import Look, Post, Sender, SenderToken, User
from hssk.access.policy import policy_of
from hssk.access.rights import Role
from hssk.access.services import access_of, appoint, end_gateway, may_let_in, open_gateway
from hssk.exchange.models import Batch, Claim, Receipt
from hssk.exchange.services import gateway, importing, undoing, working
from hssk.exchange.services.keeping import kept_file
from hssk.exchange.tests.claims import visit, write_claims
from hssk.exchange.tests.pipeline import somebody
from hssk.places.models import Facility
from hssk.places.services import unit_on
from hssk.records.models import Entry
from tests.village import on_duty

pytestmark = pytest.mark.django_db
TAKE, SEND, STATUS = (
    "/api/auth/token/take",
    "/api/kcb/xml/qd3176/guiHoSoXml",
    "/api/kcb/tra-cuu-trang-thai",
)
SON = {"name": "Lò Văn Sơn", "birth": "195803050000", "SO_CCCD": "012058000001"}


@pytest.fixture(autouse=True)
def no_workers(monkeypatch):
    """Workers are started by nobody here: tests bring files in themselves."""
    monkeypatch.setattr(working, "start", lambda *_: None)


def operator():
    return access_of(User.objects.get(username=User.LOCAL_OPERATOR), timezone.localdate())


def account(code="12001", unit="12"):
    """An account for the software of a facility, made by the operator: it and its password."""
    facility = Facility.objects.get_or_create(code=code, defaults={"name": f"Cơ sở {code}"})[0]
    day = timezone.localdate()
    return open_gateway(facility, unit=unit_on(unit, day), giver=operator(), at=timezone.now())


@pytest.fixture
def software():
    return Software(*account())


class Software:
    """A facility's software: it signs in, sends, asks."""

    def __init__(self, sender, password):
        self.sender, self.password = sender, password
        self.client = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
        self.token = self.take(password).json()["access_token"]

    def take(self, password, **more):
        said = {"username": self.sender.user.username, "password": password}
        return self.client.post(TAKE, json.dumps(said), "application/json", **more)

    def ask(self, path, said=None, *, get=False, **more):
        headers = {"authorization": f"Bearer {self.token}"}
        if get:
            return self.client.get(path, headers=headers, **more)
        body = said if isinstance(said, bytes) else json.dumps(said)
        return self.client.post(path, body, "application/json", headers=headers, **more)

    def send(self, *files, **more):
        packed = [one if isinstance(one, str) else base64.b64encode(one).decode() for one in files]
        said = {"loaiHoSo": "3176", "maTinh": "12", "maCSKCB": self.sender.facility.code}
        return self.ask(SEND, {**said, "files": packed, **more})

    def status(self, code):
        return self.ask(f"{STATUS}?maGiaoDich={code}", get=True)


def file_of(tmp_path, *visits, facility="12001"):
    return write_claims(tmp_path / "hoso.xml", list(visits), facility).read_bytes()


@pytest.fixture
def content(tmp_path):
    return file_of(tmp_path, visit("LK1", **SON), visit("LK2", "Người Lạ", "199001010000"))


# the token


def test_a_password_gives_a_token_for_an_hour_and_no_cookie(software):
    answer = software.take(software.password)
    said = answer.json()
    assert answer.status_code == 200
    assert (said["maKetQua"], said["token_type"], said["expires_in"]) == ("200", "Bearer", 3600)
    assert not answer.cookies
    assert "no-store" in answer["Cache-Control"]
    digest = hashlib.sha256(said["access_token"].encode()).hexdigest()
    assert SenderToken.objects.filter(digest=digest).exists()
    assert said["access_token"] not in str(list(SenderToken.objects.values()))
    assert Look.objects.filter(actor=software.sender.user, act="in").exists()


@pytest.mark.parametrize("upper", [True, False])
def test_the_password_may_come_as_its_md5_and_in_a_form(software, upper):
    sent = hashlib.md5(software.password.encode()).hexdigest()
    sent = sent.upper() if upper else sent
    name = software.sender.user.username
    answer = software.client.post("/api/token", {"username": name, "password": sent})
    assert answer.status_code == 200
    assert answer.json()["username"] == name


def test_a_wrong_password_and_a_name_that_nobody_has_get_one_answer(software):
    wrong = software.take("abcd-abcd-abcd-abcd")
    nobody = software.client.post(
        TAKE, json.dumps({"username": "cong-99999", "password": "x"}), "application/json"
    )
    assert wrong.status_code == nobody.status_code == 401
    assert wrong.content == nobody.content


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b'{"username": 1, "password": 2}', b'{"username": "a"}',
     b'{"username": "a\\u0000b", "password": "x"}', b"\xff\xfe", b"[" * 5000,
     b'{"username": "' + b"a" * 20_000 + b'"}'],
)  # fmt: skip
def test_what_names_nobody_is_told_what_to_send(client, body):
    answer = client.post(TAKE, body, "application/json")
    assert answer.status_code == 400
    assert "username" in answer.json()["thongDiep"]


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("multipart/form-data", b"--x"),
        ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data"),
        ("application/x-www-form-urlencoded", b"&".join(b"a%d=1" % n for n in range(1000)) * 2),
        ("application/x-www-form-urlencoded; charset=x", b"username=a&password=%ff%fe"),
        ("text/plain", b"username=a&password=b"),
    ],
)
def test_a_form_that_is_none_is_told_what_to_send(client, kind, body):
    answer = client.generic("POST", TAKE, body, kind)
    assert answer.status_code in (400, 401)
    assert answer.json()["maKetQua"] == str(answer.status_code)


def test_five_wrong_passwords_shut_a_name_for_that_address_alone(software):
    for _ in range(5):
        assert software.take("sai").status_code == 401
    shut = software.take(software.password)
    assert shut.status_code == 429
    assert 0 < int(shut["Retry-After"]) <= 300
    assert shut["Retry-After"] in shut.json()["thongDiep"]
    assert software.take(software.password, REMOTE_ADDR="10.0.0.9").status_code == 200


def test_the_password_of_an_account_opens_no_page(software, client):
    assert not software.sender.user.has_usable_password()
    client.post("/accounts/login/", {"login": software.sender.user.username,
                                     "password": software.password})  # fmt: skip
    assert "_auth_user_id" not in client.session


def test_an_account_that_nobody_uses_sleeps_until_it_gets_a_new_password(software):
    User.objects.filter(pk=software.sender.user_id).update(
        last_login=timezone.now() - timedelta(days=46), woken_on=None
    )
    assert software.take(software.password).status_code == 401
    assert Software(*account()).token


# files


def test_a_file_goes_the_way_of_all_files_and_its_receipt_tells_what_became_of_it(
    software, content
):
    said = software.send(content).json()
    assert (said["maKetQua"], said["totalSuccess"], said["totalFailed"]) == ("200", 1, 0)
    (result,) = said["fileResults"]
    batch = Batch.objects.get()
    assert (batch.kind, batch.actor, batch.state) == ("claims", software.sender.user, "waiting")
    assert batch.area == [software.sender.post.unit_id]
    assert kept_file(batch.digest).read_bytes() == content
    waits = software.status(result["maGiaoDich"]).json()
    assert (waits["trangThai"], waits["soHoSo"]) == (gateway.WAITS, None)
    importing.work(batch)
    done = software.status(result["maGiaoDich"]).json()
    assert (done["trangThai"], done["soHoSo"], done["soNhan"], done["soLoi"]) == (1, 2, 2, 0)
    assert Entry.objects.exists()
    undoing.undo(batch, actor=somebody())
    assert software.status(result["maGiaoDich"]).json()["trangThai"] == gateway.UNDONE


def test_the_same_file_again_gets_the_same_receipt_and_adds_nothing(software, content):
    first = software.send(content).json()
    importing.work(Batch.objects.get())
    before = Entry.objects.count()
    again = software.send(content).json()
    assert again["fileResults"][0]["maGiaoDich"] == first["fileResults"][0]["maGiaoDich"]
    assert again["batchId"] == first["batchId"]
    assert Receipt.objects.count() == Batch.objects.count() == 1
    assert Entry.objects.count() == before


def test_a_file_that_was_taken_back_comes_in_anew_by_the_same_bytes(software, content):
    first = software.send(content).json()["fileResults"][0]["maGiaoDich"]
    batch = Batch.objects.get()
    importing.work(batch)
    undoing.undo(batch, actor=somebody())
    again = software.send(content).json()["fileResults"][0]
    assert again["maGiaoDich"] != first
    assert again["trangThai"] == gateway.WAITS
    importing.work(Batch.objects.get(state=Batch.WAITING))
    assert software.status(again["maGiaoDich"]).json()["trangThai"] == gateway.DONE
    assert software.status(first).json()["trangThai"] == gateway.UNDONE
    assert software.send(content).json()["fileResults"][0]["maGiaoDich"] == again["maGiaoDich"]
    assert Receipt.objects.count() == 2
    assert Entry.objects.exists()


def test_codes_in_small_letters_are_the_same_facility(tmp_path):
    software = Software(*account("12S01"))
    sent = file_of(tmp_path, visit("LK1", **SON, MA_CSKCB="12s01"), facility="12s01")
    assert software.send(sent, maCSKCB="12s01").json()["totalSuccess"] == 1
    importing.work(Batch.objects.get())
    assert set(Entry.objects.values_list("facility", flat=True)) == {"12S01"}
    assert set(Claim.objects.values_list("facility", flat=True)) == {"12S01"}
    assert not Batch.objects.get().rows.exclude(problems=None).filter(accepted=False).exists()
    before = set(Entry.objects.values_list("entry", flat=True))
    other = file_of(tmp_path, visit("LK1", **SON, MA_CSKCB="12S01"), facility="12S01")
    software.send(other)
    importing.work(Batch.objects.get(state=Batch.WAITING))
    assert set(Entry.objects.values_list("entry", flat=True)) == before  # the same visit


def test_a_file_twice_in_one_request_has_one_receipt(software, content):
    codes = {one["maGiaoDich"] for one in software.send(content, content).json()["fileResults"]}
    assert len(codes) == 1


def test_a_receipt_of_somebody_else_is_as_one_that_is_not(software, content):
    code = software.send(content).json()["fileResults"][0]["maGiaoDich"]
    other = Software(*account("12002"))
    theirs, nobodys = other.status(code), other.status("a" * 24)
    assert theirs.status_code == nobodys.status_code == 404
    assert theirs.content == nobodys.content
    asked = other.ask(STATUS, {"maGiaoDich": code})
    assert asked.content == theirs.content


def test_a_receipt_may_be_asked_for_in_json(software, content):
    code = software.send(content).json()["fileResults"][0]["maGiaoDich"]
    assert software.ask(STATUS, {"maGiaoDich": code}).json()["maGiaoDich"] == code


@pytest.mark.parametrize("code", [None, 7, ["a"], "%00", "' OR 1=1", "é" * 24])
def test_a_code_that_is_none_is_not_there(software, code):
    assert software.ask(STATUS, {"maGiaoDich": code}).status_code == 404


def test_a_byte_order_mark_and_line_breaks_before_and_in_base64_are_passed_over(software, content):
    packed = base64.encodebytes(content).decode()
    body = json.dumps({"files": ["\ufeff" + packed]}).encode("utf-8-sig")
    assert software.ask(SEND, body).json()["totalSuccess"] == 1


def test_a_file_of_another_facility_is_refused_with_the_number_of_the_claim(software, tmp_path):
    mine, others = visit("LK1", **SON), visit("LK2", **SON, MA_CSKCB="12777")
    answer = software.send(file_of(tmp_path, mine, others))
    said = answer.json()
    assert (answer.status_code, said["totalFailed"]) == (400, 1)
    assert "Hồ sơ thứ 2" in said["fileResults"][0]["maLoi"]
    assert "12777" in said["fileResults"][0]["maLoi"]
    enveloped = software.send(file_of(tmp_path, mine, facility="12777")).json()
    assert "Hồ sơ thứ 1" in enveloped["fileResults"][0]["maLoi"]
    assert software.send(b"", maCSKCB="12777").status_code == 403
    assert not Batch.objects.exists()


def test_a_name_in_the_place_of_a_code_is_not_repeated(software, tmp_path):
    one = visit("LK1", **SON, MA_CSKCB="Lò Văn Sơn")
    said = software.send(file_of(tmp_path, one)).text
    assert "Sơn" not in said
    assert "…" in said


def test_one_bad_file_keeps_no_good_one_out(software, content):
    said = software.send(b"<html/>", content, "!!", b"").json()
    assert (said["totalSuccess"], said["totalFailed"]) == (1, 3)
    assert [bool(one["maGiaoDich"]) for one in said["fileResults"]] == [False, True, False, False]
    assert "base64" in said["fileResults"][2]["maLoi"]
    assert all("Traceback" not in str(one) for one in said["fileResults"])


def test_claims_that_cannot_be_read_are_named_by_number(software, tmp_path):
    good = file_of(tmp_path, visit("LK1", **SON), visit("LK2", **SON)).decode()
    last = good.rindex("<NOIDUNGFILE>") + len("<NOIDUNGFILE>")
    said = software.send((good[:last] + "!!!" + good[last + 3 :]).encode()).json()
    (result,) = said["fileResults"]
    assert [(one["hoSo"], one["maLoi"]) for one in result["hoSoLoi"]] == [(2, "base64")]
    importing.work(Batch.objects.get())
    told = software.status(result["maGiaoDich"]).json()
    assert (told["soNhan"], told["soLoi"]) == (1, 1)
    assert told["hoSoLoi"] == result["hoSoLoi"]
    assert "Sơn" not in str(told)


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (b"", 411), (b"[1]", 400), ({}, 400), ({"files": []}, 400), ({"files": "x"}, 400),
        ({"files": [None]}, 400), ({"files": ["x"] * 51}, 413),
        ({"files": ["x"], "loaiHoSo": "999"}, 400), ({"files": ["x"], "maCSKCB": 5}, 403),
    ],
)  # fmt: skip
def test_what_is_no_request_is_answered_in_the_same_shape(software, said, status):
    answer = software.ask(SEND, said)
    assert answer.status_code == status
    assert answer.json().keys() >= {"maKetQua", "thongDiep", "batchId", "totalSuccess",
                                    "totalFailed", "fileResults"}  # fmt: skip
    assert answer.json()["maKetQua"] == str(status)


def test_what_is_too_large_is_told_how_large_it_may_be(software, settings):
    settings.GATEWAY_LARGEST = 1 << 20
    answer = software.send("A" * (1 << 20))
    assert answer.status_code == 413
    assert "1 MB" in answer.json()["thongDiep"]


def test_what_would_keep_others_waiting_is_sent_again_another_time(software, content, monkeypatch):
    monkeypatch.setattr("hssk.exchange.views.gateway.PATIENCE", 0)
    said = software.send(content).json()
    assert (said["totalSuccess"], said["totalFailed"]) == (0, 1)
    assert "Hãy gửi lại tệp ấy" in said["fileResults"][0]["maLoi"]


def test_one_delivery_is_looked_at_at_a_time_and_the_other_is_told_when_to_come_again(
    software, content
):
    settings = connection.settings_dict
    other = psycopg.connect(
        host=settings["HOST"], port=settings["PORT"], dbname=settings["NAME"],
        user=settings["USER"], password=settings["PASSWORD"],
    )  # fmt: skip
    try:
        other.execute("SELECT pg_advisory_xact_lock(%s)", [gateway._LOOKING])
        busy = software.send(content)
        assert (busy.status_code, busy.headers["Retry-After"]) == (429, "10")
        assert not Receipt.objects.exists()
        other.rollback()
    finally:
        other.close()
    assert software.send(content).json()["totalSuccess"] == 1


def test_a_hostile_file_is_refused_and_costs_no_more_than_its_child(software):
    bomb = b'<!DOCTYPE a [<!ENTITY a "aaaa">]><GIAMDINHHS>&a;</GIAMDINHHS>'
    said = software.send(bomb).json()
    assert "DOCTYPE" in said["fileResults"][0]["maLoi"]


def test_a_file_whose_worker_failed_is_tried_again(software, content):
    code = software.send(content).json()["fileResults"][0]["maGiaoDich"]
    trouble = {"message": "Tệp hỏng.", "advice": "Gửi lại.", "params": {}}
    Batch.objects.update(state=Batch.FAILED, trouble=trouble)
    told = software.status(code).json()
    assert (told["trangThai"], told["thongDiep"]) == (gateway.FAILED, "Tệp hỏng. Gửi lại.")
    software.send(content)
    assert Batch.objects.get().state == Batch.WAITING


# who comes in


def test_without_a_token_nobody_comes_in_whatever_session_they_have(content):
    client = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True)
    client.force_login(on_duty("lo.thi.bia"))
    for path in (SEND, STATUS):
        for token in ("", "Bearer", "Bearer x", "Basic eDp5"):
            answer = client.post(path, "{}", "application/json", headers={"authorization": token})
            assert answer.status_code == 401
            assert answer["WWW-Authenticate"] == "Bearer"
            assert not answer.cookies


def over(software):
    SenderToken.objects.update(until=timezone.now())


def ended(software):
    end_gateway(software.sender, giver=operator(), at=timezone.now())


def without_post(software):
    Post.objects.filter(pk=software.sender.post_id).update(until=timezone.localdate())


def asleep(software):
    User.objects.filter(pk=software.sender.user_id).update(is_active=False)


def changed(software):
    account()


@pytest.mark.parametrize("end", [over, ended, without_post, asleep, changed])
def test_a_token_ends_with_its_time_its_account_its_post_and_its_password(software, content, end):
    code = software.send(content).json()["fileResults"][0]["maGiaoDich"]
    assert software.status(code).status_code == 200
    end(software)
    assert software.status(code).status_code == 401
    if end is not over:
        assert software.take(software.password).status_code == 401


def test_who_asks_too_often_is_told_when_to_ask_again(software, settings):
    settings.GATEWAY_LIMITS = settings.GATEWAY_LIMITS | {"account": (2, 60)}
    other = Software(*account("12002"))
    answers = [software.status("x").status_code for _ in range(3)]
    assert answers == [404, 404, 429]
    assert software.status("x")["Retry-After"]
    assert other.status("x").status_code == 404
    settings.GATEWAY_LIMITS = settings.GATEWAY_LIMITS | {"address": (0, 60)}
    assert other.status("x").status_code == 429


@pytest.mark.parametrize(("path", "allowed"), [(TAKE, "POST"), (SEND, "POST")])
def test_another_method_is_told_which_it_is(software, path, allowed):
    answer = software.ask(path, get=True)
    assert (answer.status_code, answer["Allow"]) == (405, allowed)


def test_no_other_address_takes_a_post_without_the_token_of_its_page():
    def exempt(resolver):
        for one in resolver.url_patterns:
            if hasattr(one, "url_patterns"):
                yield from exempt(one)
            elif getattr(one.callback, "csrf_exempt", False):
                yield one.name, policy_of(one.callback)

    found = list(exempt(get_resolver()))
    assert {name for name, _policy in found} == {"token", "token_form", "status"} | {
        f"send_{edition}" for edition in ("130", "4750", "3176", "1931")
    }
    assert all(policy.by_token or policy.strangers for _name, policy in found)


def test_software_gets_no_password_for_pages_and_no_post_but_to_send(software):
    user, unit = software.sender.user, software.sender.post.unit
    assert not may_let_in(operator(), user)
    with pytest.raises(NotYours, match="phần mềm"):
        appoint(user.username, "", Role.OFFICER, unit, giver=operator())
    ended(software)
    with pytest.raises(NotYours):
        appoint(user.username, "", Role.INTEGRATOR, unit, giver=operator())
    user.refresh_from_db()
    assert not user.has_usable_password()


def test_an_officer_makes_no_such_account_and_an_administrator_does():
    day, unit = timezone.localdate(), unit_on("12", timezone.localdate())
    facility = Facility.objects.create(code="12003", name="Bệnh viện")
    officer = access_of(on_duty("can.bo", unit=unit), day)
    with pytest.raises(NotYours):
        open_gateway(facility, unit=unit, giver=officer, at=timezone.now())
    assert not Sender.objects.exists()
    admin = access_of(on_duty("quan.tri", role=Role.ADMINISTRATOR), day)
    sender, _password = open_gateway(facility, unit=unit, giver=admin, at=timezone.now())
    assert sender.post.granted_by.username == "quan.tri"


@pytest.mark.parametrize(
    ("error", "status"), [(RuntimeError("secret"), 500), (OperationalError("secret"), 503)]
)
def test_our_own_fault_is_told_in_the_same_shape_and_tells_nothing(
    software, monkeypatch, error, status
):
    def fail(*_):
        raise error

    monkeypatch.setattr(gateway, "receipt_of", fail)
    software.client.raise_request_exception = False
    answer = software.status("abc")
    assert answer.status_code == status
    assert answer.json()["maKetQua"] == str(status)
    assert "secret" not in answer.text
    assert (answer.get("Retry-After") == "5") == (status == 503)
