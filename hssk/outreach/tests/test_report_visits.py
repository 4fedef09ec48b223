"""The report of visits: exact, by kind and insurance, for whoever may see the rows of the unit."""

from collections import Counter
from datetime import date, timedelta

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
from hssk.coverage.services.reporting import half_year_before
from hssk.coverage.tests.test_report_files import as_all_ways
from hssk.exchange.tests.claims import visit, write_claims
from hssk.exchange.tests.pipeline import APRIL, MAY, take_in, write_roster
from hssk.exchange.tests.pipeline import person as line
from hssk.kit.home import Home
from hssk.outreach.reports.visits import TYPED, VISITS, _counted
from hssk.people.models import Person
from hssk.places.models import Hamlet
from hssk.places.services import unit_on
from hssk.records.models import Entry
from tests.village import commune, on_duty, village

HOME = "03386"
SON = {"name": "Lò Văn Sơn", "birth": "195803050000", "SO_CCCD": "012058000001"}
MINH = {"name": "Lò Văn Minh", "birth": "196003050000", "SO_CCCD": "012060000002"}
CARD = {"MA_THE_BHYT": "GD4121234567890", "MA_DKBD": "12001", "GT_THE_TU": "20240101",
        "GT_THE_DEN": "20241231"}  # fmt: skip


@pytest.fixture
def visited(settings, tmp_path, db):
    """Two residents, six visits of March: one examined with a card and without one, and lying in;
    the other examined, and once more as a nurse wrote; of the last the facility took it back."""
    settings.HOME = Home(tmp_path / "home").open()
    lines = [
        line("Lò Văn Sơn", "05/03/1958", pid="012058000001"),
        line("Lò Văn Minh", "05/03/1960", pid="012060000002"),
        *(line(f"Lò Văn {letter}", f"01/01/{1970 + n}") for n, letter in enumerate("ABCDE" * 8)),
    ]
    take_in(write_roster(tmp_path / "roster.xlsx", lines), "roster")
    said = [
        visit("LK1", **SON, **CARD), visit("LK2", **SON, on="20240306"),
        visit("LK3", **SON, **CARD, on="20240307", MA_LOAI_KCB="03"), visit("LK4", **MINH),
        visit("LK5", **MINH, on="20240309"),
    ]  # fmt: skip
    take_in(write_claims(tmp_path / "1.xml", said), "claims", on=APRIL)
    back = visit("LK5", **MINH, on="20240309", MA_DOITUONG_KCB="8")
    take_in(write_claims(tmp_path / "2.xml", [back]), "claims", on=MAY)
    typed = Entry.objects.filter(kind="Encounter").first()
    typed.pk, typed.entry, typed.source, typed.row = None, Person.objects.first().pk, None, None
    typed.person, typed.on = Person.objects.get(name="Lò Văn Minh").pk, date(2024, 3, 11)
    typed.save()
    settle()
    return unit_on(HOME, APRIL)


def draft(unit, on=APRIL, against=sending.MONTH):
    return sending.draft("visits", unit, on, on, against)


def test_visits_are_counted_by_kind_and_insurance_and_each_person_once(visited):
    content = draft(visited, against=sending.HALF)
    assert content["counts"] == list(VISITS.counts)
    lines = {tuple(one["keys"]): one["now"] for one in content["lines"]}
    assert lines == {
        ("01",): [3, 3, 1, 2, 0, 2],
        ("03",): [1, 1, 1, 0, 0, 1],
        (TYPED,): [1, 0, 0, 0, 1, 1],
    }
    it = numbers_of(content, content["whole"])
    assert list(it.values()) == [5, 4, 2, 2, 1, 2]
    assert "2 người dân" in told(content).lead[0]


def test_the_period_begins_after_the_day_before_and_ends_with_the_day(visited):
    hamlets = list(Hamlet.objects.values_list("pk", flat=True))
    days = [date(2024, 3, day) for day in (6, 7, 10, 11)]
    assert _counted(days[0], days[2], hamlets)[""]["visits"] == 1
    assert _counted(days[1], days[2], hamlets) == {"": Counter()}
    assert set(_counted(days[2], days[3], hamlets)) == {"", TYPED}
    assert "chưa có lượt khám nào" in told(draft(visited, against=sending.WEEK)).lead[0]


def test_what_compares_nothing_asks_no_ledger_of_the_day_before(db, monkeypatch):
    village(f"{HOME} | Bản Tưởng Tượng | Lò Thị Mơ | yes")
    asked = []
    monkeypatch.setattr(sending, "ledger_before", asked.append)
    assert draft(commune(HOME), against=sending.WEEK)["since"] == str(APRIL - timedelta(days=7))
    assert asked == []


@pytest.mark.parametrize(("on", "before"), [
    (date(2026, 6, 30), date(2025, 12, 31)), (date(2026, 12, 31), date(2026, 6, 30)),
    (date(2026, 8, 30), date(2026, 2, 28)), (date(2026, 8, 15), date(2026, 2, 15)),
])  # fmt: skip
def test_half_a_year_goes_from_end_of_month_to_end_of_month(on, before):
    assert half_year_before(on) == before


def test_exact_numbers_are_for_who_sees_rows(visited, client):
    page = f"/reports/unit/{HOME}/visits/?on={APRIL}&against=half"
    officer = on_duty("can.bo", Role.OFFICER, visited)
    sent = sending.send(draft(visited), visited, officer, timezone.now())
    for user, status in ((on_duty("chu.tich", Role.CHAIR, visited), 404), (officer, 200)):
        client.force_login(user)
        assert client.get(page).status_code == status
        assert client.get(f"/reports/{sent.pk}/").status_code == status
        listed = client.get(f"/reports/?on={APRIL}").text
        assert (f"/reports/unit/{HOME}/visits/" in listed) is (status == 200)
        assert (f"/reports/{sent.pk}/" in listed) is (status == 200)


def test_the_database_tells_them_of_no_other_area_and_to_no_chair(visited):
    everywhere = list(Hamlet.objects.values_list("pk", flat=True))
    since, upto = date(2024, 1, 1), APRIL
    neighbour = on_duty("lang.gieng", Role.OFFICER, unit_on("03403", APRIL))
    with within(access_of(neighbour, APRIL)):
        assert _counted(since, upto, everywhere) == {"": Counter()}
    chair = on_duty("chu.tich", Role.CHAIR, visited)
    with within(access_of(chair, APRIL)), pytest.raises(DatabaseError), transaction.atomic():
        _counted(since, upto, everywhere)


def test_page_paper_word_file_and_workbook_carry_the_same_figures(visited, client):
    officer = on_duty("can.bo", Role.OFFICER, visited)
    client.force_login(officer)
    content = draft(visited, against=sending.HALF)
    as_all_ways(client, sending.send(content, visited, officer, timezone.now()))
