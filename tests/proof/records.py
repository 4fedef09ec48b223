"""What the record says of everybody in the world, and in plain Python who may read which entry."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5

from hssk.access.models import User
from hssk.records.models import Entry
from hssk.records.rules.sections import Tier

_SECTIONS = ("administrative", "immunisation", "visits", "results")  # one of each tier
_CODES = ("administrative.abo", "", "", "")  # a blood group, which the emergency set tells


@dataclass(frozen=True)
class Written:
    """An entry as the reference knows it: its own key is the mark that tells it was shown."""

    entry: UUID
    root: UUID
    tier: Tier
    author: int | None
    visit: UUID

    def is_open_to(self, user: int, *, person: bool, treated: bool, care: bool) -> bool:
        """person   whether the reader sees the person at all
        treated  whether a clinician's post of theirs reaches the person, by area or by care
        care     whether care opens them"""
        if self.author == user:
            return True
        far = Tier.PREVENTIVE if treated else Tier.REGISTER
        return (person and self.tier <= far) or (care and self.tier is Tier.ROUTINE)


def write_entries(
    people: Iterable[tuple[UUID, UUID]],
    authors: list[User],
    dice: random.Random,
    imported: set[UUID],
) -> list[Written]:
    """One entry of each tier about everybody (key, root), a few of them typed by `authors`.

    imported  roots of whom nothing is typed: an author sees it all the same, and a hole would not show
    """
    written = []
    for key, root in people:
        for tier, section, code in zip(Tier, _SECTIONS, _CODES, strict=True):
            typed = dice.random() < 0.05 and root not in imported
            author = dice.choice(authors) if typed else None
            one = Written(
                uuid5(key, section), root, tier, author and author.pk, uuid5(key, "visit")
            )
            Entry.objects.create(
                entry=one.entry, person=key, section=section, kind="Observation", tier=tier, code=code,
                display=str(one.entry), resource={"id": str(one.entry)}, author=author,
                visit=one.visit, source=None if author else 1, recorded_at=datetime(2024, 3, 1, tzinfo=UTC),
            )  # fmt: skip
            written.append(one)
    return written
