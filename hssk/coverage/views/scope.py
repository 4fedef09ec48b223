"""What a figure covers: which parts of the unit have data, and when the data begins and ends."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count
from django.utils.translation import gettext as _

from hssk.coverage import services
from hssk.coverage.models import LedgerRow
from hssk.coverage.services import Figures, Ground
from hssk.coverage.views import reading
from hssk.coverage.views.asking import Asked
from hssk.kit.numbers import format_date
from hssk.kit.words import language
from hssk.places.models import Unit
from hssk.places.services import within

NAMED = 12  # parts without data that are called by name; of more the number says enough


@dataclass(frozen=True)
class Scope:
    """The parts of a unit one level down: those with data, and those of which nothing is known."""

    known: list[Unit]
    unknown: list[Unit]

    @property
    def count(self) -> int:
        return len(self.known) + len(self.unknown)

    @property
    def named(self) -> list[Unit]:
        """Those without data by name, where they are few."""
        return self.unknown if len(self.unknown) <= NAMED else []


def scope_of(unit: Unit, whole: Figures, ground: Ground) -> Scope | None:
    """Which parts of `unit` the figure counts; None where it counts them all.

    A commune is not asked: nobody keeps a list of all hamlets. One query.
    """
    levels = {part.kind for part in ground.hamlets.values()} & {Unit.DISTRICT, Unit.COMMUNE}
    if unit.level == Unit.COMMUNE or len(levels) != 1:
        return None
    have = {child.key for child in whole.children}
    if whole.filtered:  # where nobody fits the filter there may be data all the same
        have = {part.key for part in ground.hamlets.values()}
    parts = Unit.objects.on(ground.map_day).filter(within(unit), level=levels.pop())
    known: list[Unit] = []
    unknown: list[Unit] = []
    for part in parts.order_by("code"):
        (known if part.code in have else unknown).append(part)
    return Scope(known, unknown) if known and unknown else None


def in_words(unit: Unit, asked: Asked) -> str:
    """Which parts of `unit` a table counts, in one line; "" where it counts them all."""
    whole = services.figures(unit, asked.on, asked.map_day)
    scope = scope_of(unit, whole, whole.ground)
    if scope is None:
        return ""
    return _("mới có dữ liệu của {known}/{all} đơn vị bên dưới").format(
        known=len(scope.known), all=scope.count
    )


def newest_in_words(asked: Asked) -> str:
    """Of which day the newest data is, where the day asked is later; else ""."""
    if not asked.unheard:
        return ""
    day = format_date(asked.data_day, language())
    return _("số liệu mới nhất là của ngày {day}").format(day=day)


def registered(asked: Asked, hamlets: Iterable[int], path: str) -> None:
    """Let the filters offer the facilities that insurance cards in these hamlets name. One query.

    path  of the unit they lie in; it begins with the code of the province
    The count of each is of all residents there, whatever else is filtered.
    """
    rows = LedgerRow.objects.filter(
        hamlet_id__in=list(hamlets), since__lte=asked.on, until__gt=asked.on
    ).exclude(insurance_place="")
    counted = rows.values_list("insurance_place").annotate(people=Count("person"))
    ordered = counted.order_by("-people", "insurance_place")
    asked.filter_form.offer_facilities(list(ordered), path.split("/", maxsplit=1)[0])


def first_day(asked: Asked, path: str) -> dict[str, object]:
    """The first day that has a list of residents, with this page then; {} if it is not later."""
    first = reading.first_day()
    if first is None or first <= asked.on:
        return {}
    return {"first_day": first, "first_url": asked.on_day(path, first)}
