"""What became of units, and how a figure of one day is drawn on the map of another.

A whole unit has one successor and is drawn there. A divided one has several and **asks**: it is
never guessed; its hamlets may be given to the heirs one by one.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from hssk.places.errors import NotAnHeir
from hssk.places.models import Hamlet, Unit, UnitSuccession


@dataclass(frozen=True, slots=True)
class Successor:
    """A unit that another became, or had been; `whole` when all of it lies there."""

    unit: Unit
    whole: bool


@dataclass(frozen=True, slots=True)
class Area:
    """One unit of the map drawn, and what of the data it counts.

    counts   units of the data that lie wholly in it
    asks     divided units of the data that may lie in it, in part; counted hamlet by hamlet only
    lacks    units that belong to it and are not in the data: the figure is not the whole unit's
    """

    unit: Unit
    counts: tuple[Unit, ...]
    asks: tuple[Unit, ...]
    lacks: tuple[Unit, ...]

    @property
    def statement(self) -> str:
        """What the figure counts, to stand beside it."""
        said = [_("gồm {units}").format(units=_listed(self.counts))] if self.counts else []
        if self.asks:
            said.append(_("cần chọn cho từng tổ, bản của {units}").format(units=_listed(self.asks)))
        if self.lacks:
            said.append(_("thiếu dữ liệu của {units}").format(units=_listed(self.lacks)))
        return f"{self.unit}: " + "; ".join(said)


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """The units of the data on the map of `day`.

    areas    the units of that map, by code, each with what it counts
    target   unit id of the data → the unit it is drawn on
    asks     id of a divided unit → the candidates among which somebody must choose
    chosen   hamlet id → the unit chosen for it, for hamlets of divided units
    """

    day: date
    areas: list[Area] = field(default_factory=list)
    target: dict[int, Unit] = field(default_factory=dict)
    asks: dict[int, tuple[Unit, ...]] = field(default_factory=dict)
    chosen: dict[int, Unit] = field(default_factory=dict)


def _listed(units: Iterable[Unit]) -> str:
    """Names, each with its district or province, since a name alone may stand twice."""
    return ", ".join(f"{unit} ({unit.parent})" if unit.parent else str(unit) for unit in units)


def within(unit: Unit) -> Q:
    """A filter for `unit` and all below it, in one index range."""
    return Q(path=unit.path) | Q(path__gt=unit.path + "/", path__lt=unit.path + "0")


def _in_force(unit: Unit, day: date) -> bool:
    started = unit.valid_from is None or unit.valid_from <= day
    return started and (unit.valid_until is None or unit.valid_until > day)


def _steps(units: Iterable[Unit], day: date) -> dict[int, list[Unit]]:
    """One step of succession from each unit towards `day`; none from a unit in force. One query."""
    later = [unit.pk for unit in units if unit.valid_until and unit.valid_until <= day]
    earlier = [unit.pk for unit in units if unit.valid_from and unit.valid_from > day]
    if not later and not earlier:
        return {}
    pairs = UnitSuccession.objects.filter(
        Q(old_id__in=later) | Q(new_id__in=earlier)
    ).select_related("old__parent", "new__parent")
    forward = set(later)
    steps: dict[int, list[Unit]] = {}
    for pair in pairs:
        if pair.old_id in forward:
            steps.setdefault(pair.old_id, []).append(pair.new)
        else:
            steps.setdefault(pair.new_id, []).append(pair.old)
    return steps


def _trace(units: list[Unit], day: date) -> dict[int, dict[int, Unit]]:
    """Each unit's id → the units in force on `day` where it lies; a query for each reform."""
    ends = {unit.pk: {unit.pk: unit} for unit in units}
    while True:
        moving = {unit.pk: unit for end in ends.values() for unit in end.values()}
        steps = _steps(moving.values(), day)
        if not steps:
            return ends
        ends = {
            start: {
                unit.pk: unit
                for place in end.values()
                for unit in steps.get(place.pk, [place] if _in_force(place, day) else [])
            }
            for start, end in ends.items()
        }


def successors(unit: Unit, day: date) -> list[Successor]:
    """The units in force on `day` in which `unit` lies, by code; chains are followed.

    unit     any unit; a district that ended is followed through its communes
    returns  `unit` itself where it is in force; the later or earlier units otherwise; `whole` when
             there is one only. Empty where nothing is known
    """
    starts = [unit]
    if unit.level == Unit.DISTRICT and not _in_force(unit, day):
        communes = Unit.objects.filter(within(unit), level=Unit.COMMUNE)
        starts = list(communes.select_related("parent")) or starts
    ends = {pk: end for ends in _trace(starts, day).values() for pk, end in ends.items()}
    found = [end for end in ends.values() if _in_force(end, day)]
    found.sort(key=lambda end: end.code)
    return [Successor(end, whole=len(found) == 1) for end in found]


def lineage(unit_ids: Collection[int]) -> set[int]:
    """The units given, all that they became and all that they came from, on any day: where their
    people may stand in the data. Two queries for each reform."""
    found = set(unit_ids)
    for known, sought in (("old_id", "new_id"), ("new_id", "old_id")):
        fresh = set(unit_ids)
        while fresh:
            chosen = UnitSuccession.objects.filter(**{f"{known}__in": fresh})
            fresh = set(chosen.values_list(sought, flat=True))
            found |= fresh
    return found


def on_map(unit_ids: Iterable[int], day: date) -> DrawnMap:
    """How figures kept by commune are drawn on the map of `day`; at most five queries.

    unit_ids  the communes that have data, of whatever day, mixed if need be
    returns   a DrawnMap; sums over `target` and `chosen` are exact, and what stands in `asks` and
              has no chosen hamlet is in no area: show it beside, as "to be assigned"
    """
    units = list(Unit.objects.filter(pk__in=set(unit_ids)).select_related("parent"))
    ends = _trace(units, day)
    drawn = DrawnMap(day)
    areas: dict[int, Unit] = {}
    for unit in units:
        candidates = sorted(ends[unit.pk].values(), key=lambda end: end.code)
        areas.update({end.pk: end for end in candidates})
        if len(candidates) == 1:
            drawn.target[unit.pk] = candidates[0]
        else:
            drawn.asks[unit.pk] = tuple(candidates)
    if drawn.asks:
        given = Hamlet.objects.filter(unit_id__in=drawn.asks, heir_id__in=areas)
        for hamlet, heir in given.values_list("pk", "heir_id"):
            drawn.chosen[hamlet] = areas[heir]
    drawn.areas.extend(_areas(units, areas, drawn))
    return drawn


def _areas(units: list[Unit], areas: dict[int, Unit], drawn: DrawnMap) -> Iterator[Area]:
    """The units of the map, by code, with what each counts, asks for and lacks."""
    counts: dict[int, list[Unit]] = defaultdict(list)
    asks: dict[int, list[Unit]] = defaultdict(list)
    for unit in units:
        if unit.pk in drawn.target:
            counts[drawn.target[unit.pk].pk].append(unit)
        for candidate in drawn.asks.get(unit.pk, ()):
            asks[candidate.pk].append(unit)
    lacking = _lacking(units, areas)
    for area in _by_code(areas.values()):
        mine = _by_code(counts[area.pk]), _by_code(asks[area.pk])
        yield Area(area, *mine, lacking.get(area.pk, ()))


def _by_code(units: Iterable[Unit]) -> tuple[Unit, ...]:
    return tuple(sorted(units, key=lambda unit: unit.code))


def _lacking(units: list[Unit], areas: dict[int, Unit]) -> dict[int, tuple[Unit, ...]]:
    """Area id → the units that belong there, of the data's own days, and are not in the data."""
    present = {unit.pk for unit in units}
    moved = [unit for unit in units if unit.pk not in areas]
    borrowed = [area for area in areas.values() if area.pk not in present]
    if not moved or not borrowed:
        return {}
    # the data's own day: the last before a unit ended, or the first of one that came later
    ended = [unit.valid_until for unit in moved if unit.valid_until]
    own = max(ended) if ended else max(unit.valid_from for unit in moved if unit.valid_from)
    if ended:
        own = date.fromordinal(own.toordinal() - 1)
    return {
        start: _by_code(unit for unit in ends.values() if unit.pk not in present)
        for start, ends in _trace(borrowed, own).items()
    }


@transaction.atomic
def assign_hamlet(hamlet: Hamlet, heir: Unit | None, day: date) -> Hamlet:
    """Say which successor took a hamlet of a divided commune, on the map of `day`; None takes back
    what was said.

    Raises NotAnHeir when `heir` is not one of the units that its commune became.
    """
    candidates = [successor.unit for successor in successors(hamlet.unit, day)]
    if heir is not None and heir not in candidates:
        raise NotAnHeir(
            "{hamlet} không thể thuộc {unit}. Hãy chọn một trong: {candidates}.",
            hamlet=hamlet.name,
            unit=heir,
            candidates=_listed(candidates),
        )
    hamlet.heir = heir
    hamlet.save(update_fields=["heir"])
    return hamlet
