"""Signs of life after a death that somebody wrote down: the day may be wrong, or the person meant.

Of the register alone: lists, and when records of other systems were updated. What visits tell is
clinical; a claim about the dead has a remark in its own file (exchange/services/claims/filing.py).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hssk.people.models import Death, Holding, Listing, Person
from hssk.people.rules import understand_note

UPDATED, LISTED = "updated", "listed"


@dataclass(frozen=True, order=True)
class Sign:
    """Something said of somebody as alive, on a day: a new line of a list, a record updated."""

    on: date
    kind: str


def signs_after(deaths: Iterable[Death]) -> dict[int, list[Sign]]:
    """Key of a death → the signs of life after the day on which it counts, the earliest first;
    without the deaths that nothing gainsays."""
    left = {death.person: death for death in deaths}
    members = _members(list(left))
    signs: dict[int, set[Sign]] = defaultdict(set)
    held = Holding.objects.filter(person__in=list(members), dead=False, updated__isnull=False)
    for person, on in held.values_list("person", "updated"):
        if on is not None:
            _note(signs, left[members[person]], Sign(on, UPDATED))
    listed = Listing.objects.filter(person__in=list(members), decided=True)
    for person, on, note in listed.values_list("person", "since", "note"):
        if not understand_note(note).died:
            _note(signs, left[members[person]], Sign(on, LISTED))
    return {key: sorted(found) for key, found in signs.items()}


def _note(signs: dict[int, set[Sign]], death: Death, sign: Sign) -> None:
    if sign.on > death.counted_on:
        signs[death.pk].add(sign)


def _members(people: list[UUID]) -> dict[UUID, UUID]:
    """Every key of the same human beings → that which the death names."""
    roots = dict(Person.objects.filter(pk__in=people).values_list("root", "pk"))
    members = Person.objects.filter(root__in=list(roots)).values_list("pk", "root")
    return {key: roots[root] for key, root in members}
