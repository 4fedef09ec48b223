"""What an undo will change is known before it happens, exactly, and nothing happens meanwhile."""

from datetime import UTC, datetime

import pytest

from hssk.access.services import access_of
from hssk.exchange.models import Batch, Review
from hssk.exchange.services import foreseeing, reviewing
from hssk.exchange.services.undoing import undo
from hssk.exchange.tests.pairs import pairs
from hssk.exchange.tests.pipeline import (
    APRIL,
    MARCH,
    everything,
    person,
    somebody,
    take_in,
    write_records,
    write_roster,
)
from hssk.kit.dates import PartialDate
from hssk.people.models import Person
from hssk.people.services.lives import Died, record_death
from tests.village import on_duty

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 3, 12, 3, tzinfo=UTC)

LINES = [
    person("Giàng A Bịa", "02/03/1980", pid="012080000001", bhxh="1280000001"),
    person("Lò Thị Mơ", "15/08/1984", 2, pid="012184000002", bhxh="1284000002"),
]
RECORD = {**LINES[0], "system_number": "HS1", "created": "01/02/2022"}


@pytest.fixture
def files(tmp_path, settings):
    roster, _ = take_in(write_roster(tmp_path / "a.xlsx", LINES), Batch.ROSTER)
    records, _ = take_in(write_records(tmp_path / "b.xlsx", [RECORD]), Batch.RECORDS, on=APRIL)
    return roster, records


def test_foreseeing_changes_nothing(files):
    before = everything()
    foreseeing.foresee(files[0], actor=somebody())
    assert everything() == before


def test_what_was_foreseen_is_what_comes(files):
    outcome = foreseeing.foresee(files[1], actor=somebody())
    commune = next(unit for unit in outcome["units"])
    assert commune["before"] == {"expected": 2, "found": 1, "to_decide": 0, "missing": 1}
    assert commune["after"] == {"expected": 2, "found": 0, "to_decide": 0, "missing": 2}
    assert (outcome["before"]["records"], outcome["after"]["records"]) == (1, 0)
    undo(files[1], actor=somebody())
    ledger = foreseeing._ledger()
    assert [counts for _, counts in ledger.values()] == [unit["after"] for unit in outcome["units"]]
    assert foreseeing._counts() == outcome["after"]


def test_files_that_came_later_are_named(files):
    outcome = foreseeing.foresee(files[0], actor=somebody())
    assert [file["id"] for file in outcome["later"]] == [files[1].id]


def test_a_forecast_holds_until_something_changes(files):
    outcome = foreseeing.foresee(files[0], actor=somebody())
    assert outcome.items() <= foreseeing.foreseen(files[0]).items()
    undo(files[1], actor=somebody())
    assert foreseeing.foreseen(files[0]) is None


def test_a_verdict_changes_what_is_foreseen(files):
    foreseeing.foresee(files[0], actor=somebody())
    reviewing.decide(pairs(["Ai Đó"], somebody())[0].row_id, Review.LATER, actor=somebody())
    assert foreseeing.foreseen(files[0]) is None


def test_what_is_written_down_by_hand_changes_what_is_foreseen(files):
    nurse = access_of(on_duty("y.ta"), MARCH)
    foreseeing.foresee(files[0], actor=somebody())
    died = Died(PartialDate.of(2024, 3, 8))
    record_death(Person.objects.get(name="Lò Thị Mơ").pk, died, at=NOW, by=nurse)
    assert foreseeing.foreseen(files[0]) is None


def test_the_page_gets_every_change_with_its_difference(files):
    told = foreseeing.told(foreseeing.foresee(files[1], actor=somebody()), None, None)
    records = next(change for change in told["changes"] if change["label"] == "Hồ sơ đang dùng")
    assert (records["before"], records["after"], records["difference"]) == (1, 0, -1)
    assert len(told["units"][0]["cells"]) == 4


def test_who_has_some_units_is_told_of_those_and_of_no_other_file(files):
    foreseeing.foresee(files[0], actor=somebody())
    outcome = foreseeing.foreseen(files[0])
    [own] = outcome["keys"]
    whole = foreseeing.told(outcome, frozenset({own}), {files[1].id})
    assert [file["id"] for file in whole["later"]] == [files[1].id]
    assert {change["label"] for change in whole["changes"]} == set(foreseeing.LEDGER.values())
    nothing = foreseeing.told(outcome, frozenset({-1}), set())
    assert (nothing["units"], nothing["later"], nothing["asked_again"]) == ([], [], None)
    assert all(change["before"] == change["after"] == 0 for change in nothing["changes"])
