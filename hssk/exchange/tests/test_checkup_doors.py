"""Health check-ups come in by every door of claims, and a facility sends its own alone."""

import pytest
from django.utils import timezone

from hssk.access.services import access_of
from hssk.exchange.errors import Refused
from hssk.exchange.formats.claims_xml.tests.checkups import checkup, envelope
from hssk.exchange.formats.claims_xml.tests.making import file_of
from hssk.exchange.models import Batch, Checkup
from hssk.exchange.services import gateway, importing, working
from hssk.exchange.services.watched import Folder, take_one
from hssk.exchange.tests.claims import visit, write_claims
from hssk.exchange.tests.pipeline import APRIL, take_in
from hssk.exchange.tests.test_gateway import account
from hssk.places.services import unit_on
from hssk.records.models import Entry
from tests.village import on_duty

pytestmark = pytest.mark.django_db
SON = {"HO_TEN": "LÒ VĂN SƠN", "NGAY_SINH": "1958-03-05", "SO_CCCD": "012058000001",
       "NGAY_VAO": "202403050730"}  # fmt: skip


@pytest.fixture(autouse=True)
def no_workers(monkeypatch):
    monkeypatch.setattr(working, "start", lambda *_: None)


def sent(content, code="12001"):
    """What a receipt says of a file that the software of a facility sent and a worker took in."""
    sender, _password = account(code)
    on = timezone.localdate()
    receipt = gateway.take(sender, content, on=on, access=access_of(sender.user, on))
    importing.work(receipt.batch)
    receipt.refresh_from_db()
    return gateway.told_of(receipt)


def test_software_sends_them_though_the_envelope_bears_the_number_of_a_place():
    told = sent(envelope(checkup(**SON), facility="8930000000001").encode())
    assert (told.state, told.counts["accepted"], told.faults) == (gateway.DONE, 1, [])
    assert Checkup.objects.count() == 1


def test_one_that_is_broken_is_told_and_the_others_come_in():
    bad = f"<HOSO>{file_of('XML1', '*')}</HOSO>"
    told = sent(envelope(bad, checkup(**SON)).encode())
    assert told.counts["accepted"] == 1
    assert [(number, why) for number, why, _words in told.faults] == [(1, "base64")]


def test_nobody_sends_those_of_another_facility():
    with pytest.raises(Refused) as refused:
        sent(envelope(checkup(**SON, MA_CSKCB="12002"), facility="12001").encode())
    assert refused.value.params["found"] == "12002"


def test_a_watched_folder_takes_them_and_says_what_to_send_instead_of_json(tmp_path):
    (tmp_path / "a.xml").write_text(envelope(checkup(**SON)), "utf-8")
    (tmp_path / "b.xml").write_text('{"header": {}, "data": {"file_content": ""}}', "utf-8")
    access, folder = access_of(on_duty("can.bo"), APRIL), Folder(tmp_path)
    for name in folder.waiting():
        folder.claim(name)
    became = {
        name: take_one(folder, name, unit=unit_on("12-105", APRIL), on=APRIL, access=access)
        for name in folder.taken()
    }
    folder.close()
    assert became == {"a.xml": "done", "b.xml": "refused"}
    assert "KHAMSUCKHOE" in (tmp_path / "refused/b.xml.txt").read_text("utf-8")


@pytest.mark.parametrize("checkup_first", [True, False])
def test_it_and_the_claim_of_its_insurance_stand_beside_each_other(tmp_path, checkup_first):
    of_claim = visit("KSK001", "Lò Văn Sơn", "195803050000", SO_CCCD="012058000001")
    claims = write_claims(tmp_path / "claims.xml", [of_claim])
    examined = tmp_path / "checkups.xml"
    examined.write_text(envelope(checkup(**SON, MA_LK="KSK001")), "utf-8")
    for path in (examined, claims) if checkup_first else (claims, examined):
        take_in(path, "auto", on=APRIL)
    standing = Entry.objects.current().filter(kind="Encounter", withdrawn=False)
    assert set(standing.values_list("code", flat=True)) == {"01", "15"}
    assert Batch.objects.filter(kind=Batch.CLAIMS).count() == 2


def test_a_number_that_two_people_bear_is_told(tmp_path):
    other = {**SON, "HO_TEN": "LÒ VĂN HÀ", "SO_CCCD": "012070000003", "NGAY_SINH": "1970-03-05"}
    path = tmp_path / "round.xml"
    path.write_text(envelope(checkup(**SON), checkup(**SON), checkup(**other)), "utf-8")
    batch, _counts = take_in(path, "claims", on=APRIL)
    said = {row.number: row.problems for row in batch.rows.exclude(problems=None)}
    assert list(said) == [3]
    assert "MA_LK" in said[3][0]["message"]
    assert said[3][0]["params"] == {"claim": "2"}
