"""Two files to link, with the truth beside: the sample, or an invented city."""

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.formats.door import Row, read_in_child
from hssk.exchange.invented import Dirt, invent
from hssk.exchange.linkage import Entries
from hssk.kit.text import fold
from hssk.places.rules import hamlet_key

SAMPLE = Path("/work/shared/data/lai_chau_2024-03")
_KINDS = ("phường ", "xã ", "p. ", "x. ", "p.", "x.")
Truth = NDArray[np.int64]


@dataclass(frozen=True)
class Case:
    """A roster and an extract, and who each row is about (any number per person)."""

    title: str
    roster: Entries
    records: Entries
    roster_truth: Truth
    records_truth: Truth


def invented(title: str, people: int, dirt: Dirt, seed: int) -> Case:
    """A case of the project's own generator."""
    city = invent(people, seed=seed, dirt=dirt)
    return Case(
        title,
        Entries.from_columns(**city.entries("roster")),
        Entries.from_columns(**city.entries("records")),
        city.roster_truth.astype(np.int64),
        city.records_truth.astype(np.int64),
    )


def sample() -> Case | None:
    """The sample as our own reader reads it; None where it is not at hand."""
    if not SAMPLE.is_dir():
        return None
    with gzip.open(SAMPLE / "truth.csv.gz", "rt", encoding="utf-8") as file:
        told = {
            (line["file"], line["sheet"], int(line["row"])): int(line["true_person"][1:])
            for line in csv.DictReader(file)
        }
    numbers: dict[object, int] = {}
    sides = []
    for kind, name in (("roster", "danh_sach_nhan_khau"), ("hssk", "trich_xuat_hssk")):
        reading = read_in_child(SAMPLE / f"{name}_2024-03.xlsx")
        rows = [row for row in reading.rows if (kind, row.sheet, row.number) in told]
        truth = np.array([told[kind, row.sheet, row.number] for row in rows], np.int64)
        sides.append((_entries(rows, kind, numbers), truth))
    (roster, roster_truth), (records, records_truth) = sides
    return Case("the sample", roster, records, roster_truth, records_truth)


def _entries(rows: list[Row], kind: str, numbers: dict[object, int]) -> Entries:
    """Rows as entries; communes, hamlets and households are numbered as they come."""

    def number(*key: object) -> int:
        return numbers.setdefault(key, len(numbers))

    units = [number("unit", _bare(row.unit_text)) if row.unit_text else -1 for row in rows]
    hamlets = [hamlet_key(row.hamlet_text) if row.hamlet_text else "" for row in rows]
    return Entries.from_columns(
        **{
            column: [getattr(row, column) for row in rows]
            for column in ("name", "sex", "pid", "cmnd", "bhxh", "phone", "relation")
        },
        system_number=[row.system_number for row in rows],
        birth=[row.birth.number if row.birth else 0 for row in rows],
        unit=units,
        hamlet=[
            number("hamlet", unit, key) if key else -1
            for unit, key in zip(units, hamlets, strict=True)
        ],
        household=[
            number("household", unit, key, row.household_no) if row.household_no else -1
            for unit, key, row in zip(units, hamlets, rows, strict=True)
        ],
        source=np.full(len(rows), int(kind == "hssk")),
    )


def _bare(unit: str) -> str:
    for kind in _KINDS:
        if unit.lower().startswith(kind):
            return fold(unit[len(kind) :])
    return fold(unit)
