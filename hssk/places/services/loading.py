"""Fill the tables of units from our own lists. Used once, by the migration that brings them."""

import csv
from collections.abc import Iterator
from pathlib import Path

DATA = Path(__file__).parent.parent / "data"
_UNIT_COLUMNS = "id, code, level, kind, name, parent_id, valid_from, valid_until, path"


def _rows(name: str) -> Iterator[list[str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader


def _unit_rows() -> list[list]:
    """Rows ready to copy: an id each, the parent's id, and the path from the province down."""
    rows = list(_rows("units.csv"))
    # a code is unique among what stands and among what ended; parents stand or ended alike
    keys = {(row[0], row[6]): number for number, row in enumerate(rows, start=1)}
    parents = {(row[0], row[6]): row[4] for row in rows}
    ready = []
    for number, (code, level, kind, name, parent, since, until) in enumerate(rows, start=1):
        path = [code]
        above = parent
        while above:
            path.append(above)
            above = parents[above, until]
        parent_id = keys[parent, until] if parent else None
        joined = "/".join(reversed(path))
        ready.append(
            [number, code, level, kind, name, parent_id, since or None, until or None, joined]
        )
    return ready


def load_units(cursor) -> tuple[int, int]:
    """Fill the empty tables of units and successions by COPY; a fraction of a second.

    cursor   a database cursor of Django on psycopg, inside a transaction
    returns  how many units and how many successions there are now
    """
    units = _unit_rows()
    with cursor.copy(f"COPY places_unit ({_UNIT_COLUMNS}) FROM STDIN") as copy:
        for unit in units:
            copy.write_row(unit)
    old = {unit[1]: unit[0] for unit in units if unit[7]}
    new = {unit[1]: unit[0] for unit in units if not unit[7]}
    pairs = list(_rows("successions.csv"))
    with cursor.copy("COPY places_unitsuccession (old_id, new_id, whole) FROM STDIN") as copy:
        for before, after, extent in pairs:
            copy.write_row([old[before], new[after], extent == "whole"])
    cursor.execute("SELECT setval(pg_get_serial_sequence('places_unit', 'id'), %s)", [len(units)])
    return len(units), len(pairs)
