"""What stands is labelled anew when the table of what is sensitive has grown.

Labels are given at the door: what was filed before a drug or a word was on the table would stay
open to everybody in care for ever. No file is read again: what an entry itself says is judged,
closed over its visit as at the door, and labels are an addition here too.
"""

from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from hssk.records import sections
from hssk.records.models import Entry
from hssk.records.services.writing import Draft, draft_of, write_more_sensitive

GROWN = "Danh mục thông tin nhạy cảm đã được bổ sung."  # why, of a version that is labelled anew
AT_ONCE = 500  # visits, or entries without one


def relabel() -> int:
    """Give every entry that stands the labels that its visit has by the table of today; how many
    have a new version for it. Each batch is a transaction: cut off, it is run again."""
    return sum(_label(of, keys) for of in ("visit", "entry") for keys in _batches(of))


def _batches(of: str) -> Iterator[list[UUID]]:
    """Every visit, or every entry without one, once each."""
    rows = Entry.objects.filter(replaced_at=None, visit__isnull=of == "entry")
    keys = rows.order_by(of).values_list(of, flat=True).distinct()
    found = list(keys[:AT_ONCE])
    while found:
        yield found
        found = list(keys.filter(**{f"{of}__gt": found[-1]})[:AT_ONCE])


@transaction.atomic
def _label(of: str, keys: list[UUID]) -> int:
    alone = Q() if of == "visit" else Q(visit=None)
    held = list(Entry.objects.filter(alone, **{f"{of}__in": keys}, replaced_at=None))
    return write_more_sensitive([_told_anew(one) for one in held], held, why=GROWN)


def _told_anew(one: Entry) -> Draft:
    """An entry with what may be sensitive in it: of an answer of the form what the answer tells,
    for what it is asked names illnesses whatever the answer."""
    draft, found = draft_of(one, withdrawn=one.withdrawn), sections.item_of(one)
    if found is None:
        return draft
    section, item = found
    answer = sections.answer_in(item, section, one.resource)
    return replace(draft, said=sections.tells(item, answer), told=True)
