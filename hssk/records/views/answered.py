"""What was answered on the form and what became of it: who wrote which answer, when and why, and
the answers as they were known at a moment."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from hssk.people.models import Person
from hssk.records import sections
from hssk.records.models import Entry
from hssk.records.services import about
from hssk.records.views import showing
from hssk.records.views.telling_visits import history_of


def versions_of(one: Person, sight: Q) -> list[Entry]:
    """Every version of the answers about somebody that whoever asks may read, of those answers of
    which they may read the last: what has become sensitive is not told by what it was before."""
    answers = about(one).filter(sight, visit=None, section__in=sections.PARTS)
    found = list(answers.select_related("author").order_by("id"))
    last = {version.entry for version in found if version.replaced_at is None}
    return [version for version in found if version.entry in last]


def told(versions: list[Entry], at: datetime | None) -> dict[str, Any]:
    """The acts by which these versions were written, the latest first, and what they said `at` a
    moment, by section."""
    known = [
        one for one in versions
        if at and one.recorded_at <= at and not one.withdrawn
        and (one.replaced_at is None or one.replaced_at > at)
    ]  # fmt: skip
    return {"acts": history_of(versions), "at": at, "known": showing.by_section(known)}
