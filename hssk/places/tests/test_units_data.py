"""The nation's lists of units, as committed."""

import csv
import hashlib
import os
import runpy
from collections import Counter, defaultdict
from pathlib import Path

import pytest

DATA = Path(__file__).parent.parent / "data"
SCRIPT = Path(__file__).parents[3] / "scripts" / "make_units.py"

# Resolution 1670/NQ-UBTVQH15 of 16/6/2025: what the 106 communes of Lai Châu became
LAI_CHAU = {
    "03388": "03386 03388 03389 03403 03391",
    "03390": "03390 03412 03413",
    "03394": "03394 03586 03592",
    "03405": "03400 03405 03406",
    "03408": "03387 03408 03409 03415 03418",
    "03424": "03424 03427",
    "03430": "03421 03430",
    "03433": "03433 03454 03469",
    "03434": "03434 03474 03475",
    "03439": "03436 03439",
    "03442": "03440 03442",
    "03445": "03445 03457",
    "03451": "03451",
    "03460": "03467 03460",
    "03463": "03463",
    "03466": "03448 03466",
    "03472": "03472 03473",
    "03478": "03478 03505 03511 03514",
    "03487": "03487 03481 03484 03488",
    "03503": "03493 03502 03503",
    "03508": "03496 03499 03508",
    "03517": "03509 03517 03526",
    "03529": "03520 03529 03541",
    "03532": "03523 03527 03532",
    "03538": "03535 03538",
    "03544": "03544 03547",
    "03549": "03490 03549 03574 03589",
    "03562": "03550 03553 03559 03562",
    "03571": "03565 03568 03571",
    "03583": "03577 03580 03583",
    "03595": "03595 03619 03631 03632",
    "03598": "03598 03604 03605 03610",
    "03601": "03601 03602",
    "03613": "03613 03622",
    "03616": "03607 03616",
    "03618": "03618 03625",
    "03637": "03628 03634 03637 03638",
    "03640": "03640 03643",
}


def read(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def units():
    return read("units.csv")


@pytest.fixture(scope="module")
def successions():
    return read("successions.csv")


def test_the_nation_is_whole_before_and_after_the_reform(units):
    assert Counter((unit["level"], unit["valid_until"]) for unit in units) == {
        ("province", "2025-07-01"): 63,
        ("district", "2025-07-01"): 696,
        ("commune", "2025-07-01"): 10_035,
        ("province", ""): 34,
        ("commune", ""): 3_321,
    }


def test_a_legacy_unit_has_an_unknown_start_and_a_new_one_the_day_of_the_reform(units):
    assert {(unit["valid_from"], unit["valid_until"]) for unit in units} == {
        ("", "2025-07-01"),
        ("2025-07-01", ""),
    }


def test_code_and_start_are_the_key(units):
    keys = Counter((unit["code"], unit["valid_from"]) for unit in units)
    assert max(keys.values()) == 1


def test_codes_are_text_of_the_known_shapes(units):
    lengths = {(unit["level"], len(unit["code"])) for unit in units}
    assert lengths == {("province", 2), ("district", 6), ("commune", 5)}


def test_every_unit_stands_in_a_unit_of_its_time(units):
    standing = {(unit["code"], unit["valid_until"]) for unit in units}
    for unit in units:
        assert (unit["level"] == "province") == (unit["parent_code"] == "")
        assert not unit["parent_code"] or (unit["parent_code"], unit["valid_until"]) in standing


def test_the_kind_is_taken_off_the_name(units):
    lai_chau = {u["code"]: (u["kind"], u["name"]) for u in units if not u["valid_from"]}
    assert lai_chau["12-105"] == ("Thành phố", "Lai Châu")
    assert lai_chau["03388"] == ("Phường", "Quyết Tiến")
    assert lai_chau["03390"] == ("Thị trấn", "Tam Đường")


def test_lai_chau_became_what_the_resolution_says(units, successions):
    old = {u["code"] for u in units if u["parent_code"].startswith("12-")}
    became = defaultdict(set)
    for row in successions:
        if row["old_code"] in old and len(row["old_code"]) == 5:
            assert row["extent"] == "whole"
            became[row["new_code"]].add(row["old_code"])
    assert became == {new: set(codes.split()) for new, codes in LAI_CHAU.items()}
    assert len(old) == 106


def test_a_whole_unit_has_one_successor_and_a_divided_one_several(successions):
    heirs = defaultdict(list)
    for row in successions:
        heirs[row["old_code"]].append(row["extent"])
    for extents in heirs.values():
        assert extents == ["whole"] or (len(extents) > 1 and set(extents) == {"part"})
    assert sum(len(extents) > 1 for extents in heirs.values()) == 471


def test_every_commune_that_ended_has_a_successor_and_every_new_one_an_origin(units, successions):
    old, new = ({row[side] for row in successions} for side in ("old_code", "new_code"))
    for unit in units:
        if unit["level"] != "district":
            assert unit["code"] in (new if unit["valid_from"] else old)


def test_communes_stay_in_the_province_that_followed_theirs(units, successions):
    province = {(u["code"], u["valid_from"]): u["parent_code"][:2] for u in units}
    merged = {r["old_code"]: r["new_code"] for r in successions if len(r["old_code"]) == 2}
    for row in successions:
        if len(row["old_code"]) == 5:
            assert merged[province[row["old_code"], ""]] == province[row["new_code"], "2025-07-01"]


def test_the_script_makes_the_committed_lists_again(tmp_path, monkeypatch):
    package = os.environ.get("VIETNAMADMINUNITS")
    if not package:
        pytest.skip("needs VIETNAMADMINUNITS, the unpacked folder of vietnamadminunits 1.0.4")
    monkeypatch.setattr("sys.argv", ["make_units", package, "--output", str(tmp_path)])
    runpy.run_path(str(SCRIPT), run_name="__main__")
    for name in ("units.csv", "successions.csv"):
        digests = [hashlib.sha256((f / name).read_bytes()).digest() for f in (tmp_path, DATA)]
        assert digests[0] == digests[1]
