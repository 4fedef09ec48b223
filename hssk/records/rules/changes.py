"""What was done to a visit, one act after the other, out of the versions of its entries.

Works on anything that has the fields of an entry; asks nothing of any database.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Deed(StrEnum):
    """What an act did: it wrote the visit, corrected it, or withdrew all of it."""

    WRITTEN = "written"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Change:
    """One entry that an act changed: the version before and after, None for what was not there."""

    before: Any | None
    after: Any | None


@dataclass(frozen=True)
class Act:
    """What was written at one moment by one hand or file; `by` is a version of it."""

    at: datetime
    by: Any
    deed: Deed
    changes: Sequence[Change]


def acts_of(versions: Iterable[Any]) -> list[Act]:
    """The acts on one visit, the latest first.

    versions  those of its entries that the reader may see, in any order
    """
    written: dict[tuple, list[Any]] = {}
    listed = sorted(versions, key=lambda one: one.id)
    for one in listed:
        written.setdefault((one.recorded_at, one.author_id, one.source), []).append(one)
    known: dict[Any, Any] = {}  # entry → its latest version so far
    acts = []
    for (at, _author, _source), together in sorted(written.items(), key=lambda item: item[0][0]):
        first = not known
        changes = [Change(_standing(known.get(one.entry)), _standing(one)) for one in together]
        known |= {one.entry: one for one in together}
        gone = all(one.withdrawn for one in known.values())
        deed = Deed.WRITTEN if first else Deed.WITHDRAWN if gone else Deed.CORRECTED
        if told := [one for one in changes if not _same(one)]:
            acts.append(Act(at, together[0], deed, told))
    return acts[::-1]


def _standing(version: Any | None) -> Any | None:
    return None if version is None or version.withdrawn else version


def _same(change: Change) -> bool:
    """Whether nothing of it changed but a label, which tells of another entry of the visit."""
    return _read(change.before) == _read(change.after)


def _read(version: Any | None) -> Any:
    if version is None:
        return None
    words = {name: said for name, said in version.resource.items() if name != "meta"}
    return version.section, version.code, version.display, version.on, words
