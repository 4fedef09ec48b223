"""A workbook of posts to give and to end: which column means what, and what each row says.

Pure: words are read here, whether they are right of this installation is found out elsewhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from hssk.exchange.formats.grids import Grid
from hssk.exchange.formats.rows import Cell
from hssk.exchange.formats.tables.extents import column_letter
from hssk.kit.text import clean, fold

GIVE, END = "give", "end"
# field → what its header may say, folded; the first is what the blank workbook says
TITLES = {
    "username": ("ten dang nhap", "tai khoan", "ten tai khoan", "username", "user name"),
    "full_name": ("ho va ten", "ho ten", "ten can bo", "ho va ten can bo", "full name", "name"),
    "role": ("nhiem vu", "vai tro", "chuc vu", "role", "duty", "post"),
    "unit": ("don vi", "ma don vi", "ma hoac ten don vi", "don vi ma hoac ten", "xa phuong",
             "ma xa", "dia ban", "unit"),
    "hamlet": ("to ban", "to dan pho", "ban", "thon ban", "to dan pho ban", "thon", "hamlet"),
    "since": ("tu ngay", "ngay bat dau", "bat dau", "from", "since"),
    "until": ("ket thuc ngay", "ngay ket thuc", "den ngay", "until", "to", "end date"),
    "action": ("viec", "viec can lam", "giao hay ket thuc", "giao ket thuc", "thao tac", "action"),
}  # fmt: skip
_NEEDED = {"username", "role"}
_GIVES = {"", "giao", "cap", "them", "giao moi", "moi", "give", "add", "new"}
_ENDS = {"ket thuc", "thu hoi", "thoi", "thoi giao", "nghi", "bo", "end", "remove", "ket thuc ngay"}
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})|(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T].*)?")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050  # days of Excel from 2000 to 2099
_DAY_ZERO = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Posting:
    """One row: its cells verbatim, and field → (letter of the column, its text)."""

    sheet: str
    number: int
    cells: list[Cell]
    said: dict[str, tuple[str, str]] = field(default_factory=dict)


def header_key(cell: Cell) -> str:
    """A header as it is compared: "Tổ, bản (nếu có)" → "to ban"."""
    bare = re.sub(r"\(.*?\)|[*:]", " ", str(cell or ""))
    return " ".join(re.sub(r"[^\w]+", " ", fold(bare)).split())


def columns_of(row: list[Cell]) -> dict[str, int]:
    """Field → column (0 is A) where a row is the header of such a list; empty where it is not."""
    keys = [header_key(cell) for cell in row]
    found = {
        name: keys.index(title)
        for name, titles in TITLES.items()
        for title in reversed(titles)
        if title in keys
    }
    return found if found.keys() >= _NEEDED else {}


def postings_in(grids: list[Grid]) -> tuple[list[Posting], int]:
    """Every row below a header, of every sheet, and how many sheets have such a header."""
    found: list[Posting] = []
    sheets = 0
    for grid in grids:
        if fold(grid.title).startswith("huong dan"):
            continue
        rows = list(_rows(grid))
        sheets += any(columns_of(row) for _number, row in grid.rows)
        found += rows
    return found, sheets


def _rows(grid: Grid) -> Iterator[Posting]:
    columns: dict[str, int] = {}
    for number, cells in grid.rows:
        if header := columns_of(cells):
            columns = header
            continue
        said = {
            name: (column_letter(at), text)
            for name, at in columns.items()
            if at < len(cells) and (text := as_text(cells[at]))
        }
        if said:
            yield Posting(grid.title, number, cells, said)


def as_text(cell: Cell) -> str:
    """A cell as one reads it: a day as 13/3/2024, a whole number without its point."""
    if isinstance(cell, datetime | date):
        return f"{cell.day}/{cell.month}/{cell.year}"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return clean(str(cell)) if cell is not None else ""


def day_said(text: str) -> date | None:
    """The day that a text means, 13/3/2024, 2024-03-13 or Excel's number of it; None for none."""
    if text.isdecimal() and _FIRST_SERIAL <= int(text[:9]) <= _LAST_SERIAL:
        return _DAY_ZERO + timedelta(days=int(text))
    match = _DAY.fullmatch(text.strip())
    if match is None:
        return None
    day, month, year, other_year, other_month, other_day = match.groups()
    try:
        if year:
            return date(int(year), int(month), int(day))
        return date(int(other_year), int(other_month), int(other_day))
    except ValueError:
        return None


def action_said(text: str) -> str:
    """GIVE or END, as a text says; "" where it says neither. Nothing said means GIVE."""
    key = header_key(text)
    return GIVE if key in _GIVES else END if key in _ENDS else ""
