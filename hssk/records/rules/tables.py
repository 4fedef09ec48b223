"""The tables of codes that the program carries: `records/codes`, comma separated, in UTF-8.

Each line says where it comes from (`source`) and from what day that has held (`since`: of a law or
a decision, or of the edition of a list), so that whoever checks one can look it up.
"""

import csv
from pathlib import Path

CODES = Path(__file__).resolve().parent.parent / "codes"


def lines_of(table: str) -> list[dict[str, str]]:
    """The lines of one table, in its order, by the names of its columns.

    table  as `tests.csv`
    """
    with (CODES / table).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
