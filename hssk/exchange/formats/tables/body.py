"""Which rows of a sheet are people, and what the other rows are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from unicodedata import normalize

from hssk.exchange.formats.tables.layout.content import content_field, is_name
from hssk.exchange.formats.tables.layout.header import filled, header_fields, numbers_columns
from hssk.exchange.formats.tables.layout.lines import (
    counts,
    is_dated,
    is_household_heading,
    is_signature,
    is_subtotal,
    stated_people,
)
from hssk.exchange.formats.tables.layout.model import Layout
from hssk.exchange.formats.tables.layout.titles import section_hamlet
from hssk.exchange.formats.tables.layout.vocabulary import field_of, header_key
from hssk.exchange.formats.tables.notes import Note, skipped
from hssk.exchange.formats.tables.sheets import Sheet

_SUSPICIOUS = re.compile(r"[\d:]|^\W*(cộng|tổng|cong|tong)\b", re.IGNORECASE)
_TOTALS_BEGIN = frozenset("cCtT ")
_PROOF = (
    "id", "birth", "birth_male", "birth_female", "bhxh", "card", "cmnd", "system_number",
    "birth_year", "created",
)  # fmt: skip
_SOFT = ("relation", "sex", "ethnicity", "phone", "sex_male", "sex_female")
_LEAST_ID = 10_000_000  # a smaller number in an identifier's column may be a count
_YEARS = range(1880, 2101)
_OWN_WORDS = ("sex", "relation", "ethnicity")
# words of a header that no name, address or remark of a person reads like
_HEADINGS = {
    "number", "name", "last_name", "first_name", "birth", "birth_year", "birth_day", "birth_month",
    "sex", "id", "cmnd", "bhxh", "phone", "ethnicity", "household", "system_number", "created",
    "updated", "visits",
}  # fmt: skip


@dataclass
class Body:
    """Indexes of the rows that are people, and what stood between them."""

    data: list[int] = field(default_factory=list)
    breaks: set[int] = field(default_factory=set)  # a household does not reach over these indexes
    sections: list[tuple[int, str]] = field(default_factory=list)  # from this index on: hamlet
    grouped: bool = False  # whether lines of words head the households
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
        self.tally["people"] = self.people_from = 0
        self.foreign = ""  # or what stands below the header of another table: see _header_kind
        self.since_subtotal = 0

    def read(self, start: int) -> Body:
        """The body of the sheet from row index `start` down."""
        rows, name, data = self.sheet.rows, self.name, self.body.data
        for index in range(start, len(rows)):
            row = rows[index]
            if not self.foreign and 0 <= name < len(row):
                text = row[name]
                if type(text) is str and text and _is_plain(text) and self._proven(row):
                    data.append(index)
                    continue
            self._slow(index, row)
        self._settle_weak()
        self.body.notes += skipped(self.tally, str(self.sheet.number(self.people_from)))
        return self.body

    def _slow(self, index: int, row: list[Any]) -> None:
        cells = filled(row)
        if not cells:
            self.tally["blank"] += 1
        elif self._is_subtotal(row, cells):
            self._subtotal(index, cells)
        elif _key(row) in self.headers or numbers_columns(cells):
            self.tally["header"] += 1
            self.foreign = ""
        elif kind := self._header_kind(row):
            self.tally[kind] += 1
            self.foreign = "" if kind == "header" else kind
            self.people_from = self.people_from or (index if kind == "people" else 0)
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

    def _likely_proven(self, row: list[Any]) -> bool:
        """Whether a birth year or more stands in its own column: what a count seldom looks like."""
        return self._strongly_proven(row) or any(
            (isinstance(value, int | float) and value in _YEARS)
            or (isinstance(value, str) and value.isdecimal() and int(value) in _YEARS)
            for value in (row[column] for column in self.proof if column < len(row))
        )

    def _own_words(self, row: list[Any]) -> bool:
        """Whether Nữ, Mẹ or Thái stands in the very column for it."""
        columns = ((name, self.layout.columns.get(name, len(row))) for name in _OWN_WORDS)
        return any(c < len(row) and content_field([row[c]])[0] == name for name, c in columns)

    def _person_or_not(self, index: int, row: list[Any], cells: list[tuple[int, Any]]) -> None:
        name = self._name(row)
        if self._heads_household(row, cells):
            self.body.breaks.add(index)
            self.body.grouped = True
        elif self.foreign == "people":
            self.tally["people"] += 1
        elif self.foreign:
            self._among_foreign(index, row, cells)
        elif len(cells) <= 2 and self._section(index, row, cells):
            return
        elif len(cells) <= 3 and not self._own_words(row) and _is_dated(name, cells):
            self.tally["other"] += 1
        elif self._proven(row) or (not self.proof and name and _any(row, self.soft)):
            self.body.data.append(index)
        elif name and (self._own_words(row) or not is_signature(name)):
            self.weak.append(index)
        elif not name and _any(row, self.soft) and len(cells) >= 3:
            self.body.data.append(index)  # somebody, though nobody says who
        elif len(cells) == 1 and not isinstance(cells[0][1], str):
            self.tally["blank"] += 1  # a numbered line left empty
        else:
            self.tally["other"] += 1

    def _among_foreign(self, index: int, row: list[Any], cells: list[tuple[int, Any]]) -> None:
        """Below another table's header: whoever may be somebody is kept all the same."""
        name = self._name(row)
        named = any(map(str.isalpha, name)) and not section_hamlet(name)
        proven, told = self._likely_proven(row), self._own_words(row)
        if (named and (proven or told)) or (not name and proven and told):
            self.body.data.append(index)
        elif named and is_name(name) and len(cells) <= 2 and not is_signature(name):
            self.weak.append(index)
        else:
            self.tally["foreign"] += 1

    def _heads_household(self, row: list[Any], cells: list[tuple[int, Any]]) -> bool:
        texts = [value for _, value in cells if isinstance(value, str)]
        return any(map(is_household_heading, texts[:2])) and not (
            self._likely_proven(row) or self._own_words(row)
        )

    def _name(self, row: list[Any]) -> str:
        value = row[self.name] if 0 <= self.name < len(row) else None
        return value.strip() if isinstance(value, str) else ("" if value is None else str(value))

    def _section(self, index: int, row: list[Any], cells: list[tuple[int, Any]]) -> bool:
        texts = [(column, value) for column, value in cells if isinstance(value, str)]
        column, text = texts[-1] if texts else (-1, "")
        hamlet = section_hamlet(text)
        if column == self.layout.columns.get("hamlet") and self._names_somebody(row):
            return False  # somebody, and where they live
        if hamlet:
            self.body.sections.append((index, hamlet))
            self.body.breaks.add(index)
        return bool(hamlet)

    def _is_subtotal(self, row: list[Any], cells: list[tuple[int, Any]]) -> bool:
        name = self._name(row)
        if name and self._strongly_proven(row):
            return False
        if is_name(name) and not counts(name) and is_subtotal(name):
            return not (self._likely_proven(row) or self._own_words(row))
        return any(is_subtotal(value) for _, value in cells if isinstance(value, str))

    def _subtotal(self, index: int, cells: list[tuple[int, Any]]) -> None:
        self.tally["subtotal"] += 1
        self.body.breaks.add(index)
        stated = stated_people(cells)
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

    def _header_kind(self, row: list[Any]) -> str:
        """ "header" for this list's own in other words, "foreign" for another's, "" for neither.

        "people" for that of another list of people, whose names stand in another column.

        A row of words may be a person of whom no number is known: Bàn Thị Mùi, Mẹ, Nữ.
        """
        found = header_fields(row)
        columns = self.layout.columns
        if len(found) < 2 or (_any(row, self.proof) and len(found) < 3):
            return ""
        own = {name for name, column in found.items() if columns.get(name) == column}
        if len(own) * 2 > len(found):
            return "header" if len(own & _HEADINGS) >= 2 and field_of(self._name(row)) else ""
        heads = "number" in found or {"male", "female"} <= found.keys()
        somebody = self._own_words(row) or self._names_somebody(row)
        if not (found.keys() - own) & _HEADINGS or (somebody and not heads):
            return ""
        return "foreign" if found.get("name", self.name) == self.name else "people"

    def _names_somebody(self, row: list[Any]) -> bool:
        name = self._name(row)
        return is_name(name) and field_of(name) is None

    def _settle_weak(self) -> None:
        """A bare name is a person among people; below the last of them it signs the list.

        A number or known words (Vợ, Mông, Nữ) beside it make it a person there too.
        """
        rows, last = self.sheet.rows, self.body.data[-1] if self.body.data else -1
        people = [
            index
            for index in self.weak
            if index < last or not self.body.data or self._listed(rows[index])
        ]
        self.tally["other"] += len(self.weak) - len(people)
        if people:
            self.body.data = sorted(self.body.data + people)

    def _listed(self, row: list[Any]) -> bool:
        """Whether a row goes on with the list: numbered as it, or filled as no signature is."""
        number = self.layout.columns.get("number", len(row))
        if len(filled(row)) >= 4 or (number < len(row) and str(row[number])[:1].isdecimal()):
            return True
        values = [row[column] for column in self.soft if column < len(row)]
        return any(value and content_field([value])[0] in _SOFT for value in values)


def _is_plain(text: str) -> bool:
    """Whether a text is no total and holds no number: nearly all are but words, which is told
    without a search."""
    if text[0] not in _TOTALS_BEGIN and text.replace(" ", "").isalpha():
        return True
    return not _SUSPICIOUS.search(normalize("NFC", text))


def _any(row: Sequence[Any], columns: list[int]) -> bool:
    width = len(row)
    for column in columns:
        if column < width:
            value = row[column]
            if value is not None and value != "":
                return True
    return False


def _is_dated(name: str, cells: list[tuple[int, Any]]) -> bool:
    """Whether the row is the day of the signature, and not a person whose birth is spelled so."""
    dated = [value for _, value in cells if isinstance(value, str) and is_dated(value)]
    return bool(dated) and (not name or name in dated)


def _key(row: list[Any]) -> tuple[tuple[int, str], ...]:
    return tuple((c, header_key(v) if isinstance(v, str) else str(v)) for c, v in filled(row))
