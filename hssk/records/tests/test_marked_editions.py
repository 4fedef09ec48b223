"""A code whose edition is not loaded is marked wherever it is shown, and has a name all the same."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from hssk.access.rights import Role
from hssk.kit.dates import PartialDate
from hssk.people.services import Event, open_care
from hssk.records.rules import icd10_loaded
from hssk.records.rules.icd10 import system_on
from hssk.records.services import Draft, load_edition, write
from hssk.records.tests.test_icd10_loaded import workbook
from tests.village import commune, on_duty, village

NEW, OLD = date(2026, 8, 1), date(2026, 6, 30)
MARK = "danh mục ICD-10 chưa nạp"


def illness(who, visit, code, on, name=""):
    resource = {
        "resourceType": "Condition", "subject": {"reference": "Patient/self"},
        "code": {"coding": [{"system": system_on(on), "code": code}], "text": name or code},
    }  # fmt: skip
    return Draft(uuid4(), who.pk, "own_illnesses", resource, PartialDate(on), code=code,
                 system=system_on(on), display=name, visit=visit)  # fmt: skip


def visit_on(who, on, *ill):
    key, day = uuid4(), on.isoformat()
    head = {
        "resourceType": "Encounter", "status": "finished", "subject": {"reference": "Patient/self"},
        "class": {"code": "AMB"}, "period": {"start": day, "end": day},
    }  # fmt: skip
    write([Draft(key, who.pk, "visits", head, PartialDate(on), visit=key),
           *(illness(who, key, *one) for one in ill)], source=1)  # fmt: skip
    return key


@pytest.fixture
def home(tmp_path, monkeypatch):
    """Editions are kept apart from those of the home that the test runs in."""
    apart = SimpleNamespace(current=lambda: SimpleNamespace(codes=tmp_path))
    monkeypatch.setattr(icd10_loaded, "Home", apart)
    return tmp_path


def test_the_mark_stands_beside_the_code_on_the_record_the_visit_and_the_paper(db, home):
    my = village("03403 | Bản Tả | Giàng Thị Mỷ | no | born=1970-05-06")["Giàng Thị Mỷ"]
    user = on_duty("y.ta", role=Role.CLINICIAN, unit=commune("03403"))
    open_care(my.pk, commune("03403"), Event.VISIT, at=timezone.now(), actor=user)
    old = visit_on(my, OLD, ("J18.9", OLD, "Viêm phổi"))
    nurse = Client()
    nurse.force_login(user)

    def text(address=""):
        return nurse.get(f"/record/{my.pk}/{address}").content.decode()

    assert not any(MARK in text(of) for of in ("", "paper/", f"visit/{old}/"))
    new = visit_on(my, NEW, ("J02.9", NEW, "Viêm họng"), ("I10", NEW), ("J99.99", NEW))
    for address in ("", "paper/", f"visit/{new}/"):
        page = text(address)
        assert page.count(MARK) == 3
        assert "Bệnh lý tăng huyết áp (tên theo QĐ 4469/QĐ-BYT)" in page
        assert "Bệnh chưa có tên trong danh mục đã nạp" in page
    assert MARK not in text(f"visit/{old}/")
    load_edition(workbook(home, [1, "I10", "Tăng huyết áp vô căn"]), name="TT 06/2026", since=NEW)
    page = text(f"visit/{new}/")
    assert MARK not in page
    assert "<b>Tăng huyết áp vô căn</b>" in page
