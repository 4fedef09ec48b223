"""How figures stand on a page: rows of bars, crumbs, goals, names."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import Any
from uuid import UUID

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.access.policy import rights_for
from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.coverage.forms import SEXES
from hssk.coverage.services import Changed, Child, Person
from hssk.coverage.services.naming import with_commune
from hssk.coverage.views import reading
from hssk.coverage.views.asking import Asked
from hssk.kit.dates import age_on
from hssk.kit.numbers import format_date
from hssk.kit.words import language
from hssk.places.models import Hamlet, Unit

PARTS = {
    Unit.PROVINCE: gettext_lazy("tỉnh, thành phố"),
    Unit.DISTRICT: gettext_lazy("huyện, thành phố"),
    Unit.COMMUNE: gettext_lazy("xã, phường"),
    "hamlet": gettext_lazy("tổ, bản"),
}
GROWN_UP = 15  # drawn tall from this age on
LARGEST_HOUSE = 40  # more people than this are no household and make no picture


def tidy(goal: float) -> float | int:
    """95 rather than 95.0, so that a page says what people say."""
    return int(goal) if goal == int(goal) else goal


def bar_rows(children: list[Child], asked: Asked) -> list[dict[str, Any]]:
    """The places one level down as `kit/parts/bars.html` wants them."""
    return [
        {
            "label": child.name,
            "url": place_url(child, asked),
            "note": child.statement.removeprefix(f"{child.name}: "),
            "found": child.counts.found,
            "to_decide": child.counts.to_decide,
            "missing": child.counts.missing,
            "expected": child.counts.expected,
            "gap": child.gap,
        }
        for child in children
    ]


def place_url(child: Child, asked: Asked) -> str:
    """The page of a place; for a unit of another day's map, its page on that day."""
    if not child.key:
        return ""
    if child.kind == "hamlet":
        mine = asked.access.holds_hamlet(int(child.key), Right.REGISTER)
        return asked.url("hamlet", int(child.key)) if mine else ""
    if "map" in asked.carried:
        return asked.url("unit", child.key, on=asked.map_day.isoformat(), map=None)
    return asked.url("unit", child.key)


def crumbs(
    asked: Asked, unit: Unit | None, hamlet: Hamlet | None = None, *last: str
) -> list[dict[str, str]]:
    """The way down from the largest unit to here; the words of `last` have no address."""
    way: list[dict[str, str]] = []
    if unit is not None:
        for above in (*reading.units_above(unit, asked.on), unit):
            mine = asked.access.holds_unit(above, Right.FIGURES)
            way.append({"label": str(above), "url": asked.url("unit", above.code) if mine else ""})
    if hamlet is not None:
        mine = asked.access.holds_hamlet(hamlet.pk, Right.REGISTER)
        url = asked.url("hamlet", hamlet.pk) if mine else ""
        way.append({"label": hamlet_name(hamlet, unit), "url": url})
    return way + [{"label": label} for label in last]


def hamlet_name(hamlet: Hamlet, unit: Unit | None = None) -> str:
    """The name of a hamlet; with its own commune where it lies in another `unit` by now."""
    if unit is not None and unit.pk != hamlet.unit_id:
        return with_commune(hamlet.name, hamlet.unit)
    return hamlet.name or _("Chưa rõ tổ, bản")


def household_name(number: str, head: str) -> str:
    """What a household is called: its number, and its head where a list says who that is."""
    if number and head:
        return _("Hộ số {number} – {head}").format(number=number, head=head)
    if number:
        return _("Hộ số {number}").format(number=number)
    return _("Hộ của {head}").format(head=head) if head else _("Hộ chưa có số")


def named_url(name: str, who: Access) -> str:
    """The address of a page of another room; "" while it has none, or for whom it is closed."""
    try:
        url = reverse(name)
    except NoReverseMatch:
        return ""
    return url if who.allows(*rights_for(name)) else ""


def house(people: list[Person], asked: Asked) -> list[tuple[str, bool]]:
    """The people of a household as `{% household %}` draws them: state, and whether a child."""
    return [
        (drawn_state(person), bool(person.birth and age_on(person.birth, asked.on) < GROWN_UP))
        for person in people
    ]


def shown(people: Iterable[Person | Changed]) -> Iterator[UUID]:
    """Whom a list names: all but those whom another place has by now."""
    return (person.id for person in people if not person.elsewhere)


def drawn_state(person: Person) -> str:
    return drawn(person.state)


def drawn(state: int) -> str:
    """The name by which style sheet and drawings know a state."""
    return ("missing", "ask", "found")[state]


def people_lines(people: list[Person], asked: Asked) -> list[dict[str, Any]]:
    """People as `coverage/parts/people.html` lists them: what is written of each, ready to stand
    there, for a list is long and a template looks up a word of it as slowly as a page."""
    place = cache(asked.url)  # many of these people live in one
    person_url = _of_keys(asked, "person", UUID(int=0))
    states, tongue = _states(), language()
    return [
        {
            "name": person.name,
            "elsewhere": person.elsewhere,
            "url": person_url(person.id),
            "born": format_date(person.birth, tongue) if person.birth else "",
            "sex": str(SEXES[str(person.sex)]) if person.sex else "",
            "relation": person.relation,
            "hamlet": person.hamlet or "–",
            "unit": person.unit,
            "hamlet_url": place("hamlet", person.hamlet_id),
            "home": person.household or "–",
            "home_url": place("household", person.household_id)
            if person.household_id
            else place("alone", person.hamlet_id),
            "head": person.head if person.head != person.name else "",
            "state": drawn_state(person),
            "has": states[drawn_state(person)],
            "away": person.away,
        }
        for person in people
    ]


def _states() -> dict[str, str]:
    return {"found": _("đã có hồ sơ"), "ask": _("còn chờ xem lại"), "missing": _("chưa có hồ sơ")}


def _of_keys(asked: Asked, name: str, some: UUID) -> Callable[[UUID], str]:
    """The address of a page of one key after another, worked out for `some` key once."""
    before, _key, after = asked.url(name, some).partition(str(some))
    return (lambda key: f"{before}{key}{after}") if before else (lambda key: "")
