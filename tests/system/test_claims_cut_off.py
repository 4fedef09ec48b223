"""Killed at every named step of a claims import: nothing lost, nothing doubled."""

import os
import subprocess
import sys
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import psycopg
import pytest

from hssk.exchange.invented import invent, write_files
from hssk.exchange.invented.claims import Resends, write_claims
from hssk.exchange.invented.lives import Folk
from hssk.kit.pg.connection import connection_of, external
from hssk.kit.pg.use import database
from tests.homes import copy_of, remove_home

HSSK = Path(sys.executable).with_name("hssk")
KILLED = Path(__file__).with_name("killed_at.py")
ROOT = Path(__file__).parents[2]
SERVICES = "hssk.exchange.services"
# in their order; each is cut off while a file of its own is brought in
STEPS = [
    f"{SERVICES}.importing:open_batch:before",
    f"{SERVICES}.importing:keep_file:after",
    f"{SERVICES}.importing:open_batch:after",
    f"{SERVICES}.importing:_receive_claims:before",
    f"{SERVICES}.claims.receiving:_Keeper.keep:after",
    f"{SERVICES}.claims:receive_claims:after",
    f"{SERVICES}.importing:_receive_claims:after",
    f"{SERVICES}.claims:link_claims:after",
    f"{SERVICES}.importing:find_elsewhere:after",
    f"{SERVICES}.applying:_write_decisions:after",
    f"{SERVICES}.applying:_write_people:after",
    f"{SERVICES}.claims:write_holdings:after",
    f"{SERVICES}.applying:_write_numbers:after",
    f"{SERVICES}.applying:refresh_people:after",
    f"{SERVICES}.claims.filing:_file:after",
    f"{SERVICES}.claims:file_visits:after",
    f"{SERVICES}.claims:open_care:after",
    f"{SERVICES}.importing:apply:after",
    f"{SERVICES}.importing:counts_of:after",
    f"{SERVICES}.importing:_apply:after",
    f"{SERVICES}.importing:work:after",
    "hssk.coverage.services:settle:before",
]
_WHO = "p.name, p.birth_on, p.sex"
_FILE = "(SELECT b.file_name FROM exchange_batch b WHERE b.id = {})"
_ROW = "exchange_sourcerow r JOIN exchange_batch b ON b.id = r.batch_id"
EVERYTHING = {
    "people": f"SELECT {_WHO}, p.ethnicity, p.root = p.id, {_FILE.format('p.source')}"
    " FROM people_person p",
    "entries": f"""SELECT {_WHO}, e.entry, e.version, e.section, e.kind, e."on", e.until, e.code,
        e.display, e.facility, e.visit, e.labels::text, e.tier, e.withdrawn, e.why, e.resource::text,
        e.replaced_at IS NULL, {_FILE.format("e.source")}
        FROM records_entry e JOIN people_person p ON p.id = e.person""",
    "holdings": f"""SELECT {_WHO}, h.system, h.since, h.until, h.address, h.decided, h.unit_id,
        {_FILE.format("h.source")} FROM people_holding h JOIN people_person p ON p.id = h.person_id""",
    "care": f"""SELECT {_WHO}, x.kind, x.why, x.unit_id, x.since, x.until IS NULL
        FROM people_basis x JOIN people_person p ON p.id = x.person""",
    "numbers": f"""SELECT {_WHO}, i.kind, i.value, i.status, i.since, {_FILE.format("i.source")}
        FROM people_identifier i JOIN people_person p ON p.id = i.person_id""",
    "rows": f"""SELECT b.file_name, r.sheet, r.number, r.accepted, r.cells::text, r.facts::text,
        r.problems::text FROM {_ROW}""",
    "claims": f"""SELECT b.file_name, r.number, c.facility, c.code, c.visit, c.made::text, c.said::text
        FROM exchange_claim c JOIN {_ROW} ON r.id = c.row_id""",
    "costs": f"""SELECT b.file_name, r.number, c.visit, c.total, c.by_insurance, c.by_person
        FROM exchange_cost c JOIN {_ROW} ON r.id = c.row_id""",
    "decisions": f"""SELECT b.file_name, r.number, d.decision, {_WHO}, d.score, d.unchanged
        FROM exchange_linkdecision d JOIN people_person p ON p.id = d.person
        JOIN {_ROW} ON r.id = d.row_id""",
    "batches": "SELECT file_name, kind, state, counts::text, found_nobody FROM exchange_batch",
}


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """A roster, as many files of claims as there are steps, the facilities that sent them, a day."""
    folder, made = tmp_path_factory.mktemp("files"), invent(250, seed=12)
    roster = write_files(made, folder).roster
    (folder / "claims").mkdir()
    write_claims(
        folder / "claims", Folk(made), since=date(2023, 9, 1), until=date(2024, 3, 1), per_file=8,
        resends=Resends(again=0.05, correction=0.1, withdrawal=0.05, late_result=0.05),
    )  # fmt: skip
    files = sorted((folder / "claims").glob("*.xml"), key=lambda path: path.name[6:])[: len(STEPS)]
    assert len(files) == len(STEPS)
    stations = folder / "co_so.csv"
    codes = sorted({path.name[:5] for path in files})
    stations.write_text(
        "code,name,unit\n" + "".join(f"{c},Cơ sở {c},03388\n" for c in codes), "utf-8"
    )
    return roster, files, stations, made.on.isoformat()


@pytest.fixture
def homes(furnished):
    """Two homes side by side, each with its server running."""
    if external():
        pytest.skip("a second home needs a second server")
    with ExitStack() as stack:
        made = []
        for _ in range(2):
            home = copy_of(furnished)
            stack.callback(remove_home, home)
            stack.enter_context(database(home))
            made.append(home)
        yield made


def run(home, *words, at=""):
    """`hssk …` on a home, killed `at` a step if one is named."""
    program = [sys.executable, KILLED, at] if at else [HSSK]
    path = {"HSSK_HOME": str(home.path), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [*program, *map(str, words)], env=os.environ | path, capture_output=True, text=True,
        check=False, timeout=120,
    )  # fmt: skip
    assert done.returncode in (0, -9), done.stderr
    return done


def told(home, on):
    """All that a home holds of files of claims, keys aside, and what its ledger says."""
    told = run(home, "coverage", "--unit", "12", "--on", on, "--json").stdout
    with psycopg.connect(**connection_of(home, "owner").psycopg()) as owner:
        return {"ledger": told} | {
            part: sorted(map(str, owner.execute(question).fetchall()))
            for part, question in EVERYTHING.items()
        }


def test_killed_at_every_step_an_import_of_claims_comes_out_as_if_never_cut_off(city, homes):
    roster, files, stations, on = city
    calm, cut = homes
    take = ["import", "--unit", "12", "--on", on, "--kind"]
    for home in homes:
        run(home, "facilities", stations)
        run(home, *take, "roster", roster)
    assert run(calm, *take, "claims", *files).returncode == 0
    expected = told(calm, on)
    assert all(expected[part] for part in EVERYTHING)

    before: list[Path] = []
    for step, file in zip(STEPS, files, strict=True):
        # the one cut off before is taken up again, and the next one is cut off
        assert run(cut, *take, "claims", *before, file, at=step).returncode == -9, step
        before = [file]
    assert run(cut, *take, "claims", *before).returncode == 0
    found = told(cut, on)
    assert {part: found[part] for part in found if found[part] != expected[part]} == {}
