"""Cut off at any moment, an import is taken up again: nothing lost, nothing doubled."""

import csv
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from hssk.exchange.invented import invent, write_files
from hssk.exchange.tests.claims import visit, write_claims

PEOPLE, KILLS = 400, 6
HSSK = Path(sys.executable).with_name("hssk")


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """The roster and the extract of an invented city, and its day."""
    city = invent(PEOPLE, seed=11)
    made = write_files(city, tmp_path_factory.mktemp("files"))
    return made.roster, made.records, city.on.isoformat()


def arguments(file, kind, on):
    return ["import", str(file), "--kind", kind, "--unit", "12", "--on", on, "--json"]


def told(hssk, on, folder):
    """The figures, every missing person by name and place, every row and what was decided of it."""
    figures = json.loads(hssk("coverage", "--unit", "12", "--on", on, "--json").stdout)
    hssk("missing", "--unit", "12", "--on", on, "--csv", folder / "missing.csv")
    hssk("decisions", "--csv", folder / "decisions.csv")
    with (folder / "missing.csv").open(encoding="utf-8-sig") as file:
        missing = sorted((r["name"], r["birth"], r["row"]) for r in csv.DictReader(file))
    with (folder / "decisions.csv").open(encoding="utf-8-sig") as file:
        decided = sorted(
            (r["file"], r["sheet"], r["row"], r["decision"], r["score"])
            for r in csv.DictReader(file)
        )
    return figures, missing, decided


def killed_after(seconds, words):
    """Run `hssk …` and kill it, with all that it started, by -9; whether it was still running."""
    running = subprocess.Popen(
        [HSSK, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(seconds)
    alive = running.poll() is None
    if alive:
        os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    return alive


def test_killed_at_random_points_an_import_comes_out_as_if_never_cut_off(
    files, hssk, hssk_beside, tmp_path
):
    roster, records, on = files
    for file, kind in ((roster, "roster"), (records, "records")):
        hssk_beside(*arguments(file, kind, on))
    expected = told(hssk_beside, on, tmp_path)

    dice, cut_off = random.Random(20240313), 0
    for file, kind in ((roster, "roster"), (records, "records")):
        for _ in range(KILLS):
            cut_off += killed_after(dice.uniform(0.3, 2.5), arguments(file, kind, on))
        hssk(*arguments(file, kind, on))
    assert cut_off >= KILLS / 2
    assert told(hssk, on, tmp_path) == expected


def test_two_imports_into_one_commune_at_once_neither_deadlock_nor_corrupt_a_count(
    files, hssk, hssk_beside, tmp_path
):
    roster, records, on = files
    for file, kind in ((roster, "roster"), (records, "records")):
        hssk_beside(*arguments(file, kind, on))
    expected = told(hssk_beside, on, tmp_path)[0]["expected"]

    runs = [arguments(roster, "roster", on), arguments(records, "records", on)]
    ended: list[int] = []
    threads = [
        threading.Thread(target=lambda words=words: ended.append(hssk(*words).returncode))
        for words in runs
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert ended == [0, 0]
    figures, missing, decided = told(hssk, on, tmp_path)
    assert figures["expected"] == expected
    assert figures["expected"] == figures["found"] + figures["to_decide"] + figures["missing"]
    assert len(missing) == figures["missing"]
    assert len(decided) == len({row[:3] for row in decided})


def test_a_watched_folder_killed_at_random_points_loses_and_doubles_no_file(hssk, tmp_path):
    folder = tmp_path / "ho_so"
    folder.mkdir()
    contents = {}
    for number in range(12):
        one = visit(f"LK{number}", f"Người Bịa {number}", f"19{60 + number}01010000")
        path = write_claims(folder / f"{number}.xml", [one])
        contents[path.name] = path.read_bytes()
    dice, words = random.Random(7), ["watch", folder, "--unit", "12"]
    cut_off = sum(killed_after(dice.uniform(2.5, 6), words) for _ in range(4))
    assert cut_off == 4
    hssk(*words, "--once")
    done = {path.name: path for path in (folder / "done").iterdir()}
    assert {name: done[name].read_bytes() for name in contents} == contents
    assert set(done) == {*contents, *(f"{name}.txt" for name in contents)}
    assert not [path for path in folder.iterdir() if path.is_file()]
    hssk("decisions", "--csv", tmp_path / "decisions.csv")
    with (tmp_path / "decisions.csv").open(encoding="utf-8-sig") as file:
        assert [r["decision"] for r in csv.DictReader(file)] == ["new"] * len(contents)
