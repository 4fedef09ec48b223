"""The two workbooks as such files look in life, and the truth beside them."""

import csv
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import numpy as np
import xlsxwriter

from hssk.exchange.formats.mark import MARK

from .city import City
from .write_records import write_records
from .write_roster import write_roster

Truth = list[tuple[str, int, int]]  # sheet, row as Excel shows it, index of the person


@dataclass(frozen=True)
class Files:
    """Where they were written."""

    roster: Path
    records: Path
    truth: Path


def files_in(folder: Path) -> Files:
    """What `write_files` writes into a folder."""
    return Files(
        folder / "danh_sach_nhan_khau.xlsx", folder / "trich_xuat_hssk.xlsx", folder / "truth.csv"
    )


def write_files(city: City, folder: Path | str, layout: str = "mixed") -> Files:
    """Write roster, extract and truth.csv into an existing folder; the same city, the same cells.

    layout "mixed": the sheets differ as clerks do; "plain": one header row and flat everywhere;
    "hard": also a hidden sheet, a guide sheet, and sex as a mark in a column *Nữ*. KeyError for
    another. truth.csv: file (roster, hssk), sheet, row (as Excel shows it), true_person.
    """
    files = files_in(Path(folder))
    # a fixed moment of creation, so that the same city gives the same file
    made_at = datetime.combine(city.on, time())
    options = {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    with xlsxwriter.Workbook(files.roster, options) as book:
        book.set_properties({"created": made_at, "keywords": MARK})
        roster = write_roster(book, city, layout, np.random.default_rng([city.seed, 11]))
    with xlsxwriter.Workbook(files.records, options) as book:
        book.set_properties({"created": made_at, "keywords": MARK})
        records = write_records(book, city, np.random.default_rng([city.seed, 12]))
    with files.truth.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["file", "sheet", "row", "true_person"])
        for name, truth in (("roster", roster), ("hssk", records)):
            writer.writerows((name, sheet, row, f"P{person:07d}") for sheet, row, person in truth)
    return files
