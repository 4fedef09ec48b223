"""Which rows of a sheet are people, and what the other rows are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from hssk.exchange.formats.tables.layout.content import content_field
from hssk.exchange.formats.tables.layout.header import filled, header_fields
from hssk.exchange.formats.tables.layout.model import Layout
from hssk.exchange.formats.tables.layout.titles import section_hamlet
from hssk.exchange.formats.tables.layout.vocabulary import header_key
from hssk.exchange.formats.tables.notes import Note
from hssk.exchange.formats.tables.sheets import Sheet
from hssk.kit.text import fold

_SUBTOTAL = re.compile(
    r"^\W*(cộng(?!\s*h[òo]a)|tổng)\b"
    r"|^\W*(tong (cong|so|nhan khau|khau)|cong)\s*(\d|:|$|to |tdp|ban |thon |xa |phuong )",
    re.IGNORECASE,
)
_PEOPLE_COUNT = re.compile(
    r"(\d[\d.\s]*)\s*(?:nhân\s+)?(?:khẩu|người|nhan khau|khau|nguoi)", re.IGNORECASE
)
_LAST_NUMBER = re.compile(r":\s*(\d[\d.]*)\s*$")
_SUSPICIOUS = re.compile(r"[\d:]|^\W*(cộng|tổng|cong|tong)\b", re.IGNORECASE)
_PROOF = (
    "id", "birth", "birth_male", "birth_female", "bhxh", "card", "cmnd", "system_number",
    "birth_year", "created",
)  # fmt: skip
_SOFT = ("relation", "sex", "ethnicity", "phone", "sex_male", "sex_female")
_LEAST_ID = 10_000_000  # a smaller number in an identifier's column may be a count
_SIGNED = re.compile(
    r"nguoi lap|lap bieu|ky ten|chu tich|truong (tram|ban|thon|to|cong an)|can bo"
    r"|xac nhan|thu truong|ke toan|nguoi tong hop|giam doc|^tm\b|^kt\b|noi nhan|ngay \d"
    r"|ngay \W+ ?thang|^(luu y|ghi chu|chu thich)"
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
        self.proof = [columns[name] for name in _PROOF if name in columns]
        self.soft = [columns[name] for name in _SOFT if name in columns]
        if not self.proof and not self.soft:
            self.soft = [columns[n] for n in ("number", "hamlet", "address") if n in columns]
        self.headers = {_key(sheet.rows[index]) for index in header}
        self.body = Body()
        self.weak: list[int] = []
        self.tally = {"blank": 0, "header": 0, "other": 0, "foreign": 0, "subtotal": 0}
        self.foreign = False
        self.since_subtotal = 0

    def read(self, start: int) -> Body:
        """The body of the sheet from row index `start` down."""
        rows, name, data = self.sheet.rows, self.name, self.body.data
        suspicious = _SUSPICIOUS.search
        for index in range(start, len(rows)):
            row = rows[index]
            if not self.foreign and 0 <= name < len(row):
                text = row[name]
                if type(text) is str and text and not suspicious(text) and self._proven(row):
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

    def _proven(self, row: list[Any]) -> bool:
        """Whether a column of numbers or dates holds one, not a word as headers and titles do."""
        width = len(row)
        for column in self.proof:
            if column < width:
                value = row[column]
                if value and (
                    type(value) is not str or value[-1:].isdecimal() or value[:1].isdecimal()
                ):
                    return True
        return False

    def _strongly_proven(self, row: list[Any]) -> bool:
        """Whether it is a number or a date that no count of people could be."""
        return any(
            isinstance(value, date)
            or (isinstance(value, int | float) and value > _LEAST_ID)
            or (isinstance(value, str) and len(value) > 5 and any(map(str.isdecimal, value)))
            for value in (row[column] for column in self.proof if column < len(row))
        )

    def _person_or_not(self, index: int, row: list[Any], cells: list[tuple[int, Any]]) -> None:
        name = self._name(row)
        if self.foreign:
            if name and self._strongly_proven(row) and not section_hamlet(name):
                self.body.data.append(index)
            else:
                self.tally["foreign"] += 1
        elif len(cells) <= 2 and self._section(index, cells):
            return
        elif self._proven(row) or (not self.proof and name and _any(row, self.soft)):
            self.body.data.append(index)
        elif name and not _SIGNED.search(fold(name)):
            self.weak.append(index)
        elif not name and _any(row, self.soft) and len(cells) >= 3:
            self.body.data.append(index)  # somebody, though nobody says who
        elif len(cells) == 1 and not isinstance(cells[0][1], str):
            self.tally["blank"] += 1  # a numbered line left empty
        else:
            self.tally["other"] += 1

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
        if self._name(row) and self._strongly_proven(row):
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
        """A bare name is a person among people; below the last of them it signs the list.

        Known words (Vợ, Mông, Nữ) beside it make it a person there too.
        """
        rows, last = self.sheet.rows, self.body.data[-1] if self.body.data else -1
        people = [
            index
            for index in self.weak
            if index < last or not self.body.data or self._knows_words(rows[index])
        ]
        self.tally["other"] += len(self.weak) - len(people)
        if people:
            self.body.data = sorted(self.body.data + people)

    def _knows_words(self, row: list[Any]) -> bool:
        values = [row[column] for column in self.soft if column < len(row)]
        return any(value and content_field([value])[0] in _SOFT for value in values)

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
