"""A whole invented city: who lives in it, and the two dirty files that speak of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from hssk.kit.dates import PartialDate

from .copying import Table
from .dirt import Dirt
from .population import Population, populate
from .records import make_records
from .roster import make_roster
from .territory import choose_communes

if TYPE_CHECKING:
    from hssk.exchange.formats.rows import Row

_TRUTH, _ROSTER, _RECORDS = 1, 2, 3
_EPOCH = date(1970, 1, 1)
DIGITS = {"pid": 12, "cmnd": 9, "bhxh": 10, "phone": 10}


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

    def roster_rows(self) -> Iterator["Row"]:
        """The roster as reading its workbook gives it, `number` counting through all sheets."""
        return _rows(self, self.roster)

    def records_rows(self) -> Iterator["Row"]:
        """The extract as reading its workbook gives it."""
        return _rows(self, self.records)

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
    return City(chosen, on, population, roster, roster_truth, records, records_truth, seed)


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
            row.card = cell["card_head"] + "12" + row.bhxh if row.bhxh else ""
            row.system_number, row.status = cell["system_number"], cell["status"]
            row.created = _EPOCH + timedelta(days=cell["created"])
            row.updated = _EPOCH + timedelta(days=cell["updated"])
            row.visits, row.app_opened = cell["visits"], cell["app_opened"]
        yield row


def written(number: int, digits: int) -> str:
    """A number as text of so many digits, "" for none."""
    return f"{number:0{digits}d}" if number else ""
