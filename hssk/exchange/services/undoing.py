"""Undo: take a whole file back, and let the files after it stand on what is left."""

from collections.abc import Iterable
from datetime import datetime

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.exchange.errors import Refused
from hssk.exchange.models import Batch, LinkDecision, PairElsewhere
from hssk.exchange.services import claims, handing_down
from hssk.exchange.services.importing import (
    counts_of,
    link_and_apply,
    one_at_a_time,
    staged_of,
)
from hssk.kit import progress
from hssk.people.models import Move
from hssk.people.services import moves, places_of_nobody, refresh_people, withdraw
from hssk.places import services as places
from hssk.records import services as records


def later_files(batch: Batch) -> list[Batch]:
    """The files applied after `batch`, in order: they will be linked again when it is undone."""
    applied = Batch.objects.filter(state=Batch.APPLIED).order_by("applied_at", "id")
    return [b for b in applied if (b.applied_at, b.id) > (batch.applied_at, batch.id)]


def undo(batch: Batch, *, actor: User) -> list[Batch]:
    """Take `batch` back, at any later time; the later files that were linked again.

    What is left, ids aside, is what an installation would hold that never had the file: later files
    are taken back in reverse, and come again in order, linked against what is then known; moves of
    people accepted since stand again in their turn. Verdicts of people stand again where both their
    rows do; the rest is asked again.

    Raises Refused when the batch is not applied.
    """
    with transaction.atomic():
        one_at_a_time()
        batch = Batch.objects.select_for_update().get(id=batch.id)
        if batch.state != Batch.APPLIED:
            raise Refused(_n("Tệp này chưa được áp dụng, hoặc đã được rút lại."))
        later = later_files(batch)
        _tell(batch, later)
        acts = _in_order(later, moves.accepted_after(_done_at(batch)))
        typed = handing_down.typed_of(batch, later)
        for act in (*reversed(acts), batch):
            _take_back(act)
        hamlets, households = places_of_nobody()
        places.remove(hamlets=hamlets, households=households)
        batch.state, batch.undone_at, batch.undone_by = Batch.UNDONE, Now(), actor
        batch.found_nobody = 0
        batch.save(update_fields=["state", "undone_at", "undone_by", "found_nobody"])
        batch.refresh_from_db()
        for act in acts:
            _do_again(act)
        handing_down.hand_down(typed, actor=actor)
        _name_hamlets()
    _tell_no_more(batch, later)
    return later


def _tell(batch: Batch, later: list[Batch]) -> None:
    """Say that work is at `batch`, and no more what was told when a later file last came."""
    _tell_no_more(batch, later)
    progress.tell(f"batch-{batch.id}", "undo")


def _tell_no_more(batch: Batch, later: list[Batch]) -> None:
    for file in (batch, *later):
        progress.forget(f"batch-{file.id}")


def _in_order(files: Iterable[Batch], moved: Iterable[Move]) -> list[Batch | Move]:
    """What was done since a file, in the order in which it was done."""
    return sorted((*files, *moved), key=_done_at)


def _done_at(act: Batch | Move) -> datetime:
    at = act.answered_at if isinstance(act, Move) else act.applied_at
    assert at is not None  # both were done
    return at


def _take_back(act: Batch | Move) -> None:
    if isinstance(act, Move):
        moves.take_back(act)
        return
    if act.kind == Batch.CLAIMS:
        records.take_back(act.id)
        claims.end_care(act)
    refresh_people(withdraw(act.id))
    LinkDecision.objects.filter(row__batch=act).delete()
    PairElsewhere.objects.filter(row__batch=act).delete()


def _do_again(act: Batch | Move) -> None:
    if isinstance(act, Move):
        moves.stand(act, again=True)
        return
    act.counts = counts_of(act, link_and_apply(act, staged_of(act), believed=True))
    act.found_nobody = act.counts["new"]
    act.save(update_fields=["counts", "found_nobody"])


def _name_hamlets() -> None:
    """Name hamlets by the spellings that are left, as if the undone file had never been met."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT l.hamlet_id, array_agg(DISTINCT r.facts::json ->> 'hamlet')
            FROM people_listing l JOIN exchange_sourcerow r ON r.id = l.row
            WHERE r.facts::json ->> 'hamlet' <> '' GROUP BY l.hamlet_id"""
        )
        places.name_hamlets(dict(cursor.fetchall()))
