"""Which unit a text of such a workbook means: a code, or a name within the giver's own area."""

from collections.abc import Iterator
from datetime import date, timedelta

from hssk.access.errors import Misplaced
from hssk.access.rights import Right
from hssk.access.services import Access, unit_of_code
from hssk.places.models import Unit
from hssk.places.services import Ambiguous, UnitNames


class Units:
    """Text → unit, each text worked out once."""

    def __init__(self, giver: Access) -> None:
        areas: list[Unit | None] = list(giver.units(Right.POSTS))
        if giver.holds_everything(Right.POSTS):
            areas = [None]
        self.names = [UnitNames(area, _day_of(area, giver.day)) for area in areas]
        self.known: dict[str, Unit | Ambiguous | None] = {}

    def meant(self, text: str) -> Unit | Ambiguous | None:
        """The unit; Ambiguous where several fit; None where none does. A number may lack zeros."""
        if text not in self.known:
            self.known[text] = self._coded(text) or self._named(text)
        return self.known[text]

    def _coded(self, text: str) -> Unit | None:
        for code in _codes(text.rpartition("·")[2].strip()):
            try:
                return unit_of_code(code)
            except Misplaced:
                continue
        return None

    def _named(self, text: str) -> Unit | Ambiguous | None:
        found: dict[int, Unit] = {}
        for names in self.names:
            meant = names.meant(text)
            several = meant.candidates if isinstance(meant, Ambiguous) else (meant,)
            found |= {unit.pk: unit for unit in several if unit is not None}
        if len(found) > 1:
            return Ambiguous(text, tuple(sorted(found.values(), key=lambda unit: unit.code)))
        return next(iter(found.values()), None)


def _codes(text: str) -> Iterator[str]:
    """The codes that a text may be: as it stands, and with the zeros that Excel drops."""
    if text.replace("-", "").isdecimal():
        yield text
        if text.isdecimal() and len(text) < 5:
            yield from (text.zfill(5), text.zfill(2))


def _day_of(area: Unit | None, today: date) -> date:
    """A day on which an area has its names: the last one where it is no more."""
    if area is not None and area.valid_until and area.valid_until <= today:
        return area.valid_until - timedelta(days=1)
    return today
