"""When a commune was divided: which heir took each of its hamlets is said, never guessed.

Saying so lets every post of the heir see the people of that hamlet, so it belongs to whoever gives
posts, in all the units concerned, and stands in the log. Source: decision 9; protection.md I6.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_noop as _n

from hssk.access.errors import NotYours
from hssk.access.models import Post
from hssk.access.rights import Right
from hssk.access.services.areas import Access
from hssk.access.services.looks import note_placing
from hssk.access.services.scope import as_machine
from hssk.places import services as places
from hssk.places.models import Hamlet, Unit


@dataclass(frozen=True)
class Heir:
    """A unit that took part of a divided commune, and how many posts it has."""

    unit: Unit
    posts: int


@dataclass(frozen=True)
class Divided:
    """A commune that was divided, its heirs by code, and its hamlets by name, each with its `heir`.

    mine  whether whoever asks holds all of these units; else the level above has to say
    """

    unit: Unit
    heirs: tuple[Heir, ...]
    hamlets: tuple[Hamlet, ...]
    mine: bool

    @property
    def open(self) -> int:
        """How many of its hamlets nobody has given to an heir."""
        return sum(hamlet.heir_id is None for hamlet in self.hamlets)


def divided(giver: Access) -> list[Divided]:
    """The divided communes that have hamlets here and lie in the area of `giver`, those with most
    left to say first."""
    hamlets: dict[int, list[Hamlet]] = {}
    for hamlet in Hamlet.objects.order_by("name", "id"):
        hamlets.setdefault(hamlet.unit_id, []).append(hamlet)
    asks = places.on_map(hamlets, giver.day).asks
    mine = [
        unit
        for unit in Unit.objects.filter(pk__in=asks).select_related("parent").order_by("code")
        if asks[unit.pk] and giver.holds_unit(unit, Right.POSTS)
    ]
    posts = _posts_in([heir for unit in mine for heir in asks[unit.pk]], giver)
    found = [
        Divided(
            unit,
            tuple(Heir(heir, posts.get(heir.pk, 0)) for heir in asks[unit.pk]),
            tuple(hamlets[unit.pk]),
            all(giver.holds_unit(heir, Right.POSTS) for heir in asks[unit.pk]),
        )
        for unit in mine
    ]
    return sorted(found, key=lambda one: -one.open)


def _posts_in(units: Iterable[Unit], giver: Access) -> dict[int, int]:
    """How many posts each of these units has, by key; those that have any."""
    there = Post.objects.on(giver.day).filter(unit__in=units, hamlet=None)
    return dict(there.order_by().values_list("unit").annotate(Count("id")))


@transaction.atomic
def give_hamlets(chosen: Mapping[int, int | None], *, giver: Access) -> int:
    """Say which heir took each hamlet; how many were said anew.

    chosen  hamlet → unit, by key; None takes back what was said. Hamlets left out stay as they are
    Raises NotYours, and does nothing, for what is not of a divided commune that is wholly theirs.
    """
    known = {
        hamlet.pk: (hamlet, {heir.unit.pk: heir.unit for heir in one.heirs})
        for one in divided(giver)
        if one.mine
        for hamlet in one.hamlets
    }
    said = 0
    for key, unit in chosen.items():
        if key not in known or (unit is not None and unit not in known[key][1]):
            raise NotYours(_n("Bạn không được xếp tổ, bản này vào đơn vị ấy."))
        hamlet, heirs = known[key]
        if hamlet.heir_id == unit:
            continue
        note_placing(giver, Right.POSTS, hamlet=key, unit=unit)
        with as_machine(giver.user, giver.day):  # where a place lies is changed by acts alone
            places.assign_hamlet(hamlet, heirs[unit] if unit is not None else None, giver.day)
        said += 1
    return said
