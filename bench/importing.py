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

MOST_SECONDS, MOST_MEGABYTES, TIMES = 12, 700, 3
BIN = Path(sys.executable).parent
STAGES = "read and receive", "link", "apply", "settle", "rest"


def by_command(pair: Pair, home: Path, data: Path, *paths: Path) -> processes.Run:
    """One `hssk import` of these files."""
    command = [str(BIN / "hssk"), "import", *map(str, paths), "--json"]
    command += ["--unit", pair.unit, "--on", pair.on]
    return processes.run(command, data, HSSK_HOME=str(home))


def both_at_once(pair: Pair) -> processes.Run:
    """The run of median wall time of one command for both files, each on a new home."""
    runs = []
    for _ in range(TIMES):
        with fresh_home() as (home, data):
            runs.append(by_command(pair, home, data, pair.roster, pair.records))
    return sorted(runs, key=lambda run: run.wall)[TIMES // 2]


def one_by_one(pair: Pair) -> list[tuple[str, processes.Run]]:
    """A command for the one file, then one for the other."""
    with fresh_home() as (home, data):
        told = [by_command(pair, home, data, path) for path in (pair.roster, pair.records)]
    counts = [json.loads(run.output)["rows"] for run in told]
    names = [f"{kind}, {n:,} rows" for kind, n in zip(("roster", "records"), counts, strict=True)]
    return list(zip(names, told, strict=True))


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
                path,
                kind=kind, unit=unit_on(pair.unit, on), on=on, partial=False, actor=actor,
                area=None,
            )  # fmt: skip
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
    """One command, two commands, the stages, the floors."""
    print(table.machine())
    with files() as pair:
        both, apart = both_at_once(pair), one_by_one(pair)
        split, floor = stages_of(pair), floors(pair)
    rows = [[f"both in one command, median of {TIMES}", *_cells(both), ""]]
    within = f"within {MOST_SECONDS} s and {MOST_MEGABYTES} MB"
    reached = table.verdict(both.wall <= MOST_SECONDS), table.verdict(both.peak <= MOST_MEGABYTES)
    rows.append([within, reached[0], "", "", reached[1], ""])
    rows += [[f"alone: {name}", *_cells(run), ""] for name, run in apart]
    rows += [[name, f"{t:.2f} s", "", "", "", f"{both.wall / t:.1f}"] for name, t in floor]
    header = ["", "wall", "cpu", "cpu of PostgreSQL", "peak with child", "ratio"]
    table.show(f"hssk import, {pair.title}, new home", header, rows)
    spent = [[kind, *(f"{taken.get(stage, 0):.2f} s" for stage in STAGES)] for kind, taken in split]
    table.show("Where the time goes, in one process", ["", *STAGES], spent)


def _cells(run: processes.Run) -> list[str]:
    return [f"{run.wall:.2f} s", f"{run.cpu:.2f} s", f"{run.database:.2f} s", f"{run.peak:.0f} MB"]


if __name__ == "__main__":
    os.chdir(Path(__file__).parent.parent)
    if "--stages" in sys.argv:
        with files() as taken:
            tell_stages(taken)
    else:
        main()
