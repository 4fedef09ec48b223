"""Reports that were sent, exact and not, and to whom the wall shows them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from hssk.access.models import User
from hssk.access.rights import Right
from hssk.coverage.services import sending
from hssk.places.models import Unit
from tests.village import MARCH

if TYPE_CHECKING:
    from tests.proof.world import Reader


def send_reports(city: Unit, communes: Collection[Unit], by: User) -> None:
    """Of each commune one that tells small numbers as they are; of the city one that does not."""
    for kind, units in (("visits", communes), ("progress", (city,))):
        for unit in units:
            content = sending.draft(kind, unit, MARCH, MARCH, sending.MONTH)
            sending.send(content, unit, by, timezone.now())


def shown(reader: Reader, rows: Iterable[tuple[Any, ...]]) -> int:
    """How many of these (unit, exact) are the reader's."""
    figures, rows_too = reader.may(Right.FIGURES, Right.ROWS), reader.with_right(Right.ROWS)
    return sum(
        rows_too.sees((), {unit}) if exact else figures
        for unit, exact in rows
    )  # fmt: skip
