"""A whole invented city: who lives in it, and the two dirty files that speak of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from hssk.kit.dates import PartialDate

from .cells import DIGITS, day_cell, written
from .copying import Table
from .dirt import Dirt
from .population import Population, populate
from .records import make_records
from .roster import make_roster
from .territory import choose_communes

if TYPE_CHECKING:
    from hssk.exchange.formats.rows import Row

_TRUTH, _ROSTER, _RECORDS = 1, 2, 3


@dataclass
class City:
    """`roster` and `records` hold columns of dirty copies and nothing of the truth.

    `roster_truth[i]` and `records_truth[i]` are the index in `population` of the person whom
    row i is about. Column types: see `copying.copy_people`; created and updated are days since
    1970, commune is an index into `communes`, hamlet an index into `population.hamlets`.
    """

    communes: list[tuple[str, str]]
    on: date
    population: Population
    roster: Table
    roster_truth: np.ndarray
    records: Table
    records_truth: np.ndarray
    seed: int
    dirt: Dirt

    def roster_rows(self) -> Iterator["Row"]:
        """The roster as reading its workbook gives it, `number` counting through all sheets."""
        return _rows(self, self.roster)

    def records_rows(self) -> Iterator["Row"]:
        """The extract as reading its workbook gives it."""
        return _rows(self, self.records)

    def cards(self) -> list[str]:
        """The card column: 15 characters, or the ten digits that newer cards show."""
        heads, numbers = self.records["card_head"], self.records["bhxh"].tolist()
        return [
            as_card(head, number) or written(number, 10)
            for head, number in zip(heads, numbers, strict=True)
        ]

    def entries(self, kind: str) -> Table:
        """Columns of "roster" or "records" as `linkage.Entries.from_columns` takes them.

        unit is an index into `communes`; hamlet into `population.hamlets`, every spelling of it
        understood; -1 and "" are unknown. `person` is not among them.
        """
        table = {"roster": self.roster, "records": self.records}[kind]
        count = len(table["name"])
        columns = {key: table[key] for key in ("name", "birth", "sex", "hamlet")}
        for key, digits in DIGITS.items():
            columns[key] = [written(number, digits) for number in table[key].tolist()]
        columns["unit"] = table["commune"]
        columns["household"] = table.get("household", np.full(count, -1, np.int32))
        columns["relation"] = table.get("relation", [""] * count)
        columns["system_number"] = table.get("system_number", [""] * count)
        columns["source"] = np.full(count, int(kind == "records"), np.int8)
        return columns


def invent(
    people: int = 47_500,
    seed: int = 1,
    communes: list[tuple[str, str]] | None = None,
    on: date = date(2024, 3, 1),
    dirt: Dirt | None = None,
) -> City:
    """A city of exactly `people` different residents; the same arguments give the same city.

    The people are the same under any dirt with the same shares of the moved, dead and unlisted.
    ValueError for fewer than 50 people or an empty list of communes.
    """
    if people < 50:
        raise ValueError("a city needs at least 50 people")
    dirt = dirt or Dirt.usual()
    chosen = choose_communes(people, communes)
    gone = (round(people * dirt.moved), round(people * dirt.died), round(people * dirt.unlisted))
    population = populate(
        people, gone=gone, communes=chosen, on=on, rng=np.random.default_rng([seed, _TRUTH])
    )
    roster, roster_truth = make_roster(
        population, chosen, dirt, np.random.default_rng([seed, _ROSTER])
    )
    records, records_truth = make_records(
        population, chosen, dirt, on, np.random.default_rng([seed, _RECORDS])
    )
    return City(chosen, on, population, roster, roster_truth, records, records_truth, seed, dirt)


def _rows(city: City, table: Table) -> Iterator["Row"]:
    from hssk.exchange.formats.rows import Row

    keys = list(table)
    columns = [table[key] if isinstance(table[key], list) else table[key].tolist() for key in keys]
    roster = table is city.roster
    for number, values in enumerate(zip(*columns, strict=True), start=1):
        cell = dict(zip(keys, values, strict=True))
        row = Row(sheet=city.communes[cell["commune"]][1], number=number, cells=[])
        row.name, row.sex = cell["name"], cell["sex"]
        row.birth = PartialDate.from_number(cell["birth"])
        row.pid = written(cell["pid"], 12)
        row.cmnd = written(cell["cmnd"], 9)
        row.bhxh = written(cell["bhxh"], 10)
        row.phone = written(cell["phone"], 10)
        row.unit_text, row.hamlet_text = row.sheet, cell["hamlet_text"]
        row.insurance_place = cell["insurance_place"]
        if roster:
            row.household_no = f"{cell['household_no']:03d}"
            row.relation, row.ethnicity = cell["relation"], cell["ethnicity"]
            row.note = cell["note"]
        else:
            row.card = as_card(cell["card_head"], cell["bhxh"])
            row.system_number, row.status = cell["system_number"], cell["status"]
            row.created = day_cell(cell["created"])
            row.updated = day_cell(cell["updated"])
            row.visits, row.app_opened = cell["visits"], cell["app_opened"]
        yield row


def as_card(head: str, bhxh: int) -> str:
    """The old 15-character card, "" for a card that shows ten digits only or is unknown."""
    return f"{head}12{bhxh:010d}" if head and bhxh else ""
