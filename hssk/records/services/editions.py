"""Another edition of ICD-10 is loaded, from a workbook or a CSV file as ministries send them."""

import csv
import re
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import python_calamine

from hssk.kit.errors import Trouble
from hssk.kit.text import clean, fold
from hssk.records.rules.icd10 import UNTIL_QD4469, diseases_of, is_code
from hssk.records.rules.icd10_loaded import file_of, packed

# what a heading says (folded, by its beginning) → the column of the table
_HEADINGS = (
    ("code", ("ma benh", "ma icd", "ma so", "ma", "code")),
    ("name_vi", ("ten benh", "ten tieng viet", "ten viet", "ten", "name_vi")),
    (
        "name_en",
        (
            "english",
            "ten benh tieng anh",
            "ten benh (english",
            "tieng anh",
            "ten tieng anh",
            "name_en",
            "disease name",
        ),
    ),
    ("chapter", ("chuong", "ma chuong", "chapter")),
    ("not_main", ("khong la benh chinh", "khong ma hoa benh chinh", "not_main")),
    ("sex_only", ("gioi", "sex_only")),
    ("forbidden", ("khong su dung", "cam", "forbidden")),
)
_OTHER_TONGUE = ("tieng anh", "english")
_NO = frozenset({"", "0", "khong", "no", "false"})
_MARKS = ("not_main", "forbidden")
_TITLE = re.compile(r"chuong\b|chapter\b|[a-z]\d\d\s*[-–]\s*[a-z]\d\d")
_LOOKED_AT = 20  # lines in which the headings must stand
_SEXES = {"nam": "M", "m": "M", "1": "M", "nu": "F", "f": "F", "2": "F"}


class BadEdition(Trouble):
    """A list of codes that cannot be loaded; the message names the line."""


def load_edition(path: Path, *, name: str, since: date, until: date | None = None) -> int:
    """Load the list of `path` as the edition `name`, for visits that end from `since` on; how many
    codes it has. Loaded again, it replaces itself.

    path   .xlsx, .xls, .ods (its first sheet with headings) or .csv: a column for the code and one
           for the Vietnamese name; also, where there, the English name, the chapter, and marks
           of codes that are no main illness, of one sex only, or not to be used
    until  the day from which it is no longer in force, where that is known

    Raises BadEdition, and nothing is changed.
    """
    if until is not None and until <= since:
        raise BadEdition("{file}: ngày hết dùng phải sau ngày bắt đầu dùng.", file=path.name)
    if since < UNTIL_QD4469:  # another writing of the list that was in force until that day
        until = min(until or UNTIL_QD4469, UNTIL_QD4469)
    rows = list(_rows_of(path))
    if not rows:
        raise BadEdition("{file}: không có mã nào.", file=path.name)
    target = file_of(since)
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=target.parent, delete=False) as draft:
        draft.write(packed(name, since, until, rows))
    Path(draft.name).chmod(0o644)
    Path(draft.name).replace(target)  # a reader sees the old list or the new
    return len(diseases_of(rows))


def _rows_of(path: Path) -> Iterator[dict[str, str]]:
    for sheet, lines in _sheets(path):
        at, columns = _headings(lines)
        if columns:
            yield from _codes(f"{path.name}, {sheet}" if sheet else path.name, lines, at, columns)
            return
    raise BadEdition(
        "{file}: không thấy dòng tiêu đề có cột mã bệnh và cột tên bệnh.", file=path.name
    )


def _sheets(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    if path.suffix.lower() == ".csv":
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield "", [[clean(cell) for cell in line] for line in csv.reader(file)]
        return
    try:
        book = python_calamine.CalamineWorkbook.from_path(str(path))
    except Exception as broken:  # the library has no one class for what it cannot read
        raise BadEdition(
            "{file}: không đọc được. Cần tệp .xlsx, .xls, .ods hoặc .csv.", file=path.name
        ) from broken
    for sheet in book.sheet_names:
        lines = book.get_sheet_by_name(sheet).to_python()
        yield sheet, [[clean(_text(cell)) for cell in line] for line in lines]


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _headings(lines: Sequence[Sequence[str]]) -> tuple[int, dict[str, int]]:
    """(number of the line below the headings, column → place); nothing where there are none."""
    for at, line in enumerate(lines[:_LOOKED_AT]):
        said = [fold(cell).lower() for cell in line]
        found: dict[str, int] = {}
        for column, beginnings in _HEADINGS:
            places = [
                place
                for beginning in beginnings
                for place, text in enumerate(said)
                if text.startswith(beginning)
                and place not in found.values()
                and (column != "name_vi" or not any(word in text for word in _OTHER_TONGUE))
            ]
            if places:
                found[column] = places[0]
        if "code" in found and "name_vi" in found:
            return at + 1, found
    return 0, {}


def _codes(
    where: str, lines: Sequence[Sequence[str]], first: int, columns: dict[str, int]
) -> Iterator[dict[str, str]]:
    for number, line in enumerate(lines[first:], first + 1):
        row = {column: line[at] for column, at in columns.items() if at < len(line)}
        known = is_code(row.get("code", ""))
        title = _TITLE.match(fold(row.get("code", "")).lower())
        if title or not (known or row.get("name_vi")):
            continue  # of a chapter or of a group of codes; an empty line
        if not known or not row.get("name_vi"):
            raise BadEdition(
                "{file}, dòng {line}: cần mã bệnh như J18.9 và tên bệnh.", file=where, line=number
            )
        sex = _SEXES.get(fold(row.get("sex_only", "")).lower(), "")
        marks = {one: row[one] for one in _MARKS if one in row and not _is_no(row[one])}
        yield (
            {key: text for key, text in row.items() if key not in _MARKS}
            | marks
            | {"sex_only": sex}
        )


def _is_no(text: str) -> bool:
    return fold(text).lower() in _NO
