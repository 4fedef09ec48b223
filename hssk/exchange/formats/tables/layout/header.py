"""Where the header of a sheet lies, and what it says over each column."""

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from hssk.exchange.formats.tables.layout.vocabulary import (
    NOT_OURS,
    field_of,
    header_key,
    of_a_relative,
)
from hssk.exchange.formats.tables.sheets import Sheet

_LOOK_AT = 100  # rows; titles and letterheads stay far below
_DIGITS = re.compile(r"\d{4}")
_INDEX = re.compile(r"^[(\[]?(-?\d{1,2}|[A-Z])[)\]]?$")  # Excel makes -1 of (1)
_ANCHORS = {"name", "first_name", "id", "cmnd", "bhxh", "card", "system_number"}
_PARTS = {"male", "female", "birth_day", "birth_month", "birth_year", NOT_OURS}


@dataclass
class Header:
    """Indexes into the sheet's rows, and for each column its header texts from top to bottom."""

    first: int
    last: int
    texts: list[list[str]]

    @property
    def rows(self) -> range:
        return range(self.first, self.last + 1)


def filled(row: list[Any]) -> list[tuple[int, Any]]:
    """The cells of `row` that hold something, with their column."""
    return [
        (column, value)
        for column, value in enumerate(row)
        if value is not None and value != "" and (not isinstance(value, str) or value.strip())
    ]


def _is_words(cells: list[tuple[int, Any]]) -> bool:
    return all(isinstance(value, str) and not _DIGITS.search(value) for _, value in cells)


def header_fields(row: list[Any]) -> dict[str, int]:
    """field → column for a row that reads like a header; empty for any other row."""
    cells = filled(row)
    if len(cells) < 2 or not _is_words(cells):
        return {}
    found: dict[str, int] = {}
    for column, value in cells:
        name = field_of(value)
        if name:
            found.setdefault(name, column)
    return found


def find_header(sheet: Sheet) -> Header | None:
    """The header of `sheet` by vocabulary: the row that names most fields; None if none does."""
    best, most = -1, 2
    for index, row in enumerate(sheet.rows[:_LOOK_AT]):
        found = header_fields(row)
        score = len(found) + 2 * bool(_ANCHORS & found.keys())
        if score > most and (_ANCHORS | {"last_name"}) & found.keys():
            best, most = index, score
    if best < 0:
        return None
    return header_at(sheet, best)


def header_at(sheet: Sheet, main: int) -> Header:
    """The header whose main row is `main`, with the rows above and below that belong to it."""
    first = last = main
    if main > 0 and _is_group_row(sheet, main):
        first = main - 1
    while last + 1 < len(sheet.rows) and last - main < 3 and _continues(sheet, main, last + 1):
        last += 1
    return Header(first, last, _texts(sheet, first, last))


def _is_group_row(sheet: Sheet, main: int) -> bool:
    """Whether the row above groups columns (THÔNG TIN CÁ NHÂN | THẺ BHYT), and is no title."""
    above = filled(sheet.rows[main - 1])
    return len(above) >= 2 and _is_words(above) and len(above) < len(filled(sheet.rows[main]))


def _continues(sheet: Sheet, main: int, index: int) -> bool:
    """Whether row `index` is a second header level or the row that numbers the columns."""
    cells = filled(sheet.rows[index])
    if not cells:
        return False
    if numbers_columns(cells):
        return True
    if not _is_words(cells):
        return False
    above = sheet.rows[main]
    fields = [field_of(text) for _, text in cells]
    under_blank = sum(1 for column, _ in cells if not _text(above, column))
    known = sum(1 for name in fields if name)
    # a name and a number have no parts: Nữ below one of them is somebody's, in the wrong column
    parts = set(fields) <= _PARTS | {"birth", "sex"} and not any(
        field_of(_text(above, column)) in _ANCHORS for column, _ in cells
    )
    return known * 2 > len(cells) and (under_blank > 0 or parts)


def numbers_columns(cells: list[tuple[int, Any]]) -> bool:
    """Whether the filled cells of a row number the columns: (1) (2) (3), or A B 1 2."""
    if len(cells) < 4:
        return False
    texts = [str(int(v)) if isinstance(v, float) else str(v).strip() for _, v in cells]
    if not all(_INDEX.match(text) for text in texts):
        return False
    numbers = [int(text.strip("()[]-")) for text in texts if not text.strip("()[]").isalpha()]
    return len(numbers) >= len(texts) // 2 and all(b - a == 1 for a, b in pairwise(numbers))


def _text(row: list[Any], column: int) -> str:
    value = row[column] if column < len(row) else None
    return value.strip() if isinstance(value, str) else ""


def _texts(sheet: Sheet, first: int, last: int) -> list[list[str]]:
    width = max((len(sheet.rows[index]) for index in range(first, last + 1)), default=0)
    levels = [
        [""] * width  # a line that numbers the columns is no level under which words stand
        if numbers_columns(filled(sheet.rows[i]))
        else [_text(sheet.rows[i], c) for c in range(width)]
        for i in range(first, last + 1)
    ]
    for (top, left), (_bottom, right) in sheet.merged:
        if first <= top <= last and right > left:
            text = levels[top - first][left] if left < width else ""
            for column in range(left, min(right + 1, width)):
                levels[top - first][column] = text
    for upper, lower in pairwise(levels):
        _spread(upper, lower)
    return [_distinct([level[column] for level in levels]) for column in range(width)]


def _spread(upper: list[str], lower: list[str]) -> None:
    """Give a blank upper cell the text at its left, where both stand over lower texts.

    This is what a merge looks like in formats that do not record merges.
    """
    for column in range(1, len(upper)):
        if not upper[column] and lower[column] and lower[column - 1] and upper[column - 1]:
            upper[column] = upper[column - 1]


def _distinct(texts: list[str]) -> list[str]:
    kept: list[str] = []
    for text in texts:
        if header_key(text) and not _INDEX.match(text) and (not kept or kept[-1] != text):
            kept.append(text)
    return kept


def resolve(texts: list[str]) -> str | None:
    """The field that the header texts over one column name together; see `field_of`."""
    if not texts:
        return None
    own = field_of(texts[-1])
    if len(texts) == 1:
        return own
    if any(map(of_a_relative, texts[:-1])):
        return NOT_OURS
    parent = field_of(texts[-2])
    for group, fields in (("birth", ("birth", "birth_year")), ("sex", ("sex",))):
        if parent in fields and own in ("male", "female"):
            return f"{group}_{own}"
    if own and own not in ("number",):
        return own
    return field_of(" ".join(texts)) or parent
