"""From a sheet's columns to the columns of normal rows, whole columns at a time."""

from collections.abc import Callable
from datetime import date
from itertools import repeat
from typing import Any

from hssk.exchange.formats.rows import Columns
from hssk.exchange.formats.tables.body import Body
from hssk.exchange.formats.tables.cells import ids, words
from hssk.exchange.formats.tables.cells.date_orders import judge
from hssk.exchange.formats.tables.cells.dates import DMY, DateReader, day_of
from hssk.exchange.formats.tables.cells.memo import Converter, Memo
from hssk.exchange.formats.tables.frame import Frame
from hssk.exchange.formats.tables.households import (
    Signs,
    fill_down,
    fill_hamlets,
    heads_by_tick,
)
from hssk.exchange.formats.tables.layout.model import RECORDS, Layout
from hssk.exchange.formats.tables.layout.titles import split_address
from hssk.exchange.formats.tables.notes import Note
from hssk.exchange.formats.tables.sheets import Sheet

# what stands under a place to say it again; as a place of its own it would be a hamlet "nt"
_AS_ABOVE = frozenset((
    "nt", "NT", "Nt", "n.t", "-nt-", "- nt -", '"', '""', "''", "”", "“", "//", "〃", "như trên",
    "Như trên", "NHƯ TRÊN",
))  # fmt: skip
_TEXTS = ("relation", "ethnicity", "note", "address", "system_number", "status")
_ID_COLUMNS = (
    ("id", ids.read_id),
    ("cmnd", ids.read_id),
    ("bhxh", ids.read_insurance),
    ("card", ids.read_insurance),
)


class Interpreter(Frame):
    """Works out one sheet. `on` is the day the file was made."""

    def __init__(self, sheet: Sheet, layout: Layout, body: Body, on: date) -> None:
        super().__init__(sheet, layout, body)
        self.on = on

    def run(self) -> Columns:
        """All fields and problems of the sheet."""
        self._names()
        self._births()
        self._sexes()
        self._identifiers()
        self._plain("phone", "phone", words.read_phone)
        for name in _TEXTS:
            self._plain(name, name, words.read_text)
        self._remarks()
        self._plain("insurance_place", "insurance_place", words.read_place_code)
        self._plain("visits", "visits", words.read_count)
        if "app_opened" in self.layout.columns:
            self._plain("app_opened", "app_opened", words.read_tick)
        for name in ("created", "updated"):
            if name in self.layout.columns:
                self.out.fields[name] = list(map(Memo(_day).__getitem__, self._dates(name)))
        self._places()
        self._households()
        self._nobodies()
        return self.out

    def _plain(self, name: str, target: str, convert: Converter) -> None:
        if self.has(name):
            self.out.fields[target] = self.converted(name, convert)

    def _remarks(self) -> None:
        for column, header in self.layout.remarks.items():
            if column < len(self.columns):
                notes = self.out.fields.get("note") or [""] * self.size
                remark = Memo(_remark_under(header)).column(self.columns[column])
                self.out.fields["note"] = [
                    f"{note}; {more}" if note and more else note or more
                    for note, more in zip(notes, remark, strict=True)
                ]

    def _names(self) -> None:
        if self.has("name"):
            self.out.fields["name"] = self.converted("name", words.read_name)
        elif self.has("first_name"):
            firsts = self.converted("first_name", words.read_name)
            parts = [self.converted("last_name", words.read_text), *self._middles(), firsts]
            self.out.fields["name"] = [
                " ".join(filter(None, part)) for part in zip(*parts, strict=True)
            ]

    def _middles(self) -> list[list[str]]:
        """Whatever stands between the surname and the given name belongs to the name."""
        columns = self.layout.columns
        first = columns["first_name"]
        between = set(range(columns.get("last_name", first) + 1, first)) - set(columns.values())
        return [Memo(words.read_text).column(self.columns[c]) for c in sorted(between)]

    def _dates(self, name: str) -> list[int | None]:
        orders = self.layout.date_order
        judged = judge(self.column(name), orders.get(name, ""))
        if judged.order != DMY or name in orders:
            # a new dict: sheets of one shape share the one that was told
            self.layout.date_order = {**orders, name: judged.order}
        for sentence, numbers in judged.remarks:
            params = {"column": self.letter(name), **numbers}
            self.body.notes.append(Note(sentence, params, "warning"))
        read = DateReader(judged.order, self.on, judged.unsure)
        return self.converted(name, read, read.plain(self.column(name)))

    def _births(self) -> None:
        births: list[int | None] = [None] * self.size
        if self.has("birth"):
            births = self._dates("birth")
        elif self.has("birth_day") or self.has("birth_month"):
            births = self._births_in_parts()
        self.out.fields["birth"] = births
        if self.has("birth_male") or self.has("birth_female"):
            self._births_by_sex(births)
        if self.has("birth_year") and not self.has("birth_month"):
            years = self._dates("birth_year")
            self.out.fields["birth"] = [a or b for a, b in zip(births, years, strict=True)]

    def _births_in_parts(self) -> list[int | None]:
        read = DateReader("dmy", self.on)
        parts = [self.column(name) for name in ("birth_day", "birth_month", "birth_year")]
        out: list[int | None] = []
        for position, (day, month, year) in enumerate(zip(*parts, strict=True)):
            texts = [words.read_text(part)[0] for part in (day, month, year)]
            joined = "/".join(text for text in texts if text.strip("0"))
            number, fault = read(joined)
            out.append(number)
            if fault:
                self.blame(position, fault, "birth_year", joined)
        return out

    def _births_by_sex(self, births: list[int | None]) -> None:
        """A birth date under Nam or Nữ says the sex as well."""
        sides = [
            self._dates(name) if self.has(name) else repeat(None)
            for name in ("birth_male", "birth_female")
        ]
        filled = [self.column(name) for name in ("birth_male", "birth_female")]
        sexes = [0] * self.size
        for position, (male, female, a, b) in enumerate(zip(*sides, *filled, strict=False)):
            if a is not None and b is not None:
                self.blame(position, "birth_twice", "birth_female")
            elif a is not None or b is not None:
                sexes[position] = 1 if a is not None else 2
            births[position] = births[position] or male or female
        self.out.fields["sex"] = sexes

    def _sexes(self) -> None:
        if self.has("sex"):
            told = self.converted("sex", _sex_reader(self.column("sex")))
            by_column = self.out.fields.get("sex")
            if by_column:
                for position, (side, sex) in enumerate(zip(by_column, told, strict=True)):
                    if side and sex and side != sex:
                        self.blame(position, "sex_disagrees", "sex", self.column("sex")[position])
                told = [sex or side for side, sex in zip(by_column, told, strict=True)]
            self.out.fields["sex"] = told
        elif self.has("sex_male") or self.has("sex_female"):
            self._sexes_by_tick()

    def _sexes_by_tick(self) -> None:
        male, female = self.column("sex_male"), self.column("sex_female")
        blank = {True: 0, not self.has("sex_female"): 2, not self.has("sex_male"): 1}[True]
        tick: Callable[[Any], bool] = Memo(words.read_tick).__getitem__
        self.out.fields["sex"] = [
            1 if tick(m) and not tick(f) else 2 if tick(f) and not tick(m) else blank
            for m, f in zip(male, female, strict=True)
        ]

    def _identifiers(self) -> None:
        fields = self.out.fields
        for name, read in _ID_COLUMNS:
            if not self.has(name):
                continue
            values = self.column(name)
            found, faults = ids.read_column(values, read)
            for target, column in zip(ids.Ids._fields, found, strict=True):
                self._complete(target, column)
            if faults:
                self.blame_all(values, faults, self.letter(name))
        if self.has("bhxh") and self.has("card"):
            pairs = zip(fields["bhxh"], fields["card"], strict=True)
            for position, (bhxh, card) in enumerate(pairs):
                if card and bhxh != card[5:]:
                    self.blame(position, "card_disagrees", "card")

    def _places(self) -> None:
        self._plain("unit", "unit_text", words.read_text)
        self._plain("hamlet", "hamlet_text", words.read_text)
        fields = self.out.fields
        for name in fields.keys() & {"unit_text", "hamlet_text"}:
            if not _AS_ABOVE.isdisjoint(fields[name]):
                fields[name] = _written_out(fields[name])
        if "address" in fields:
            split = [
                *map(Memo(lambda text: (split_address(text), "")).__getitem__, fields["address"])
            ]
            self._complete("hamlet_text", [hamlet for hamlet, _ in split])
            self._complete("unit_text", [unit for _, unit in split])
        if self.body.sections:
            self._complete("hamlet_text", self._section_hamlets())
        if self.layout.hamlet_text:
            self._complete("hamlet_text", [self.layout.hamlet_text] * self.size)
        if self.layout.unit_text:
            self._complete("unit_text", [self.layout.unit_text] * self.size)

    def _complete(self, name: str, values: list[str]) -> None:
        """Fill what is still blank in a field from `values`."""
        have = self.out.fields.get(name)
        self.out.fields[name] = (
            [a or b for a, b in zip(have, values, strict=True)] if have else values
        )

    def _section_hamlets(self) -> list[str]:
        sections = [*self.body.sections, (1 << 60, "")]
        current, at, hamlets = "", 0, []
        for index in self.body.data:
            while sections[at][0] < index:
                current = sections[at][1]
                at += 1
            hamlets.append(current)
        return hamlets

    def _households(self) -> None:
        if self.layout.kind == RECORDS or not (
            self.body.grouped or any(map(self.has, ("household", "relation", "head_name")))
        ):
            self._plain("household", "household_no", words.read_text)
            return
        fields = self.out.fields
        numbers = self.converted("household", words.read_text) if self.has("household") else None
        heads = self.converted("head_name", words.read_text) if self.has("head_name") else None
        if heads and max(map(len, heads)) <= 2:  # a tick under Chủ hộ says who heads
            fields["relation"] = heads_by_tick(heads, fields.get("relation"))
            heads = None
        signs = Signs(
            numbers, fields.get("relation"), heads, fields.get("name") or [""] * self.size
        )
        fields["household_no"] = fill_down(signs, self.body, self.out.numbers)
        if "hamlet_text" in fields:
            fill_hamlets(fields["hamlet_text"], fields["household_no"])

    def _nobodies(self) -> None:
        """A row that names nobody and carries no number is an error; without a name, a warning."""
        fields = self.out.fields
        blank = [""] * self.size
        if not self.layout.names:
            for position in range(self.size):
                self.blame(position, "no_name_column")
            return
        names = fields.get("name", blank)
        for position, name in enumerate(names):
            if name:
                continue
            known = any(p.message.endswith("họ tên.") for p in self.out.problems.get(position, ()))
            if known:
                continue
            has_id = any(fields.get(key, blank)[position] for key in ids.Ids._fields)
            system = fields.get("system_number", blank)[position]
            self.blame(position, "no_name" if has_id or system else "nobody")


def _day(number: int | None) -> tuple[date | None, str]:
    return day_of(number), ""


def _remark_under(header: str) -> Converter:
    """A tick under `Đi làm ăn xa` says so; a word there stands beside it."""

    def remark(value: Any) -> tuple[str, str]:
        text = words.read_text(value)[0]
        if not words.read_tick(value)[0]:
            return "", ""
        return (header if len(text) <= 2 or value is True else f"{header}: {text}"), ""

    return remark


def _sex_reader(values: list[Any]) -> Converter:
    """In a column of 0 and 1 with no 2, 0 is nữ."""
    distinct = {words.read_text(value)[0] for value in set(values)}
    if {"0", "1"} <= distinct and "2" not in distinct:
        return lambda value: (2, "") if words.read_text(value)[0] == "0" else words.read_sex(value)
    return words.read_sex


def _written_out(texts: list[str]) -> list[str]:
    """The texts with what stands above in place of each mark that says it again."""
    above, said = "", []
    for text in texts:
        above = above if text in _AS_ABOVE else text
        said.append(above)
    return said
