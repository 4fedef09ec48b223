"""Small questions of the pages: what place holds the data, which days it knows, who is above whom.

They read through the ORM; figures and lists come from the services alone.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _

from hssk.coverage.forms import NEW_MAP
from hssk.coverage.models import Dated, DayCount, PendingCount
from hssk.coverage.services import settle
from hssk.coverage.services.shapes import COUNTS
from hssk.kit.numbers import format_date
from hssk.kit.words import language
from hssk.places.models import Hamlet, Unit
from hssk.places.services import kept_while_places_stand, on_map, successors

ONE_DAY = timedelta(days=1)
_KEPT = 256  # units that pages were asked of lately
# that a record grows older than a year is the calendar's doing: no data says it on that day
_DATED = {field.name for field in Dated._meta.get_fields()}
_SAID = reduce(or_, (~Q(**{name: 0}) for name in COUNTS if name not in _DATED))


def latest_day(today: date) -> date | None:
    """The last day up to `today` on which the data says that something changed; None without.

    Whoever changed is counted first, as for every figure: else what was written a moment ago, or
    by a worker that died before it counted, would be no data yet, and a page open on an older day.
    """
    settle()
    folded = DayCount.objects.filter(day__lte=today)
    pending = PendingCount.objects.filter(_SAID, day__lte=today)
    days = [rows.aggregate(last=Max("day"))["last"] for rows in (folded, pending)]
    return max(filter(None, days), default=None)


def first_day() -> date | None:
    """The first day on which the data knows of a resident, else of anything; None without data."""
    days = [
        model.objects.filter(condition).aggregate(first=Min("day"))["first"]
        for condition in (Q(expected__gt=0), Q())
        for model in (DayCount, PendingCount)
    ]
    return min(filter(None, days[:2]), default=min(filter(None, days[2:]), default=None))


def whole_on(day: date) -> Unit | None:
    """The smallest unit in force on `day` that holds every hamlet of the data; None without any."""
    paths = _paths_of_hamlets(day) or {place.path for place in _units_of_records(day)}
    return _holding(paths, day) if paths else None


@kept_while_places_stand(8)
def _paths_of_hamlets(day: date) -> frozenset[str]:
    drawn = on_map(set(Hamlet.objects.values_list("unit_id", flat=True)), day)
    places = [*drawn.target.values(), *(heir for heirs in drawn.asks.values() for heir in heirs)]
    return frozenset(place.path for place in places)


def _holding(inside: Iterable[str], day: date) -> Unit | None:
    """The smallest unit in force on `day` above all these paths, or None."""
    paths = [path.split("/") for path in inside]
    shared = 0
    while all(len(path) > shared and path[shared] == paths[0][shared] for path in paths):
        shared += 1
    if not shared:
        return None
    above = Unit.objects.on(day).select_related("parent").filter(path="/".join(paths[0][:shared]))
    return above.first()


def _units_of_records(day: date) -> list[Unit]:
    """Where there is an extract but no roster yet: the units that its records name."""
    named = DayCount.objects.filter(place__lt=0).values_list("place", flat=True).distinct()
    return list(on_map([-place for place in named], day).target.values())


@kept_while_places_stand(_KEPT)
def units_above(unit: Unit, day: date) -> tuple[Unit, ...]:
    """The units in force on `day` that `unit` lies in, the largest first; itself not among them."""
    codes = unit.path.split("/")
    paths = ["/".join(codes[:length]) for length in range(1, len(codes))]
    return tuple(Unit.objects.on(day).filter(path__in=paths).order_by("path"))


def meant_by(code: str, day: date) -> list[tuple[Unit, date]]:
    """What may be meant by a code that nobody bears on `day`, each with a day to ask for it.

    The units in which its bearer lies on that day, then the bearer itself when it had the code.
    """
    bearer = Unit.objects.filter(code=code).order_by("valid_until").first()
    if bearer is None:
        return []
    ended = bearer.valid_until and bearer.valid_until <= day
    own = bearer.valid_until - ONE_DAY if ended and bearer.valid_until else bearer.valid_from
    found = [(heir.unit, day) for heir in successors(bearer, day)]
    return found + ([(bearer, own)] if own else [])


@kept_while_places_stand(_KEPT)
def heir_of(code: str, on: date, day: date) -> Unit | None:
    """The unit that bears `code` on `on`, as it is on `day`: itself, or the one that followed it;
    None where several did, and where nobody bears the code."""
    unit = Unit.objects.on(on).filter(code=code).first()
    if unit is None or unit.valid_until is None or unit.valid_until > day:
        return unit
    heirs = {heir.unit for heir in successors(unit, day)}
    return heirs.pop() if len(heirs) == 1 else None


@kept_while_places_stand(_KEPT)
def is_same(code: str, on: date, day: date) -> bool:
    """Whether one unit bears `code` on both days."""
    then = Unit.objects.on(day).filter(code=code)
    return Unit.objects.on(on).filter(pk__in=then).exists()


def unit_of(hamlet: Hamlet, day: date) -> Unit | None:
    """The commune in which `hamlet` lies on `day`; None where somebody has to choose first."""
    drawn = on_map([hamlet.unit_id], day)
    return drawn.chosen.get(hamlet.pk) or drawn.target.get(hamlet.unit_id)


def maps_for(on: date) -> list[tuple[str, str]]:
    """The maps on which figures of `on` can be drawn: "" is that of the day itself."""
    own = _("như ngày {day}").format(day=format_date(on, language()))
    if on < NEW_MAP:
        other = (NEW_MAP.isoformat(), _("từ {day}").format(day=format_date(NEW_MAP, language())))
    else:
        before = date.fromordinal(NEW_MAP.toordinal() - 1)
        other = (
            before.isoformat(),
            _("đến hết {day}").format(day=format_date(before, language())),
        )
    return [("", own), other]
