"""Reading and staging a workbook of 50,000 rows, beside openpyxl that only reads it:
`python -m bench.reading`."""

import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl
from python_calamine import load_workbook

from bench import processes, table
from bench.homes import SEED, fresh_home
from hssk.exchange.invented import invent, write_files
from hssk.kit.memory import no_walks

ROWS, TIMES, LEAST_RATIO = 50_000, 3, 4.0


def by_openpyxl(path: Path) -> int:
    """Iterate the cells, read-only, nothing more; the number of rows."""
    book = openpyxl.load_workbook(path, read_only=True)
    return sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))


def by_calamine(path: Path) -> int:
    """The cells as Python values, nothing more; the number of rows."""
    book = load_workbook(path)
    return sum(len(book.get_sheet_by_name(name).to_python()) for name in book.sheet_names)


def staged(path: Path, data: Path, times: int) -> list[processes.Used]:
    """Read in a child, understood, checked, and every row kept in the database, on this home."""
    from hssk.config.cli._run import actor_named, stand_up_django

    stand_up_django()
    from datetime import date

    from hssk.exchange.services import importing
    from hssk.places.services import unit_on

    on = date(2024, 3, 1)
    runs = []
    for _ in range(times):
        batch = importing.open_batch(
            path,
            kind="roster", unit=unit_on("12", on), on=on, partial=False, actor=actor_named(None),
            area=None,
        )  # fmt: skip
        with processes.used(data) as used, no_walks():  # as `importing.work` does
            importing._receive(batch)
        assert batch.rows.count() > 0.99 * ROWS
        batch.delete()
        runs.append(used)
    return sorted(runs, key=lambda used: used.wall)


def _alone(work: Callable[[Path], int], path: Path) -> tuple[float, float]:
    """(wall, processor) seconds of one reading."""
    began, spent = time.perf_counter(), processes.own_seconds()
    work(path)
    return time.perf_counter() - began, processes.own_seconds() - spent


def main() -> None:
    """The median of each, and the ratio."""
    print(table.machine())
    with tempfile.TemporaryDirectory(prefix="hssk-bench-") as folder:
        path = write_files(invent(ROWS, seed=SEED), folder).roster
        peers = [
            (name, sorted(_alone(work, path) for _ in range(TIMES))[TIMES // 2])
            for name, work in (("openpyxl", by_openpyxl), ("python-calamine", by_calamine))
        ]
        with fresh_home() as (home, data):
            # as a command does
            os.environ |= {"HSSK_HOME": str(home), "HSSK_DATABASE_ROLE": "machine"}
            ours = staged(path, data, TIMES)[TIMES // 2]
        size = path.stat().st_size / 2**20
    rows = [["hssk: read, understand, check, keep in PostgreSQL", f"{ours.wall:.2f} s",
             f"{ours.cpu:.2f} s", f"{ours.database:.2f} s", ""]]  # fmt: skip
    for name, (wall, cpu) in peers:
        label = f"{name}: cells only"
        rows.append([label, f"{wall:.2f} s", f"{cpu:.2f} s", "", f"{wall / ours.wall:.1f}"])
    table.show(
        f"A roster of {ROWS:,} people, {size:.1f} MB, medians of {TIMES}",
        ["", "wall", "cpu", "cpu of PostgreSQL", "as long as ours"],
        rows,
    )
    reached = peers[0][1][0] >= LEAST_RATIO * ours.wall
    print(f"  {LEAST_RATIO:.0f} × faster than openpyxl only reads: {'yes' if reached else 'NO'}")


if __name__ == "__main__":
    main()
