"""Both files from disk to ledger, on a new installation: `python -m bench.importing`."""

import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
from python_calamine import load_workbook

from bench import processes, table
from bench.homes import Pair, files, fresh_home

MOST_SECONDS, MOST_MEGABYTES = 12, 700
BIN = Path(sys.executable).parent
STAGES = "read and receive", "link", "apply", "settle", "rest"


def by_command(pair: Pair, home: Path, data: Path) -> list[tuple[str, processes.Run]]:
    """`hssk import` of the one file, then of the other."""
    told = []
    for kind, path in (("roster", pair.roster), ("records", pair.records)):
        command = [str(BIN / "hssk"), "import", str(path), "--kind", kind, "--json"]
        command += ["--unit", pair.unit, "--on", pair.on]
        ran = processes.run(command, data, HSSK_HOME=str(home))
        told.append((f"{kind}, {json.loads(ran.output)['rows']:,} rows", ran))
    return told


def floors(pair: Pair) -> list[tuple[str, float]]:
    """What it takes only to read the two workbooks, by the quickest and the usual reader."""
    both = pair.roster, pair.records
    return [
        ("python-calamine, cells only", table.seconds(lambda: [_calamine(path) for path in both])),
        ("openpyxl read-only, cells only", table.seconds(lambda: [_openpyxl(p) for p in both])),
    ]


def _calamine(path: Path) -> int:
    book = load_workbook(path)
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def _openpyxl(path: Path) -> int:
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for sheet in book for row in sheet.iter_rows(values_only=True) if row)


class Stages:
    """Seconds by stage, taken by wrapping the functions that are the stages."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def wrap(self, owner: Any, name: str, stage: str) -> None:
        inner: Callable[..., Any] = getattr(owner, name)

        def timed(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return inner(*args, **kwargs)
            finally:
                self.seconds[stage] += time.perf_counter() - began

        setattr(owner, name, timed)


def tell_stages(pair: Pair) -> None:
    """In a process of its own, on the home of HSSK_HOME: print the seconds of each stage."""
    from hssk.config.cli._run import actor_named, installation
    from hssk.kit.home import Home

    with installation(Home.current()):
        from hssk.coverage.services import settle
        from hssk.exchange.services import importing
        from hssk.places.services import unit_on

        actor, on = actor_named(None), date.fromisoformat(pair.on)
        told = []
        for kind, path in (("roster", pair.roster), ("records", pair.records)):
            stages = Stages()
            for owner, name, stage in (
                (importing, "_receive", "read and receive"),
                (importing, "place_rows", "link"), (importing.Linker, "run", "link"),
                (importing, "apply", "apply"),
            ):  # fmt: skip
                stages.wrap(owner, name, stage)
            began = time.perf_counter()
            batch = importing.open_batch(
                path, kind=kind, unit=unit_on(pair.unit, on), on=on, partial=False, actor=actor
            )
            importing.work(batch)
            worked = time.perf_counter() - began
            settle()
            stages.seconds["rest"] = worked - sum(stages.seconds.values())
            stages.seconds["settle"] = time.perf_counter() - began - worked
            told.append([kind, stages.seconds])
    print(json.dumps(told))


def stages_of(pair: Pair) -> list[list[Any]]:
    """Kind and seconds by stage, from a run in one process on a home of its own."""
    with fresh_home() as (home, data):
        command = [sys.executable, "-m", "bench.importing", "--stages"]
        ran = processes.run(command, data, HSSK_HOME=str(home))
    return json.loads(ran.output.splitlines()[-1])


def main() -> None:
    """The two commands, the stages, the floors."""
    print(table.machine())
    with files() as pair:
        with fresh_home() as (home, data):
            ran = by_command(pair, home, data)
        split, floor = stages_of(pair), floors(pair)
    wall, peak = sum(run.wall for _, run in ran), max(run.peak for _, run in ran)
    processor = sum(run.cpu for _, run in ran), sum(run.database for _, run in ran)
    rows = [[name, *_cells(run.wall, run.cpu, run.database, run.peak), ""] for name, run in ran]
    rows.append(["both", *_cells(wall, *processor, peak), ""])
    within = f"within {MOST_SECONDS} s and {MOST_MEGABYTES} MB"
    reached = table.verdict(wall <= MOST_SECONDS), table.verdict(peak <= MOST_MEGABYTES)
    rows.append([within, reached[0], "", "", reached[1], ""])
    rows += [[name, f"{taken:.2f} s", "", "", "", f"{wall / taken:.1f}"] for name, taken in floor]
    header = ["", "wall", "cpu", "cpu of PostgreSQL", "peak with child", "ratio"]
    table.show(f"hssk import, {pair.title}, new home", header, rows)
    spent = [[kind, *(f"{taken.get(stage, 0):.2f} s" for stage in STAGES)] for kind, taken in split]
    table.show("Where the time goes, in one process", ["", *STAGES], spent)


def _cells(wall: float, cpu: float, database: float, peak: float) -> list[str]:
    return [f"{wall:.2f} s", f"{cpu:.2f} s", f"{database:.2f} s", f"{peak:.0f} MB"]


if __name__ == "__main__":
    os.chdir(Path(__file__).parent.parent)
    if "--stages" in sys.argv:
        with files() as taken:
            tell_stages(taken)
    else:
        main()
