"""The roster workbook: a sheet for each commune, as its clerk keeps it."""

from typing import Any

import numpy as np
import xlsxwriter

from .cells import Cell, date_cells, name_cells, number_cells
from .city import City
from .sheets import LAYOUTS, SEX_MARKED, TWO_COLUMNS, Style, place_of, sheet_names, width

_SEX = ("", "Nam", "Nữ")


def write_roster(
    book: xlsxwriter.Workbook, city: City, layout: str, rng: np.random.Generator
) -> list[tuple[str, int, int]]:
    """Write all sheets; (sheet, row, person) of every resident's row."""
    styles = LAYOUTS[layout]
    names = sheet_names(city.communes)
    columns = _columns(city, rng)
    communes = city.roster["commune"]
    truth: list[tuple[str, int, int]] = []
    if layout == "hard":
        _write_guide(book)
    for commune, (_, commune_name) in enumerate(city.communes):
        rows = np.flatnonzero(communes == commune)
        sheet = book.add_worksheet(names[commune])
        style = styles[commune % len(styles)]
        top = _write_head(sheet, style, commune_name, city)
        truth += _write_people(sheet, style, city, columns=columns, rows=rows, top=top)
    if layout == "hard":
        book.add_worksheet("DM").hide()
    return truth


def _columns(city: City, rng: np.random.Generator) -> dict[str, list[Any]]:
    """All cells of all sheets, by key."""
    table, faults = city.roster, city.dirt.roster
    lost = faults.lost_zero
    pid = number_cells(table["pid"], "pid", rng, lost_zero=lost)
    cmnd = number_cells(table["cmnd"], "cmnd", rng, lost_zero=0)
    household = table["household"]
    first = np.ones(len(household), bool)
    first[1:] = household[1:] != household[:-1]
    numbers = [f"{n:03d}" if f else None for n, f in zip(table["household_no"], first, strict=True)]
    untidy = 0.0 if lost == 0 else 0.02
    return {
        "household_no": numbers,
        "name": name_cells(table["name"], rng, rate=untidy),
        "born": date_cells(table["birth"], rng, shares=(0.55, 0.25, 0.2)),
        "sex": table["sex"].tolist(),
        "relation": table["relation"],
        "ethnicity": table["ethnicity"],
        "id": [p if p is not None else c for p, c in zip(pid, cmnd, strict=True)],
        "bhxh": number_cells(table["bhxh"], "bhxh", rng, lost_zero=lost),
        "hamlet": table["hamlet_text"],
        "insurance_place": table["insurance_place"],
        "phone": number_cells(table["phone"], "phone", rng, lost_zero=lost / 2),
        "note": table["note"],
    }


def _write_head(sheet: Any, style: Style, commune_name: str, city: City) -> int:
    """Titles and headers; the first row (from 0) below them."""
    on = city.on
    titles = [
        "UBND THÀNH PHỐ LAI CHÂU",
        f"UBND {commune_name.upper()}",
        f"DANH SÁCH NHÂN KHẨU {commune_name.upper()}",
        f"(Tính đến ngày {on.day:02d}/{on.month:02d}/{on.year})",
    ][-style.titles :]
    for row, title in enumerate(titles):
        sheet.write_string(row, 0, title)
    head = len(titles) + 1
    column = 0
    for key, text in style.headers:
        if key == "birth":
            top = (style.top, None) if style.two_level else style.below
            for offset, word in enumerate(top):
                if word:
                    sheet.write_string(head, column + offset, word)
            column += 1
        else:
            sheet.write_string(head, column, text)
        column += 1
    if not style.two_level:
        return head + 1
    born = place_of(style, "birth")
    for offset, word in enumerate(style.below):
        sheet.write_string(head + 1, born + offset, word)
    # merge_range would write cells above the row that constant_memory has already let go
    sheet.merge.append([head, born, head, born + 1])
    others = [c for c in range(width(style)) if c not in {born, born + 1}]
    sheet.merge.extend([head, c, head + 1, c] for c in others)
    return head + 2


def _write_people(
    sheet: Any,
    style: Style,
    city: City,
    *,
    columns: dict[str, list[Any]],
    rows: np.ndarray,
    top: int,
) -> list[tuple[str, int, int]]:
    """Everybody of one sheet with a subtotal after each hamlet, the total and who signs."""
    homes = city.population.household_hamlet[city.roster["household"][rows]]
    hamlets = city.population.hamlets
    truth: list[tuple[str, int, int]] = []
    at, begun = top, 0
    title_column = place_of(style, "name")
    for number, row in enumerate(rows.tolist()):
        _write_person(sheet, style, at, number + 1, {key: columns[key][row] for key in columns})
        truth.append((sheet.get_name(), at + 1, int(city.roster_truth[row])))
        at += 1
        if number + 1 == len(rows) or homes[number + 1] != homes[number]:
            name = hamlets[homes[number]].name
            sheet.write_string(at, title_column, f"Cộng {name}: {number + 1 - begun} khẩu")
            begun, at = number + 1, at + 1
    sheet.write_string(at, title_column, f"TỔNG CỘNG: {len(rows)} khẩu")
    sheet.write_string(at + 2, width(style) - 4, "NGƯỜI LẬP BIỂU")
    sheet.write_string(at + 3, width(style) - 4, "(Ký, ghi rõ họ tên)")
    return truth


def _write_person(sheet: Any, style: Style, at: int, number: int, cells: dict[str, Cell]) -> None:
    column = 0
    sex = int(str(cells["sex"]))
    for key, _ in style.headers:
        if key == "number":
            sheet.write_number(at, column, number)
        elif key == "birth":
            first, second = _birth_and_sex(style, cells["born"], sex)
            write_cell(sheet, at, column, first)
            write_cell(sheet, at, column + 1, second)
            column += 1
        else:
            write_cell(sheet, at, column, cells[key])
        column += 1


def _birth_and_sex(style: Style, born: Cell, sex: int) -> tuple[Cell, Cell]:
    if style.birth == TWO_COLUMNS:
        return (born, None) if sex == 1 else (None, born)
    if style.birth == SEX_MARKED:
        return born, "x" if sex == 2 else None
    return born, _SEX[sex]


def write_cell(sheet: Any, row: int, column: int, value: Cell) -> None:
    """One cell by its type; nothing for None and for empty text."""
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    else:
        sheet.write_datetime(row, column, value)


def _write_guide(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("Hướng dẫn")
    lines = ("HƯỚNG DẪN GHI DANH SÁCH", "1. Mỗi nhân khẩu ghi một dòng.", "2. Ghi đủ số CCCD.")
    for row, line in enumerate(lines):
        sheet.write_string(row, 0, line)
