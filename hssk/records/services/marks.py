"""Marks of what a form showed: the versions, so that what came since is told apart."""

import re
from collections.abc import Iterable

from django.db.models import Q

from hssk.records.models import Entry

_MARK = re.compile(r"([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}):(\d{1,4})")


def mark_of(entries: Iterable[Entry]) -> str:
    """The mark of these versions."""
    return ",".join(sorted(f"{one.entry}:{one.version}" for one in entries))


def keys_marked(mark: str) -> list[tuple[str, str]]:
    """(entry, version) of everything that a mark names; nothing for what is none."""
    return _MARK.findall(mark)


def entries_marked(mark: str) -> list[Entry]:
    """The versions that a mark names and that whoever asks may see, the latest first."""
    wanted = Q()
    for entry, version in keys_marked(mark):
        wanted |= Q(entry=entry, version=version)
    return list(Entry.objects.filter(wanted).order_by("-id")) if wanted else []
