"""A claim that tells something sensitive leaves no trace for whoever may not read it."""

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.rights import Role
from hssk.exchange.tests.claims import medicine, visit, write_claims
from hssk.exchange.tests.pipeline import person, take_in, write_roster
from hssk.people.models import Person
from hssk.people.services import Event, open_care
from hssk.places.models import Facility
from hssk.places.services import unit_on
from hssk.records.models import Entry
from tests.village import on_duty

pytestmark = pytest.mark.django_db
SON = {"name": "Lò Văn Sơn", "birth": "195803050000", "SO_CCCD": "012058000001"}
TODAY = timezone.localdate()
WARD = "03388"


@pytest.fixture
def son(tmp_path):
    one = person("Lò Văn Sơn", "05/03/1958", pid="012058000001", unit="Phường Đoàn Kết")
    take_in(write_roster(tmp_path / "roster.xlsx", [one]), "roster", TODAY, WARD)
    return Person.objects.get(name="Lò Văn Sơn")


def claims(tmp_path, *visits):
    return take_in(write_claims(tmp_path / "claims.xml", list(visits)), "claims", TODAY, "12")


def test_of_a_claim_without_its_visit_every_line_is_as_sensitive_as_the_first(son, tmp_path):
    drugs = [medicine("Dolutegravir 50mg"), medicine("Lamivudin 150mg", STT="2")]
    whole = visit("LK1", **SON, rows={"XML2": drugs})
    whole["XML0"] = whole.pop("XML1")
    claims(tmp_path, whole)
    assert list(Entry.objects.values_list("tier", flat=True)) == [3, 3]


def test_a_referral_that_may_not_be_read_adds_no_reason_to_see_somebody(son, tmp_path):
    station = unit_on(WARD, TODAY)
    Facility.objects.create(code="12S01", name="Trạm y tế", unit=station)
    nurse = on_duty("y.ta", role=Role.CLINICIAN, unit=station)
    open_care(son.pk, station, Event.VISIT, at=timezone.now(), actor=nurse)
    client = Client()
    client.force_login(nurse)

    def reasons():
        return [one.because for one in client.get(f"/record/{son.pk}/").context["bases"]]

    before = reasons()
    paper = {"MA_CSKCB_DEN": "12S01", "NGAY_RA": f"{TODAY:%Y%m%d}0900"}
    sent = {"on": f"{TODAY:%Y%m%d}", "MA_LOAI_RV": "2", "MA_BENH_CHINH": "B20"}
    claims(tmp_path, visit("LK1", **SON, **sent, rows={"XML13": [paper]}))
    assert Entry.objects.filter(section="referrals", tier=3).exists()
    assert reasons() == before
