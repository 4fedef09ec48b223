"""Which rows of a sheet are people, and what the other rows are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from hssk.exchange.formats.tables.layout.header import filled, header_fields
from hssk.exchange.formats.tables.layout.model import Layout
from hssk.exchange.formats.tables.layout.titles import section_hamlet
from hssk.exchange.formats.tables.layout.vocabulary import header_key
from hssk.exchange.formats.tables.notes import Note
from hssk.exchange.formats.tables.sheets import Sheet
from hssk.kit.text import fold

_SUBTOTAL = re.compile(
    r"^\W*(cộng(?!\s*h[òo]a)|tổng)\b|^\W*(tong (cong|so|nhan khau|khau)|cong)\s*(\d|:|$|to |tdp|ban |thon |xa |phuong )",
    re.IGNORECASE,
)
_PEOPLE_COUNT = re.compile(
    r"(\d[\d.\s]*)\s*(?:nhân\s+)?(?:khẩu|người|nhan khau|khau|nguoi)", re.IGNORECASE
)
_LAST_NUMBER = re.compile(r":\s*(\d[\d.]*)\s*$")
_SUSPICIOUS = re.compile(r"[\d:]|^\W*(cộng|tổng|cong|tong)\b", re.IGNORECASE)
_SOLID = (
    "birth", "birth_male", "birth_female", "id", "bhxh", "card", "system_number", "relation",
    "sex", "cmnd", "phone", "birth_year", "sex_male", "sex_female", "ethnicity", "created",
)  # fmt: skip
_PROOF = ("birth", "birth_male", "birth_female", "id", "bhxh", "card", "cmnd", "system_number")
_SIGNED = re.compile(
    r"nguoi lap|lap bieu|ky ten|chu tich|truong (tram|ban|thon|to|cong an)|can bo|xac nhan|thu truong"
    r"|ke toan|nguoi tong hop|giam doc|^tm\b|^kt\b|noi nhan|ngay \d|ngay \W+ ?thang|^(luu y|ghi chu|chu thich)"
)


@dataclass
class Body:
    """Indexes of the rows that are people, and what stood between them."""

    data: list[int] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)  # a household does not reach over these indexes
    sections: list[tuple[int, str]] = field(default_factory=list)  # from this index on: hamlet
    notes: list[Note] = field(default_factory=list)


class BodyReader:
    """Walks down one sheet below its header."""

    def __init__(self, sheet: Sheet, layout: Layout, header: range) -> None:
        self.sheet = sheet
        self.layout = layout
        columns = layout.columns
        self.name = columns.get("name", columns.get("first_name", -1))
        self.solid = [columns[name] for name in _SOLID if name in columns] or [
            columns[name] for name in ("number", "hamlet", "address") if name in columns
        ]
        self.proof = [columns[name] for name in _PROOF if name in columns]
        self.headers = {_key(sheet.rows[index]) for index in header}
        self.body = Body()
        self.weak: list[int] = []
        self.tally = {"blank": 0, "header": 0, "other": 0, "foreign": 0, "subtotal": 0}
        self.foreign = False
        self.since_subtotal = 0
        self.others: list[int] = []

    def read(self, start: int) -> Body:
        """The body of the sheet from row index `start` down."""
        rows, name, solid, data = self.sheet.rows, self.name, self.solid, self.body.data
        suspicious = _SUSPICIOUS.search
        for index in range(start, len(rows)):
            row = rows[index]
            if not self.foreign and 0 <= name < len(row):
                text = row[name]
                if type(text) is str and text and not suspicious(text) and _any(row, solid):
                    data.append(index)
                    continue
            self._slow(index, row)
        self._settle_weak()
        self._note_tally()
        return self.body

    def _slow(self, index: int, row: list[Any]) -> None:
        cells = filled(row)
        if not cells:
            self.tally["blank"] += 1
        elif self._is_subtotal(row, cells):
            self._subtotal(index, cells)
        elif _key(row) in self.headers or self._numbers_columns(cells):
            self.tally["header"] += 1
            self.foreign = False
        elif self._is_foreign_header(row):
            self.foreign = True
            self.tally["foreign"] += 1
        else:
            self._person_or_not(index, row, cells)

    def _person_or_not(self, index: int, row: list[Any], cells: list[tuple[int, Any]]) -> None:
        named = bool(self._name(row))
        proven = _any(row, self.proof)
        if self.foreign:
            if named and proven and not section_hamlet(self._name(row)):
                self.body.data.append(index)
            else:
                self.tally["foreign"] += 1
        elif len(cells) <= 2 and self._section(index, cells):
            return
        elif proven or (named and _any(row, self.solid)):
            self.body.data.append(index)
        elif named and not _SIGNED.search(fold(self._name(row))):
            self.weak.append(index)
        elif _any(row, self.solid) and len(cells) >= 3:
            self.body.data.append(index)  # somebody, though nobody says who
        elif len(cells) == 1 and not isinstance(cells[0][1], str):
            self.tally["blank"] += 1  # a numbered line left empty
        else:
            self.tally["other"] += 1
            self.others.append(index)

    def _name(self, row: list[Any]) -> str:
        value = row[self.name] if 0 <= self.name < len(row) else None
        return value.strip() if isinstance(value, str) else ("" if value is None else str(value))

    def _section(self, index: int, cells: list[tuple[int, Any]]) -> bool:
        texts = [value for _, value in cells if isinstance(value, str)]
        hamlet = section_hamlet(texts[-1]) if texts else ""
        if hamlet:
            self.body.sections.append((index, hamlet))
            self.body.breaks.add(index)
        return bool(hamlet)

    def _is_subtotal(self, row: list[Any], cells: list[tuple[int, Any]]) -> bool:
        if _any(row, self.proof) and self._name(row) and not _SUBTOTAL.match(self._name(row)):
            return False
        texts = [value for _, value in cells if isinstance(value, str)]
        return any(_SUBTOTAL.match(text.strip()) for text in texts)

    def _subtotal(self, index: int, cells: list[tuple[int, Any]]) -> None:
        self.tally["subtotal"] += 1
        self.body.breaks.add(index)
        stated = _stated(cells)
        here = len(self.body.data) + len(self.weak)
        part, self_since = here - self.since_subtotal, here
        if stated is not None and stated not in (part, here):
            self.body.notes.append(
                Note(
                    "Dòng {row} ghi {stated} người nhưng phía trên có {counted} người.",
                    {
                        "row": str(self.sheet.number(index)),
                        "stated": str(stated),
                        "counted": str(part if part else here),
                    },
                    "warning",
                )
            )
        self.since_subtotal = self_since

    def _numbers_columns(self, cells: list[tuple[int, Any]]) -> bool:
        """Whether the row is 1, 2, 3 … under the header, printed again on a new page."""
        if len(cells) < 4:
            return False
        texts = [str(value).removesuffix(".0").strip("() ") for _, value in cells]
        numbers = [int(text) for text in texts if text.isdecimal() and len(text) < 3]
        return len(numbers) == len(texts) and numbers == list(
            range(numbers[0], numbers[0] + len(numbers))
        )

    def _is_foreign_header(self, row: list[Any]) -> bool:
        found = header_fields(row)
        if len(found) < 2 or (_any(row, self.proof) and len(found) < 3):
            return False
        columns = self.layout.columns
        return sum(1 for name, column in found.items() if columns.get(name) == column) * 2 <= len(
            found
        )

    def _settle_weak(self) -> None:
        """A bare name among people is a person; below the last of them it signs the list."""
        last = self.body.data[-1] if self.body.data else -1
        people = [index for index in self.weak if index < last or not self.body.data]
        self.tally["other"] += len(self.weak) - len(people)
        if people:
            self.body.data = sorted(self.body.data + people)

    def _note_tally(self) -> None:
        words = {
            "subtotal": "Bỏ qua {count} dòng cộng.",
            "header": "Bỏ qua {count} dòng tiêu đề lặp lại.",
            "blank": "Bỏ qua {count} dòng trống.",
            "other": "Bỏ qua {count} dòng chữ không phải người (chữ ký, ghi chú).",
            "foreign": "Bỏ qua {count} dòng của một bảng khác trong cùng trang.",
        }
        for kind, message in words.items():
            if self.tally[kind]:
                severity = "warning" if kind == "foreign" else "info"
                self.body.notes.append(Note(message, {"count": str(self.tally[kind])}, severity))


def _any(row: Sequence[Any], columns: list[int]) -> bool:
    width = len(row)
    for column in columns:
        if column < width:
            value = row[column]
            if value is not None and value != "":
                return True
    return False


def _key(row: list[Any]) -> tuple[tuple[int, str], ...]:
    return tuple((c, header_key(v) if isinstance(v, str) else str(v)) for c, v in filled(row))


def _stated(cells: list[tuple[int, Any]]) -> int | None:
    """The number of people a subtotal row states; None when it cannot be told."""
    for _, value in cells:
        if isinstance(value, str):
            found = _PEOPLE_COUNT.search(value) or _LAST_NUMBER.search(value)
            if found:
                return int(re.sub(r"\D", "", found[1]))
    numbers = [value for _, value in cells if isinstance(value, int | float)]
    return int(numbers[0]) if len(numbers) == 1 else None
