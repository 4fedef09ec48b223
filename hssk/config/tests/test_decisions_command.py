"""`hssk decisions` tells what became of every row, and the log tells whom it told of."""

import argparse
import csv

import pytest

from hssk.access.models import Look, User
from hssk.access.rights import Role
from hssk.config.cli import decisions
from hssk.exchange.services import working
from hssk.exchange.tests.pipeline import (
    APRIL,
    COMMUNE,
    MARCH,
    person,
    take_in,
    write_records,
    write_roster,
)
from hssk.exchange.tests.test_elsewhere import ELSEWHERE, code_of
from hssk.places.services import unit_on
from tests.village import on_duty

pytestmark = pytest.mark.django_db
LISTED = [
    person("Lò Thị Bịa", "01/02/1958", 2),
    person("Giàng A Bịa", "03/04/1960"),
    person("", "01/01/1990"),
    person("Hà Thị Xa", "09/09/1999", 2, unit=ELSEWHERE),
]


@pytest.fixture
def written(tmp_path, monkeypatch):
    """What the command writes of a roster that a clerk delivered, and of a file of records."""
    monkeypatch.setattr(working, "start", lambda jobs, *words: None)
    clerk = on_duty(role=Role.CLERK, unit=unit_on(code_of(COMMUNE), MARCH))
    take_in(write_roster(tmp_path / "r.xlsx", LISTED), unit=code_of(COMMUNE), by=clerk)
    take_in(write_records(tmp_path / "h.xlsx", LISTED[:1]), on=APRIL)
    options = argparse.Namespace(csv=tmp_path / "out.csv")
    decisions.run(options, User.objects.get(username=User.LOCAL_OPERATOR))
    return list(csv.DictReader(options.csv.open(encoding="utf-8")))


def test_every_row_is_told_once_by_what_became_of_it(written):
    told = [(row["file"], row["decision"], bool(row["person"])) for row in written]
    assert sorted(told) == sorted(
        [("roster", "new", True), ("roster", "new", True), ("roster", "error", False),
         ("roster", "handed", False), ("hssk", "same", True)]
    )  # fmt: skip


def test_whoever_is_told_of_stands_in_the_log_by_name_of_the_command(written):
    look = Look.objects.get(act="export", purpose="hssk decisions")
    people = {row["person"] for row in written if row["person"]}
    assert len(people) == 2
    assert {str(key) for key in look.people} == people
