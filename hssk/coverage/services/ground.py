"""Which hamlets and units a question is about, and which part of the answer each belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from hssk.coverage.services.naming import told_apart
from hssk.coverage.services.ordering import place_order
from hssk.places.models import Hamlet, Unit
from hssk.places.services import DrawnMap, kept_while_places_stand, on_map, unit_on

# a province's ground, of 2,400 hamlets, takes a megabyte; a commune's a hundredth of it; what is
# told of a province asks for those of all its communes
_KEPT, _KEPT_OF_COMMUNES = 32, 1024


@dataclass(slots=True)
class Part:
    """One place among which an answer is divided. `key` is "" where the place is not known;
    `former` is the unit that a hamlet was entered in."""

    kind: str
    key: str
    name: str
    statement: str = ""
    former: int | None = None


@dataclass(slots=True)
class Ground:
    """The places that a question about `unit` counts.

    hamlets    hamlet id → the part it belongs to
    units      id of a unit that records name → the part, None for the whole only
    names      hamlet id → what it is called, for those whose name alone does not tell which
    called     hamlet id → that name, else its own
    communes   hamlet id → the commune in which it lies on `on`
    order      the hamlets, as every list orders them
    every      whether it holds every hamlet of this installation
    odd        hamlets that lie here, or not, otherwise than the unit they belong to
    statement  what the whole counts, where that is not simply the unit
    """

    unit: Unit
    on: date
    map_day: date
    hamlets: dict[int, Part] = field(default_factory=dict)
    units: dict[int, Part | None] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    called: dict[int, str] = field(default_factory=dict)
    communes: dict[int, Unit] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    every: bool = False
    odd: set[int] = field(default_factory=set)
    statement: str = ""

    @property
    def counts_records_of_no_unit(self) -> bool:
        """Records that name no unit count where the whole is asked for, above a commune."""
        return self.unit.level != Unit.COMMUNE


def ground_of(
    unit: Unit | str,
    on: date,
    map_day: date | None = None,
    record_units: Iterable[int] = (),
) -> Ground:
    """The ground of a question, in about ten queries whatever its size; it is shared: read only.

    unit          a unit in force on `on`, or its code then
    map_day       the day whose map draws the parts; the day asked about when None
    record_units  ids of the units that records name
    Raises places' UnknownUnit for a code that nobody bears on `on`.
    """
    root = unit_on(unit, on) if isinstance(unit, str) else unit
    kept = _commune_kept if root.level == Unit.COMMUNE else _kept
    return kept(root, on, map_day or on, frozenset(record_units))


def _ground(root: Unit, on: date, map_day: date, record_units: frozenset[int]) -> Ground:
    ground = Ground(root, on, map_day)
    hamlets = list(Hamlet.objects.values_list("id", "unit_id", "name"))
    drawn = on_map({unit_id for _pk, unit_id, _name in hamlets} | record_units, on)
    whole = {unit_id: _is_inside(root, drawn, unit_id) for unit_id in {h[1] for h in hamlets}}
    inside = {
        pk: unit_id
        for pk, unit_id, _name in hamlets
        if (_holds(root, drawn.chosen[pk]) if pk in drawn.chosen else whole[unit_id])
    }
    units = {pk for pk in record_units if _is_inside(root, drawn, pk)}
    ground.statement = next((a.statement for a in drawn.areas if a.unit == root and _mixed(a)), "")
    ground.every = len(inside) == len(hamlets)
    mine = [hamlet for hamlet in hamlets if hamlet[0] in inside]
    ground.names = told_apart(mine, drawn)
    ground.called = {pk: ground.names.get(pk, name) for pk, _unit, name in mine}
    ground.communes = _communes(inside, drawn)
    ground.order = sorted(inside, key=lambda pk: _place(ground, pk))
    ground.odd = {pk for pk, unit_id, _name in hamlets if (pk in inside) != whole[unit_id]}
    if root.level == Unit.COMMUNE and not _was_several(ground, inside):
        ground.hamlets = {
            pk: Part(
                "hamlet", str(pk), ground.names.get(pk) or name or _("Chưa rõ tổ, bản"),
                former=unit_id,
            )
            for pk, unit_id, name in mine
        }  # fmt: skip
        ground.units = dict.fromkeys(units)
    else:
        _divide(ground, inside, units, drawn)
    return ground


_kept = kept_while_places_stand(_KEPT)(_ground)
_commune_kept = kept_while_places_stand(_KEPT_OF_COMMUNES)(_ground)


def _communes(inside: dict[int, int], drawn: DrawnMap) -> dict[int, Unit]:
    """Where each hamlet lies; where somebody has yet to choose, in its former commune."""
    at = {pk: drawn.chosen.get(pk) or drawn.target.get(unit) for pk, unit in inside.items()}
    former = Unit.objects.in_bulk({inside[pk] for pk, unit in at.items() if unit is None})
    return {pk: unit or former[inside[pk]] for pk, unit in at.items()}


def _place(ground: Ground, pk: int) -> tuple:
    commune, name = str(ground.communes[pk]), ground.called[pk]
    return place_order(commune=commune, hamlet=name, hamlet_id=pk)


def _was_several(ground: Ground, inside: dict[int, int]) -> bool:
    """Whether the hamlets of a commune lie in several units on the day whose map is drawn."""
    if ground.map_day == ground.on:
        return False
    drawn = on_map(set(inside.values()), ground.map_day)
    places = [drawn.chosen.get(pk) or drawn.target.get(unit) for pk, unit in inside.items()]
    return len({place.pk for place in places if place}) > 1


def _mixed(area) -> bool:
    return bool(area.asks or area.lacks or area.counts != (area.unit,))


def _holds(root: Unit, unit: Unit) -> bool:
    return unit.pk == root.pk or unit.path.startswith(root.path + "/")


def _is_inside(root: Unit, drawn: DrawnMap, unit_id: int) -> bool:
    """Whether a unit of the data lies in `root`, wholly; a divided one, if every heir does."""
    at = drawn.target.get(unit_id)
    if at is not None:
        return _holds(root, at)
    heirs = drawn.asks.get(unit_id, ())
    return bool(heirs) and all(_holds(root, heir) for heir in heirs)


def _divide(ground: Ground, inside: dict[int, int], units: set[int], own: DrawnMap) -> None:
    """Give each hamlet and unit its part: a commune of the map, or a district below a province.

    own  the map of the day itself
    """
    drawn = own
    if ground.map_day != own.day or own.asks:
        drawn = on_map(set(inside.values()) | units, ground.map_day)
    statements = {area.unit.pk: area.statement for area in drawn.areas if _mixed(area)}
    parts: dict[int, Part] = {}

    def part_of(unit: Unit) -> Part:
        above = unit.parent
        if ground.unit.level == Unit.PROVINCE and above and above.level == Unit.DISTRICT:
            unit = above
        if unit.pk not in parts:
            parts[unit.pk] = Part(unit.level, unit.code, str(unit), statements.get(unit.pk, ""))
        return parts[unit.pk]

    unplaced = Part("unplaced", "", _("Chưa xếp vào đơn vị nào trên bản đồ này"))
    for pk, unit_id in inside.items():
        at = drawn.chosen.get(pk) or drawn.target.get(unit_id)
        ground.hamlets[pk] = part_of(at) if at else unplaced
    for pk in units:
        at = drawn.target.get(pk)
        ground.units[pk] = part_of(at) if at and at.level == Unit.COMMUNE else None
    if unplaced in ground.hamlets.values():
        asks = ", ".join(sorted(str(u) for area in drawn.areas for u in area.asks))
        unplaced.statement = _("cần chọn cho từng tổ, bản của {units}").format(units=asks)
