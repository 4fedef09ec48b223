"""What `hssk coverage --json` says of places, and `hssk missing` of the order of people."""

import csv
import json
from types import SimpleNamespace

import pytest

from hssk.access.models import User
from hssk.config.cli import coverage, missing
from tests.village import MARCH, village

pytestmark = pytest.mark.django_db


def told(capsys, unit):
    options = SimpleNamespace(unit=unit, on=MARCH, map=None, json=True)
    assert coverage.run(options, None) == 0
    return json.loads(capsys.readouterr().out)


def test_of_a_hamlet_records_are_not_known_which_is_not_none_of_them(capsys):
    village("03403 | A | Lò Văn Sơn | yes\n03403 | A | Lò Văn Lả | no")
    commune = told(capsys, "03403")
    [hamlet] = commune["children"]
    assert (commune["records"], commune["duplicates"], commune["records_on_nobody"]) == (1, 0, 0)
    assert commune["software_figure"] == {"numerator": 1, "denominator": 2}
    for name in ("records", "duplicates", "records_on_nobody"):
        assert hamlet[name] is None
    assert hamlet["software_figure"] == {"numerator": None, "denominator": 2}
    assert (hamlet["expected"], hamlet["found"], hamlet["missing"]) == (2, 1, 1)


def test_a_commune_knows_its_records(capsys):
    village("03403 | A | Lò Văn Sơn | yes\n03409 | A | Lò Văn Lả | no")
    by_code = {child["unit"]: child["records"] for child in told(capsys, "12-105")["children"]}
    assert by_code == {"03403": 1, "03409": 0}


def test_the_missing_of_a_city_stand_by_commune_hamlet_and_household(tmp_path):
    village("""
        03409 | Tổ dân phố số 1  | Lò Văn Ba  | no | household=2
        03403 | Tổ dân phố số 10 | Lò Văn Hai | no
        03403 | Tổ dân phố số 1  | Lò Văn Một | no | household=10
        03409 | Tổ dân phố số 1  | Lò Văn Bốn | no | household=10
        03403 | Tổ dân phố số 1  | Lò Văn Năm | no | household=9
    """)
    out = tmp_path / "missing.csv"
    operator = User.objects.get(username=User.LOCAL_OPERATOR)
    missing.run(SimpleNamespace(unit="12-105", on=MARCH, csv=out), operator)
    with out.open(encoding="utf-8-sig") as lines:
        rows = list(csv.DictReader(lines))
    assert [(row["unit"], row["hamlet"], row["household"]) for row in rows] == [
        ("03409", "Tổ dân phố số 1", "2"),
        ("03409", "Tổ dân phố số 1", "10"),
        ("03403", "Tổ dân phố số 1", "9"),
        ("03403", "Tổ dân phố số 1", "10"),
        ("03403", "Tổ dân phố số 10", ""),
    ]
