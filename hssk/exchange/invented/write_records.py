"""The extract as the health-record software writes it: one flat sheet."""

from typing import Any

import numpy as np
import xlsxwriter

from .cells import date_cells, day_cell, name_cells, number_cells
from .city import City
from .write_roster import write_cell

_SHEET = "HSSK"
HEADERS = {
    "number": "STT",
    "system_number": "MA_HSSK",
    "name": "HO_TEN",
    "birth": "NGAY_SINH",
    "sex": "GIOI_TINH",
    "id": "SO_CCCD",
    "card": "MA_THE_BHYT",
    "address": "DIA_CHI",
    "commune": "PHUONG_XA",
    "phone": "DIEN_THOAI",
    "insurance_place": "MA_KCBBD",
    "created": "NGAY_TAO",
    "updated": "NGAY_CAP_NHAT",
    "app": "CAI_UNG_DUNG",
    "visits": "SO_LUOT_KHAM",
    "status": "TRANG_THAI",
}


def write_records(
    book: xlsxwriter.Workbook, city: City, rng: np.random.Generator
) -> list[tuple[str, int, int]]:
    """Write the one sheet; (sheet, row, person) of each record."""
    sheet = book.add_worksheet(_SHEET)
    sheet.write_string(0, 0, "DANH SÁCH HỒ SƠ SỨC KHỎE ĐIỆN TỬ")
    sheet.write_string(1, 0, f"Thời điểm trích xuất: {city.on:%d/%m/%Y} 08:00")
    for column, header in enumerate(HEADERS.values()):
        sheet.write_string(3, column, header)
    columns = _columns(city, rng)
    ordered = zip(*(columns[key] for key in HEADERS), strict=True)
    for row, values in enumerate(ordered, start=4):
        for column, value in enumerate(values):
            write_cell(sheet, row, column, value)
    return [(_SHEET, row, person) for row, person in enumerate(city.records_truth.tolist(), 5)]


def _columns(city: City, rng: np.random.Generator) -> dict[str, list[Any]]:
    table, lost = city.records, city.dirt.records.lost_zero
    count = len(table["name"])
    pid = number_cells(table["pid"], "pid", rng, lost_zero=lost)
    cmnd = number_cells(table["cmnd"], "cmnd", rng, lost_zero=0)
    communes = [city.communes[c][1] for c in table["commune"].tolist()]
    return {
        "number": list(range(1, count + 1)),
        "system_number": table["system_number"],
        "name": name_cells(table["name"], rng, rate=0.0 if lost == 0 else 0.01),
        "birth": date_cells(table["birth"], rng, shares=(0.38, 0.55, 0.02, 0.05)),
        "sex": table["sex"].tolist(),
        "id": [p if p is not None else c for p, c in zip(pid, cmnd, strict=True)],
        "card": city.cards(),
        "address": _addresses(table["hamlet_text"], communes, rng),
        "commune": communes,
        "phone": number_cells(table["phone"], "phone", rng, lost_zero=lost / 2),
        "insurance_place": table["insurance_place"],
        "created": [day_cell(d) for d in table["created"].tolist()],
        "updated": [day_cell(d) for d in table["updated"].tolist()],
        "app": ["x" if opened else None for opened in table["app_opened"].tolist()],
        "visits": table["visits"].tolist(),
        "status": table["status"],
    }


def _addresses(
    hamlets: list[str], communes: list[str], rng: np.random.Generator
) -> list[str | None]:
    """The hamlet alone, with its commune, or with the city; without a hamlet most are empty."""
    ways = rng.integers(0, 3, len(hamlets)).tolist()
    return [
        (hamlet, f"{hamlet}, {commune}", f"{hamlet}, {commune}, TP Lai Châu")[way]
        if hamlet
        else (None, None, "TP Lai Châu")[way]
        for hamlet, commune, way in zip(hamlets, communes, ways, strict=True)
    ]
