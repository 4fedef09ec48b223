"""Checkpoints of the log of looks: made, told to a witness, and verified line by line."""

from collections.abc import Iterable, Iterator

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from hssk.access.checkpoints import Told, chained
from hssk.access.merkle import root
from hssk.access.models import Checkpoint, Look

_AT_ONCE = 5_000


@transaction.atomic
def make_checkpoint() -> Checkpoint | None:
    """Seal every look since the last checkpoint; None when there is none.

    Looks that are being written are waited for, so that none comes later among those sealed.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE access_checkpoint IN EXCLUSIVE MODE")
        cursor.execute("LOCK TABLE access_look IN SHARE MODE")
    before = Checkpoint.objects.order_by("-number").first()
    last = Look.objects.order_by("-id").values_list("id", flat=True).first() or 0
    if last == (before.last if before else 0):
        return None
    lines, digest = root(_lines(before.last if before else None, last))
    number, words = (before.number + 1 if before else 1), digest.hex()
    chain = chained(
        before.chain if before else "", number=number, last=last, lines=lines, root=words
    )
    return Checkpoint.objects.create(
        number=number, last=last, lines=lines, root=words, chain=chain, at=Now()
    )


def seals() -> list[Told]:
    """All checkpoints, as a witness keeps them."""
    kept = Checkpoint.objects.order_by("number")
    return [Told(one.number, one.last, one.lines, one.root, one.chain) for one in kept]


def verify_log(witnessed: Iterable[Told] = ()) -> list[str]:
    """Work every checkpoint out again from the looks themselves; what does not agree, in words.

    witnessed  what somebody else keeps: without it whoever can write the whole database can also
               write checkpoints that agree with their own log
    """
    wrong: list[str] = []
    before, start = "", None
    here = seals()
    for number, one in enumerate(here, start=1):
        lines, digest = root(_lines(start, one.last))
        if one.number != number:
            wrong.append(_("mốc {n} đã bị gỡ bỏ").format(n=number))
        if (lines, digest.hex()) != (one.lines, one.root):
            wrong.append(
                _("các dòng {first}–{last} không còn như khi chốt mốc {n}").format(
                    first=(start or 0) + 1, last=one.last, n=one.number
                )
            )
        chain = chained(before, number=one.number, last=one.last, lines=one.lines, root=one.root)
        if chain != one.chain:
            wrong.append(_("mốc {n} không nối tiếp mốc trước").format(n=one.number))
        before, start = one.chain, one.last
    known = {one.number: one for one in here}
    for one in witnessed:
        if one.number not in known:
            wrong.append(_("mốc {n} mà người làm chứng giữ không còn ở đây").format(n=one.number))
        elif known[one.number] != one:
            wrong.append(_("mốc {n} khác với mốc người làm chứng giữ").format(n=one.number))
    return wrong


def _lines(after: int | None, last: int) -> Iterator[bytes]:
    """The lines to seal: each look, and each person it names, in order; from the first without
    `after`, whatever number somebody gives what they slip in before it."""
    looks = Look.objects.filter(id__lte=last).order_by("id")
    if after is not None:
        looks = looks.filter(id__gt=after)
    for one in looks.iterator(chunk_size=_AT_ONCE):
        words = (
            one.pk,
            one.at.isoformat(),
            one.actor_id,
            one.act,
            one.right,
            one.posts,
            one.refused,
        )
        event = "|".join(map(str, words))
        yield event.encode()
        for person in one.people:
            yield f"{one.pk}|{person}".encode()
