"""The list of facilities: who sends claims, and which station is whose."""

import csv
import re
from datetime import date
from pathlib import Path

from django.db import transaction

from hssk.kit.errors import Trouble
from hssk.places.errors import UnknownUnit
from hssk.places.models import Facility
from hssk.places.services.units import unit_on

COLUMNS = ("code", "name", "unit")
_CODE = re.compile(r"[0-9A-Z]{5}")


class BadList(Trouble):
    """A list of facilities that cannot be taken in; the message names the line."""


@transaction.atomic
def load_facilities(path: Path, on: date) -> int:
    """Take in a list of facilities: new ones are added, known ones get the name and unit it states.

    path  CSV in UTF-8 with a header: code (five signs), name, unit (code of a commune in force
          on `on`; empty for a hospital)

    Raises BadList, which names the line, and nothing of the list is kept.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if not set(COLUMNS) <= set(reader.fieldnames or ()):
            raise BadList(
                "{file}: cần các cột {columns}.", file=path.name, columns=", ".join(COLUMNS)
            )
        rows = list(reader)
    for number, row in enumerate(rows, 2):
        code, name = (row["code"] or "").strip().upper(), (row["name"] or "").strip()
        if not _CODE.fullmatch(code) or not name:
            raise BadList(
                "{file}, dòng {line}: mã cơ sở phải có 5 ký tự và phải có tên.",
                file=path.name, line=number,
            )  # fmt: skip
        try:
            unit = unit_on(row["unit"].strip(), on) if (row["unit"] or "").strip() else None
        except UnknownUnit as unknown:
            raise BadList(
                "{file}, dòng {line}: không có xã, phường mã {unit}.",
                file=path.name, line=number, unit=row["unit"],
            ) from unknown  # fmt: skip
        Facility.objects.update_or_create(code=code, defaults={"name": name, "unit": unit})
    return len(rows)
