"""What a record tells behind a broken glass: decision 40."""

from datetime import date
from typing import Any

import orjson
from django.db import connection
from django.utils.translation import gettext as _

from hssk.kit.dates import PartialDate
from hssk.kit.numbers import format_decimal
from hssk.kit.words import language
from hssk.people.services.emergency import Fact
from hssk.records.rules.emergency import PARTS, TEXTS

Row = tuple[str, str, date | None, str, str | None]  # of records_emergency (sql/emergency.sql)


def emergency_facts(basis: int) -> list[Fact]:
    """Allergies, blood group, pregnancy, medicines to beware of and the last signs of life of whom
    a break-glass of whoever asks opens now; nothing where it is over or not theirs.

    basis  its key. The database decides whose it is, what the time is and what belongs to the set
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM records_emergency(%s)", [basis])
        rows: list[Row] = cursor.fetchall()
    return [_fact(row) for part in PARTS for row in rows if row[0] == part]


def _fact(row: Row) -> Fact:
    part, display, on, precision, resource = row
    said = display
    if part == "ask":
        said = _(TEXTS["asked"])
    elif resource is not None:
        said = f"{display}: {_value(orjson.loads(resource))}"
    return Fact(_(TEXTS[part]), said, PartialDate(on, precision or "D") if on else None)


def _value(resource: dict[str, Any]) -> str:
    """What an Observation found: a figure with its unit, those of a panel together, or words."""
    parts = [resource, *(resource.get("component") or ())]
    figures = [part["valueQuantity"] for part in parts if part.get("valueQuantity")]
    if figures:
        told = (format_decimal(float(one["value"]), 1, language()) for one in figures)
        return f"{'/'.join(told)} {figures[0].get('unit', '')}".strip()
    concept = resource.get("valueCodeableConcept") or {}
    return str(resource.get("valueString") or concept.get("text") or "")
