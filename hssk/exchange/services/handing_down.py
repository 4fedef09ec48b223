"""What people typed of somebody follows them when files are taken back, or keeps them.

A file that is taken back takes with it the people whom it had brought first. Later files bring them
under another key, and what was typed follows by their rows; of whom no file is left that speaks,
what was typed is left, and they with it.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models.expressions import RawSQL

from hssk.access.models import User
from hssk.exchange.models import Batch, LinkDecision
from hssk.exchange.services import by_hand
from hssk.kit.copying import array_of
from hssk.people.models import Person
from hssk.people.services import lives
from hssk.people.services.lives.keeping import Remembered
from hssk.records import services as records


@dataclass(frozen=True)
class Typed:
    """Of whom something was typed, before files are taken back.

    rows   of the later files about each of them, in their order
    since  of whom the record was written, it was confirmed who they are, or who objected to lists →
           the first day: they do not go. A birth, a death or a name alone waits for somebody whom
           a file brings
    were   who those were
    """

    rows: dict[UUID, list[int]]
    since: dict[UUID, date]
    were: dict[UUID, Remembered]


def typed_of(batch: Batch, later: list[Batch]) -> Typed:
    """What was typed of people whom `batch` brought, or a file after it."""
    sources = [batch.pk, *(file.pk for file in later)]
    since = lives.keeping_people_from(sources)
    for person, on in records.typed_of_people_from(sources).items():
        since[person] = min(on, since.get(person, on))
    named = array_of({*since, *lives.people_named(sources)})
    decided = LinkDecision.objects.filter(
        row__batch__in=sources[1:],
        person__in=RawSQL("SELECT unnest(%s::uuid[])", [named]),
    )
    rows: dict[UUID, list[int]] = defaultdict(list)
    for person, row in decided.order_by("row").values_list("person", "row"):
        rows[person].append(row)
    return Typed(rows, since, lives.remember(since))


def hand_down(typed: Typed, *, actor: User) -> None:
    """Let what was typed be about whom the rows are about by now, where whoever it names is not
    there; and let those be there again of whom no row is left. To be called when all files have
    come again."""
    rows = [row for theirs in typed.rows.values() for row in theirs]
    about = dict(LinkDecision.objects.filter(row__in=rows).values_list("row", "person"))
    roots = dict(Person.objects.filter(pk__in=set(about.values())).values_list("pk", "root"))
    heirs: dict[UUID, UUID] = {}
    for gone, theirs in typed.rows.items():
        now = {roots.get(about[row], about[row]) for row in theirs if row in about}
        # who is several people by now, nobody can tell whose the typed is: it keeps its own person
        if len(now) == 1 or (now and gone not in typed.since):
            heirs[gone] = next(about[row] for row in theirs if row in about)
    follow(heirs)
    kept = {key: one for key, one in typed.were.items() if key not in heirs}
    lives.keep(kept, typed.since)
    by_hand.give_rows_to_kept(actor)
    lives.stand_again()


def is_typed(person: UUID) -> bool:
    """Whether anything was typed of somebody under this very key."""
    return lives.is_named(person) or records.is_typed_of(person)


def follow(heirs: Mapping[UUID, UUID]) -> None:
    """Let everything typed of people who are not there any more be about their heirs."""
    lives.inherit(heirs)
    records.follow(heirs)
