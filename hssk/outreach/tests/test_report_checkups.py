"""The report of CV 1129: people examined, by group and by source of money, each once."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from hssk.access.rights import Role
from hssk.access.services import access_of
from hssk.access.services.scope import within
from hssk.coverage.reports.telling import numbers_of
from hssk.coverage.services import sending, settle
from hssk.coverage.services.kinds import told
from hssk.coverage.tests.test_report_files import as_all_ways
from hssk.exchange.formats.claims_xml.tests.checkups import checkup, envelope
from hssk.exchange.models import Batch, Checkup
from hssk.exchange.services.undoing import undo
from hssk.exchange.tests.claims import visit, write_claims
from hssk.exchange.tests.pipeline import APRIL, MAY, take_in, write_roster
from hssk.exchange.tests.pipeline import person as line
from hssk.kit.home import Home
from hssk.outreach.reports.checkups import _counted
from hssk.outreach.reports.visits import _counted as visits_counted
from hssk.places.models import Hamlet
from hssk.places.services import unit_on
from hssk.records.models import Entry
from tests.village import on_duty

HOME = "03386"
SON = {"HO_TEN": "LÒ VĂN SƠN", "NGAY_SINH": "1958-03-05", "SO_CCCD": "012058000001",
       "MAXA_CU_TRU": HOME}  # fmt: skip
MINH = {"HO_TEN": "LÒ VĂN MINH", "NGAY_SINH": "1960-03-05", "SO_CCCD": None, "MAXA_CU_TRU": HOME}
HA = {"HO_TEN": "LÒ VĂN HÀ", "NGAY_SINH": "1970-03-05", "SO_CCCD": "012070000003",
      "MAXA_CU_TRU": HOME}  # fmt: skip


def write_checkups(path: Path, *said: dict, made_on: str = "20240331") -> Path:
    made = [{"NGAY_VAO": "202403050730", "KET_LUAN_BENH": "I10"} | one for one in said]
    path.write_text(envelope(*(checkup(**one) for one in made), made_on=made_on), "utf-8")
    return path


@pytest.fixture
def examined(settings, tmp_path, db):
    """Three residents: an old poor man examined twice, one without a number, one of no group."""
    settings.HOME = Home(tmp_path / "home").open()
    lines = [
        line("Lò Văn Sơn", "05/03/1958", pid="012058000001"),
        line("Lò Văn Minh", "05/03/1960"),
        line("Lò Văn Hà", "05/03/1970", pid="012070000003"),
        *(line(f"Lò Văn {letter}", f"01/01/{1970 + n}") for n, letter in enumerate("ABCDE" * 8)),
    ]
    take_in(write_roster(tmp_path / "roster.xlsx", lines), "roster")
    said = [
        SON | {"MA_LK": "K1", "DOI_TUONG": "13", "NGUON_CHI_TRA": "4"},
        SON | {"MA_LK": "K2", "DOI_TUONG": "3;1", "NGUON_CHI_TRA": "2",
               "NGAY_VAO": "202403090730"},
        MINH | {"MA_LK": "K3", "DOI_TUONG": "1", "NGUON_CHI_TRA": "2"},
        HA | {"MA_LK": "K4", "DOI_TUONG": "", "NGUON_CHI_TRA": ""},
    ]  # fmt: skip
    take_in(write_checkups(tmp_path / "1.xml", *said), "auto", on=APRIL)
    settle()
    return unit_on(HOME, APRIL)


def draft(unit, on=APRIL, against=sending.HALF):
    return sending.draft("checkups", unit, on, on, against)


def lines_of(content) -> dict:
    return {tuple(one["keys"]): one["now"] for one in content["lines"]}


def test_everybody_counts_once_by_the_latest_check_up_and_the_first_group(examined):
    content = draft(examined)
    assert lines_of(content) == {
        ("1",): [2, 0, 2, 0, 0, 0, 0, 0, 1],
        ("",): [1, 0, 0, 0, 0, 0, 0, 1, 1],
    }
    it = numbers_of(content, content["whole"])
    assert (it["people"], it["numbered"], it["by_2"], it["by_4"], it["by_"]) == (3, 2, 2, 0, 1)
    assert "3 người dân" in told(content).lead[0]


def test_the_results_are_in_the_record(examined):
    visits = Entry.objects.current().filter(kind="Encounter")
    assert visits.count() == 4
    assert set(visits.values_list("code", "display")) == {("15", "Khám sức khỏe định kỳ")}


def test_sent_again_with_another_group_the_later_word_counts(examined, tmp_path):
    again = MINH | {"MA_LK": "K3", "DOI_TUONG": "2", "NGUON_CHI_TRA": "5"}
    batch, _counts = take_in(write_checkups(tmp_path / "2.xml", again), "claims", on=MAY)
    assert lines_of(draft(examined))[("2",)] == [1, 0, 0, 0, 0, 1, 0, 0, 0]
    undo(batch, actor=batch.actor)
    settle()
    assert ("2",) not in lines_of(draft(examined))
    assert lines_of(draft(examined))[("1",)][0] == 2


def test_taken_back_nobody_was_examined(examined):
    batch = Batch.objects.get(kind=Batch.CLAIMS)
    undo(batch, actor=batch.actor)
    settle()
    assert "chưa nhận được kết quả" in told(draft(examined)).lead[0]


def test_the_period_is_that_of_the_report(examined):
    hamlets = list(Hamlet.objects.values_list("pk", flat=True))
    late = _counted(date(2024, 3, 5), APRIL, hamlets)
    assert (late[None]["people"], late["1"]["by_2"]) == (1, 1)
    assert _counted(date(2024, 3, 9), APRIL, hamlets) == {None: Counter()}


def test_it_is_for_who_sees_rows_of_that_area(examined, client):
    page = f"/reports/unit/{HOME}/checkups/?on={APRIL}&against=half"
    for login, role, unit, status in (
        ("chu.tich", Role.CHAIR, examined, 404),
        ("can.bo", Role.OFFICER, examined, 200),
        ("lang.gieng", Role.OFFICER, unit_on("03403", APRIL), 404),
    ):
        client.force_login(on_duty(login, role, unit))
        assert client.get(page).status_code == status


def test_the_database_tells_them_of_no_other_area_and_to_no_chair(examined):
    everywhere = list(Hamlet.objects.values_list("pk", flat=True))
    neighbour = on_duty("lang.gieng", Role.OFFICER, unit_on("03403", APRIL))
    with within(access_of(neighbour, APRIL)):
        assert _counted(date(2024, 1, 1), APRIL, everywhere) == {None: Counter()}
        assert not Checkup.objects.exists()
    chair = on_duty("chu.tich", Role.CHAIR, examined)
    with within(access_of(chair, APRIL)), pytest.raises(DatabaseError), transaction.atomic():
        _counted(date(2024, 1, 1), APRIL, everywhere)


def test_page_paper_word_file_and_workbook_carry_the_same_figures(examined, client):
    officer = on_duty("can.bo", Role.OFFICER, examined)
    client.force_login(officer)
    as_all_ways(client, sending.send(draft(examined), examined, officer, timezone.now()))


def test_of_visits_a_check_up_that_came_as_a_claim_too_is_one(examined, tmp_path):
    of_claim = visit("K3", "Lò Văn Minh", "196003050000", MA_LOAI_KCB="15", MAXA_CU_TRU=HOME)
    take_in(write_claims(tmp_path / "claims.xml", [of_claim]), "claims", on=MAY)
    settle()
    hamlets = list(Hamlet.objects.values_list("pk", flat=True))
    with within(access_of(on_duty("can.bo", Role.OFFICER, examined), APRIL)):
        assert visits_counted(date(2024, 1, 1), APRIL, hamlets)[""]["visits"] == 4
    assert lines_of(draft(examined))[("1",)][0] == 2
