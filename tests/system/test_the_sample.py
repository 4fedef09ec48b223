"""The main job on real input: the two workbooks of Lai Châu, March 2024, by command line."""

import csv
import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "lai_chau_2024-03"
ON = "2024-03-13"
pytestmark = pytest.mark.skipif(not SAMPLE.is_dir(), reason="the sample files are not at hand")


def truth():
    """(file, sheet, row) → the true person."""
    with gzip.open(SAMPLE / "truth.csv.gz", "rt", encoding="utf-8") as file:
        return {
            (row["file"], row["sheet"], row["row"]): row["true_person"]
            for row in csv.DictReader(file)
        }


def rows_of(path):
    with path.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def pairs(person_of, rows):
    """Every (roster row, record) that are one person."""
    roster, records = defaultdict(list), defaultdict(list)
    for key in rows:
        (roster if key[0] == "roster" else records)[person_of[key]].append(key)
    return {
        (listed, record)
        for person, listings in roster.items()
        for listed in listings
        for record in records.get(person, ())
    }


def share(part, whole):
    return len(part) / len(whole)


@pytest.fixture(scope="module")
def known():
    return truth()


def test_both_files_become_the_list_of_the_missing(hssk, tmp_path, known):
    for file, kind in (("danh_sach_nhan_khau", "roster"), ("trich_xuat_hssk", "records")):
        told = json.loads(
            hssk(
                *("import", SAMPLE / f"{file}_2024-03.xlsx", "--kind", kind),
                *("--unit", "12-105", "--on", ON, "--json"),
            ).stdout
        )
        assert told["rejected"] == 0
        if kind == "records":
            assert told["ask"] <= 0.01 * told["rows"]
    hssk("decisions", "--csv", tmp_path / "decisions.csv")
    hssk("missing", "--unit", "12-105", "--on", ON, "--csv", tmp_path / "missing.csv")
    figures = json.loads(hssk("coverage", "--unit", "12-105", "--on", ON, "--json").stdout)

    decided = {(r["file"], r["sheet"], r["row"]): r for r in rows_of(tmp_path / "decisions.csv")}
    assert decided.keys() == known.keys()
    found = pairs({key: row["person"] for key, row in decided.items()}, decided)
    true = pairs(known, known)
    right = found & true
    f1 = 2 * len(right) / (len(found) + len(true))
    assert f1 >= 0.9985
    unasked = {key for key in decided if decided[key]["decision"] != "ask"}
    sure = {(a, b) for a, b in found if a in unasked and b in unasked}
    assert share(sure & true, sure) >= 0.9997

    missing = rows_of(tmp_path / "missing.csv")
    assert len(missing) == figures["missing"]
    assert figures["expected"] == figures["found"] + figures["to_decide"] + figures["missing"]
    assert figures["software_figure"] == {"numerator": 33443, "denominator": 47515}
    listed = {known["roster", row["sheet"], row["row"]] for row in missing}
    recorded = {person for (file, *_), person in known.items() if file == "hssk"}
    residents = {person for (file, *_), person in known.items() if file == "roster"}
    truly = residents - recorded
    # people whose record somebody still has to decide upon are no claim of either kind
    assert share(listed & truly, listed) >= 0.997
    assert share(listed & truly, truly) >= 0.999


def test_the_truth_covers_every_row_once(known):
    assert Counter(file for file, *_ in known) == {"roster": 47515, "hssk": 33443}
