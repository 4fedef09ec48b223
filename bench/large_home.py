"""A home with a province of invented residents, made once through the services and kept under
var/bench, so that the next run is quick."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from itertools import groupby
from operator import attrgetter
from pathlib import Path

from hssk.config.cli._run import actor_named, installation
from hssk.exchange.formats.door import Columns, Reading, Row
from hssk.exchange.invented import City, invent
from hssk.kit.home import Home

KEPT = Path(__file__).parent.parent / "var" / "bench"
SEED = 2024


@contextmanager
def large_home(people: int) -> Iterator[dict]:
    """Django on a home with `people` residents and their records; how it was made.

    Made anew when the one before was not finished.
    """
    home = Home(KEPT / f"residents-{people}")
    made = home.path / "made.json"
    if home.exists and not made.exists():
        shutil.rmtree(home.path)
    home.path.parent.mkdir(parents=True, exist_ok=True)
    os.environ["HSSK_LINGER"] = "0"
    with installation(home.open()):
        if not made.exists():
            home.note(invented=True)
            made.write_text(json.dumps(_fill(people)))
        yield json.loads(made.read_text())


def _fill(people: int) -> dict:
    """Take an invented city in: every step but reading, for its rows come from memory."""
    from hssk.coverage.services import settle

    began = time.perf_counter()
    city = invent(people, seed=SEED)
    told = {"people": people, "on": (city.on + timedelta(days=12)).isoformat()}
    _take_in(city, "roster")
    _take_in(city, "records")
    settle()
    _look_again()
    return {**told, "seconds": round(time.perf_counter() - began)}


def _take_in(city: City, kind: str) -> None:
    from hssk.exchange.services import importing
    from hssk.places.services import unit_on

    rows = list(city.roster_rows() if kind == "roster" else city.records_rows())
    on = city.on + timedelta(days=12 if kind == "records" else 0)
    reading = Reading(kind=kind, runs=[(title, _by_column(part)) for title, part in _runs(rows)])
    importing.read_in_child = lambda *_args, **_kwargs: reading
    file = KEPT / f"{kind}-{len(rows)}.txt"
    file.write_text(f"stands for {len(rows)} rows that were never in a file\n")
    batch = importing.open_batch(
        file,
        kind=kind, unit=unit_on("12", on), on=on, partial=False, actor=actor_named(None), area=None,
    )  # fmt: skip
    importing.work(batch)


def _runs(rows: list[Row]) -> Iterator[tuple[str, list[Row]]]:
    by_sheet = sorted(rows, key=attrgetter("sheet"))  # as a file has them: a sheet at a time
    for title, part in groupby(by_sheet, key=attrgetter("sheet")):
        yield title, list(part)


def _by_column(rows: list[Row]) -> Columns:
    fields = {
        field: [getattr(row, field) for row in rows]
        for field in Row.__dataclass_fields__
        if field not in ("sheet", "number", "cells", "birth", "problems")
    }
    fields["birth"] = [row.birth.number if row.birth else None for row in rows]
    return Columns(
        [row.number for row in rows],
        [list(column) for column in zip(*(row.cells for row in rows), strict=True)],
        fields,
        {position: row.problems for position, row in enumerate(rows) if row.problems},
    )


def _look_again() -> None:
    """What autovacuum does within minutes: without it the plans are those of empty tables."""
    import psycopg

    from hssk.kit.pg.connection import connection_of

    with psycopg.connect(**connection_of(Home.current(), "owner").psycopg(), autocommit=True) as it:
        it.execute("VACUUM (ANALYZE)")
