"""Software that sends files as they are, in a form, is answered as software that sends JSON."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hssk.exchange.models import Batch
from hssk.exchange.services import working
from hssk.exchange.services.keeping import kept_file
from hssk.exchange.tests.claims import visit
from hssk.exchange.tests.test_gateway import SEND, SON, Software, account, file_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def software(monkeypatch):
    monkeypatch.setattr(working, "start", lambda *_: None)
    return Software(*account())


@pytest.fixture
def content(tmp_path):
    return file_of(tmp_path, visit("LK1", **SON), visit("LK2", "Người Lạ", "199001010000"))


def form(software, *contents, **fields):
    files = [SimpleUploadedFile(f"{n}.xml", one) for n, one in enumerate(contents)]
    said = {"maCSKCB": software.sender.facility.code, "loaiHoSo": "3176", **fields}
    return post_form(software, {**said, "file": files} if files else said)


def post_form(software, said):
    headers = {"authorization": f"Bearer {software.token}"}
    return software.client.post(SEND, said, headers=headers)


def test_a_form_brings_files_as_they_are_and_has_the_receipt_of_the_same_file_in_json(
    software, content, tmp_path
):
    other = file_of(tmp_path, visit("LK9", **SON))
    answer = form(software, content, other)
    said = answer.json()
    assert (answer.status_code, said["totalSuccess"], said["totalFailed"]) == (200, 2, 0)
    assert software.send(content, other).json() == said
    assert Batch.objects.count() == 2
    assert {kept_file(one.digest).read_bytes() for one in Batch.objects.all()} == {content, other}


def test_every_file_field_counts_whatever_it_is_called(software, content):
    files = {"hoSo": SimpleUploadedFile("a.xml", content), "x": SimpleUploadedFile("b", b"<a/>")}
    said = post_form(software, files).json()
    assert (said["totalSuccess"], said["totalFailed"]) == (1, 1)
    assert said["fileResults"][1]["maLoi"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [({"maCSKCB": "12777"}, 403), ({"loaiHoSo": "999"}, 400), ({"loaiHoSo": "130"}, 200),
     ({"maCSKCB": " 12001 "}, 200)],
)  # fmt: skip
def test_what_a_form_says_beside_its_files_is_asked_as_of_json(software, content, fields, status):
    answer = form(software, content, **fields)
    assert answer.status_code == status
    assert Batch.objects.exists() == (status == 200)


def test_a_form_has_the_bounds_of_json(software, content, settings):
    assert form(software, *[b"x"] * 51).status_code == 413
    assert form(software, *[b"x"] * 150).status_code == 400
    assert form(software).status_code == 400
    settings.GATEWAY_LARGEST = 1 << 20
    assert form(software, b"A" * (1 << 20)).status_code == 413
    assert not Batch.objects.exists()


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x"])
@pytest.mark.parametrize("body", [b"--y", b"--x\r\n", b"{}", b"--x\r\nContent-Disposition: a"])
def test_what_is_no_form_is_told_so(software, kind, body):
    headers = {"authorization": f"Bearer {software.token}"}
    answer = software.client.post(SEND, body, kind, headers=headers)
    assert answer.status_code == 400
    assert answer.json()["maKetQua"] == "400"


def test_a_form_without_a_token_opens_nothing(software, content):
    software.token = "x"
    assert form(software, content).status_code == 401
    assert not Batch.objects.exists()
