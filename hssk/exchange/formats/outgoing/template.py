"""The import workbook of other software: its header, and what each column may want. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from hssk.exchange.formats.grids import Grid
from hssk.exchange.formats.outgoing.saying import EMPTY, Saying
from hssk.exchange.formats.rows import Cell
from hssk.exchange.formats.tables.layout.header import Header, filled, find_header, resolve
from hssk.exchange.formats.tables.layout.vocabulary import header_key
from hssk.exchange.formats.tables.sheets import Sheet
from hssk.exchange.formats.titled import as_text

FEWEST_TITLES = 3
_LOOK_AT = 30  # rows in which a header of titles that nobody knows may lie

# field of the vocabulary → the way in which a column of that title most often wants it
_WANTED = {
    "number": "number", "name": "name", "last_name": "last_name", "first_name": "first_name",
    "birth": "birth:dmy", "birth_year": "birth:year", "birth_month": "birth:month",
    "birth_day": "birth:day", "sex": "sex:words", "id": "pid", "cmnd": "cmnd", "bhxh": "bhxh",
    "phone": "phone", "ethnicity": "ethnicity", "head_name": "head", "relation": "relation",
    "household": "household", "hamlet": "hamlet", "unit": "unit", "address": "address",
    "insurance_place": "insurance_place", "created": "opened:dmy",
}  # fmt: skip
# what a title says beside its field, folded; the first that fits is taken
_CLOSER = (
    ("birth:dmy", r"yyyymmdd|yyyy mm dd \d|namthangngay", "birth:ymd"),
    ("birth:dmy", r"yyyy mm dd|\biso\b", "birth:iso"),
    ("opened:dmy", r"yyyymmdd", "opened:ymd"),
    ("sex:words", r"\b0\b", "sex:10"),
    ("sex:words", r"\b1\b|^ma gioi|^gt 1", "sex:12"),
    ("ethnicity", r"^ma\b|madantoc", "ethnicity:code"),
    ("unit", r"^ma\b|^ma(xa|phuong)", "unit:code"),
    ("pid", r"cmnd|cmt\b|giay to", "pid:any"),
)
# places above the commune, which lists of residents never name and import workbooks do
_ABOVE = (
    ("province:code", r"^ma ?tinh\b"),
    ("province", r"^(ten )?tinh\b|^tinh thanh"),
    ("district", r"^(ten )?(huyen|quan)\b"),
)
STANDARD = (
    ("STT", "number"), ("HO_TEN", "name"), ("NGAY_SINH", "birth:dmy"), ("GIOI_TINH", "sex:words"),
    ("SO_CCCD", "pid"), ("SO_CMND", "cmnd"), ("MA_SO_BHXH", "bhxh"), ("DAN_TOC", "ethnicity"),
    ("DIEN_THOAI", "phone"), ("CHU_HO", "head"), ("QUAN_HE", "relation"), ("TO_BAN", "hamlet"),
    ("PHUONG_XA", "unit"), ("DIA_CHI", "address"), ("MA_KCBBD", "insurance_place"),
    ("NGAY_TAO", "opened:dmy"),
)  # fmt: skip


@dataclass(frozen=True)
class Template:
    """An empty import workbook.

    above   (row as Excel counts, its cells as text or numbers) down to the last row of the header
    titles  what stands over each column, the lines of a tall header joined
    first   the row of the first record
    """

    sheet: str
    above: list[tuple[int, list[Any]]]
    titles: list[str]
    first: int


def template_in(grids: Sequence[Grid]) -> tuple[Template, list[Saying]] | None:
    """The sheet that asks for people, with a guess for each column; None where no row is a header.

    A header is known by its titles; where nobody knows them, it is the row of most texts near the
    top. What stands below the header, as an example would, is left out.
    """
    found = [(len(known), grid, header) for grid in grids
             if (header := _header(grid)) and (known := _fields(header))]  # fmt: skip
    if found:
        _most, grid, header = max(found, key=lambda one: one[0])
    else:
        grid, widest = _widest(grids)
        if widest is None:
            return None
        header = widest
    texts = header.texts
    while texts and not texts[-1]:
        texts = texts[:-1]
    above = [
        (number, [_plain(cell) for cell in cells]) for number, cells in grid.rows[: header.last + 1]
    ]
    titles = [" · ".join(each) for each in texts]
    return Template(grid.title, above, titles, above[-1][0] + 1), guess(texts)


def standard() -> tuple[Template, list[Saying]]:
    """A workbook of our own with the columns that extracts have."""
    titles = [title for title, _way in STANDARD]
    return Template("HSSK", [(1, list(titles))], titles, 2), [Saying(way) for _t, way in STANDARD]


def guess(texts: Sequence[Sequence[str]]) -> list[Saying]:
    """What each column most likely wants, by the header texts over it, from top to bottom; EMPTY
    where no title tells, and for the second of two that want the same."""
    taken: set[str] = set()
    said = []
    for each in texts:
        way = _way(list(each))
        said.append(Saying(EMPTY if way in taken else way))
        taken.add(way)
    return said


def _way(texts: list[str]) -> str:
    key = header_key(" ".join(texts))
    way = _WANTED.get(resolve(texts) or "")
    if way is None:
        return next((above for above, pattern in _ABOVE if re.search(pattern, key)), EMPTY)
    for wanted, pattern, closer in _CLOSER:
        if way == wanted and re.search(pattern, key):
            return closer
    return way


def _header(grid: Grid) -> Header | None:
    return find_header(Sheet(grid.title, [list(row) for _number, row in grid.rows]))


def _fields(header: Header) -> set[str]:
    return {way for texts in header.texts if (way := _way(list(texts)))}


def _widest(grids: Sequence[Grid]) -> tuple[Grid, Header | None]:
    """The row of most different texts near the top of any sheet, as a header of one row."""
    best, grid, most = None, grids[0] if grids else Grid("", []), FEWEST_TITLES - 1
    for each in grids:
        for index, (_number, row) in enumerate(each.rows[:_LOOK_AT]):
            texts = {value for _column, value in filled(row) if isinstance(value, str)}
            if len(texts) > most and len(texts) == len(filled(row)):
                most, grid = len(texts), each
                best = Header(index, index, [[as_text(c)] if as_text(c) else [] for c in row])
    return grid, best


def _plain(cell: Cell) -> str | int | float | None:
    """A cell as it can be kept: days as people write them."""
    return cell if isinstance(cell, str | int | float) or cell is None else as_text(cell)
