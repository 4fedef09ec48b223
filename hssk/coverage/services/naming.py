"""What hamlets are called where a unit was made of several and their hamlets bear one name."""

from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _

from hssk.places.models import Unit
from hssk.places.services import DrawnMap


def told_apart(hamlets: Iterable[tuple[int, int, str]], drawn: DrawnMap) -> dict[int, str]:
    """Hamlet id → its name with its own commune, for those that another of their unit is called.

    hamlets  id, unit id and name of each
    drawn    the map on which they lie together: `Tổ dân phố số 4` of two communes that became one
             ward is `Tổ dân phố số 4 (Phường Quyết Tiến)` there; the others keep their names and
             are not in the answer
    """
    namesakes: dict[tuple[int, str], list[tuple[int, int, str]]] = defaultdict(list)
    for pk, unit_id, name in hamlets:
        at = drawn.chosen.get(pk) or drawn.target.get(unit_id)
        if at is not None:
            namesakes[at.pk, name].append((pk, unit_id, name))
    alike = [h for group in namesakes.values() if len(group) > 1 for h in group]
    units = Unit.objects.select_related("parent").in_bulk({unit_id for _pk, unit_id, _n in alike})
    return {pk: with_commune(name, _told_apart(units, unit_id)) for pk, unit_id, name in alike}


def _told_apart(units: dict[int, Unit], unit_id: int) -> str:
    """The unit's name, with what lies above where another of `units` has the same name."""
    unit = units[unit_id]
    alike = [other for other in units.values() if str(other) == str(unit)]
    return str(unit) if len(alike) == 1 else f"{unit}, {unit.parent}"


def with_commune(name: str, commune: object) -> str:
    """Tổ dân phố số 4 (Phường Quyết Tiến)."""
    return f"{name or _('Chưa rõ tổ, bản')} ({commune})"
