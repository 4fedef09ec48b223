"""Somebody of whom only what was typed is left, once the file is taken back that had brought them.

They are kept under their key, with a record that the commune where they lived keeps, and live
nowhere: no list and no system speaks of them. The first file that does ends that record, so that
nobody counts as having one for this sake.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hssk.people.models import Holding, Listing, Person, Residence
from hssk.people.models.facts import KEPT
from hssk.people.services.identity import reapply_merges


@dataclass(frozen=True)
class Remembered:
    """Who somebody was before a file was taken back; `unit` where they lived, or who spoke of
    them. Their numbers were of the file, which may have been taken back for them: not kept."""

    person: Person
    unit: int | None


def remember(people: Iterable[UUID]) -> dict[UUID, Remembered]:
    """Who these people are now, by their key."""
    found = Person.objects.in_bulk(list(people))
    units: dict[UUID, int | None] = {}
    for facts, unit in (
        (Holding.objects.order_by("until", "since", "id"), "unit"),
        (Listing.objects.order_by("until", "since", "id"), "hamlet__unit"),
        (Residence.objects.order_by("until", "since", "id"), "hamlet__unit"),
    ):  # the last word stands: what is in force, and homes before lists
        units |= dict(facts.filter(person__in=found).values_list("person", unit))
    return {key: Remembered(one, units.get(key)) for key, one in found.items()}


def keep(remembered: Mapping[UUID, Remembered], since: Mapping[UUID, date]) -> None:
    """Let those be there again who are not any more, and merges with them stand again.

    since  the day on which somebody first typed anything of each: the record begins
    """
    there = set(Person.objects.filter(pk__in=list(remembered)).values_list("pk", flat=True))
    gone = [key for key in remembered if key not in there]
    if not gone:
        return
    for key in gone:
        one = remembered[key].person
        Person.objects.create(
            id=key, root=key, name=one.name, name_folded=one.name_folded, name_sort=one.name_sort,
            called=one.called, birth_on=one.birth_on, birth_precision=one.birth_precision,
            sex=one.sex, ethnicity=one.ethnicity,
        )  # fmt: skip
    reapply_merges()
    for key in _of_whom_nothing_speaks(gone):
        one = remembered[key].person
        Holding.objects.create(
            person_id=key, system=KEPT, since=since[key], created=since[key],
            unit_id=remembered[key].unit, name=one.name, birth_on=one.birth_on,
            birth_precision=one.birth_precision, sex=one.sex,
        )  # fmt: skip


def _of_whom_nothing_speaks(people: Iterable[UUID]) -> list[UUID]:
    """The keys of those of `people` of whose human being there is no fact, one of each."""
    roots = dict(Person.objects.filter(pk__in=list(people)).values_list("root", "pk"))
    spoken = {
        root
        for fact in (Residence, Listing, Holding)
        for root in fact.objects.filter(person__root__in=list(roots)).values_list(
            "person__root", flat=True
        )
    }
    return [key for root, key in roots.items() if root not in spoken]


def reopen_kept(person: UUID, *, ended_by: int, made: Collection[str] = ()) -> None:
    """Let the record of whom only what was typed is left stand again, where a source had ended it
    that speaks, as somebody decided, of somebody else.

    made  systems of records that a hand or a visit made, which made way for that source alike
    """
    ended = Holding.objects.filter(person__root=person, system__in=(KEPT, *made), ended_by=ended_by)
    ended.update(until=None, ended_by=None)


def kept_records(people: Iterable[UUID]) -> list[int]:
    """The keys of such records that stand of these human beings, by any of their keys."""
    kept = dict(Holding.objects.filter(system=KEPT, until=None).values_list("id", "person__root"))
    if not kept:  # as nearly always, and a file may be about everybody
        return []
    wanted = set(people)
    keys = Person.objects.filter(root__in=set(kept.values())).values_list("pk", "root")
    spoken_of = {root for key, root in keys if key in wanted}
    return [record for record, root in kept.items() if root in spoken_of]
