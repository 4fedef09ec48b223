"""Take a file in: keep, read, receive, link, apply. Each step can be taken up again."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.exchange.errors import Busy, ColumnsHeld, Held, Refused
from hssk.exchange.formats.door import Begun, UnreadableFile, read_in_child
from hssk.exchange.formats.mark import is_copy_of_a_list, is_invented, is_session_book
from hssk.exchange.formats.sniff import is_claims
from hssk.exchange.models import Batch, KnownLayout, LinkDecision, PairElsewhere, SourceRow
from hssk.exchange.services import claims
from hssk.exchange.services.applying import apply
from hssk.exchange.services.doubting import doubt
from hssk.exchange.services.elsewhere import find_elsewhere
from hssk.exchange.services.guessing import doubt_columns
from hssk.exchange.services.keeping import coming_in, digest_of, keep_file, kept_file, name_of
from hssk.exchange.services.linking import Linked, Linker
from hssk.exchange.services.receiving import Receiver, Staged, notes_of, staged
from hssk.exchange.services.rosters import place_rows
from hssk.exchange.services.silence import keep_what_is_known
from hssk.kit import progress
from hssk.kit.copying import writing_behind
from hssk.kit.memory import no_walks
from hssk.people.services.facts import LINKING
from hssk.places.models import Unit

WORKING = 7_310_002
_ELSEWHERE = _n("Mở nơi giữ dữ liệu thật bằng lệnh “make real” rồi nhập ở đó.")


def open_batch(
    path: Path,
    *,
    kind: str,
    unit: Unit,
    on: date,
    partial: bool,
    actor: User,
    area: list[int] | None,
    name: str = "",
) -> Batch:
    """The batch of this file for this unit and day: the one there is, or a new one that waits.

    kind  roster, records, claims, or auto: as the file itself says when it is read
    area  the units of the posts by which it is delivered (`area.units_of`); None for everything

    Raises Refused for a file of real people in a home of invented ones: the two never mix; and for
    the book of a session and a copy for a hamlet, which say acts and no list.
    """
    refuse_strange_file(path, _ELSEWHERE)
    kind = Batch.CLAIMS if kind == "auto" and is_claims(path) else kind
    digest = digest_of(path)
    with coming_in(digest):
        keep_file(path, digest)
        same = Batch.objects.filter(digest=digest, unit=unit, on=on, partial=partial)
        if kind != "auto":
            same = same.filter(kind__in=[kind, "auto"])
        if found := same.exclude(state=Batch.UNDONE).order_by("id").first():
            return found
        with as_machine(actor, on):  # whoever asks has seen that the unit is theirs
            return Batch.objects.create(
                kind=kind,
                file_name=(name or name_of(path))[:255],
                digest=digest,
                unit=unit,
                on=on,
                partial=partial,
                actor=actor,
                area=area,
            )


def refuse_strange_file(path: Path, instead: str) -> None:
    """Raise Refused for a file of real people in a home of invented ones, with what to do instead,
    for the book of a session and for a copy that was handed to a hamlet."""
    if settings.HSSK_INVENTED and not is_invented(path):
        raise Refused(
            _n("Đây là thành phố bịa để xem thử; không nhập danh sách người thật vào đây."),
            instead,
        )
    if is_session_book(path):
        raise Refused(
            _n("Đây là sổ của một buổi làm hồ sơ, không phải danh sách."),
            _n("Mở buổi ấy ở “Đi tổ, bản”, vào “Ngày của buổi” rồi gửi sổ ở đó."),
        )
    if is_copy_of_a_list(path):
        raise Refused(
            _n("Đây là một bản danh sách đã giao cho tổ, bản, không phải danh sách dân."),
            _n("Mở bản ấy ở “Danh sách giao tổ, bản” rồi gửi tệp ở đó."),
        )


def insist(batch: Batch, *, actor: User) -> None:
    """Have a held file applied all the same; who insisted stands on the batch."""
    batch.insisted_by = actor
    batch.state = Batch.RECEIVED if batch.rows.exists() else Batch.WAITING
    batch.save(update_fields=["insisted_by", "state"])


def work(
    batch: Batch, begun: Begun | None = None, when_read: Callable[[], None] = lambda: None
) -> dict:
    """Bring a batch as far as it will go; its counts.

    begun      a child that has begun to read the file of which the batch keeps a copy
    when_read  called when the file has been read, with most of the work still to do

    Does nothing to a batch that is applied already. What was done before a crash is not done
    again: rows are received in one transaction and applied in another.

    Raises Busy while another process works on the batch, Held when the file is doubted (the batch
    then says why), Refused when it cannot be read.
    """
    with _alone(batch):
        batch.refresh_from_db()
        if batch.state == Batch.APPLIED:
            return unchanged_counts(batch)
        try:
            with no_walks():
                rows = _receive(batch, begun)
                when_read()
                _apply(batch, rows)
        except UnreadableFile as refusal:
            refused = Refused(refusal.message, refusal.advice)
            _note_trouble(batch, Batch.FAILED, refused)
            raise refused from refusal
        except Held as held:
            _note_trouble(batch, Batch.HELD, held)
            raise
        finally:
            progress.forget(f"batch-{batch.id}")
    return batch.counts


@contextmanager
def _alone(batch: Batch) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [WORKING, batch.id])
        if not cursor.fetchone()[0]:
            raise Busy(_n("Tệp này đang được xử lý."), _n("Đợi cho xong rồi xem lại."))
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [WORKING, batch.id])


def _note_trouble(batch: Batch, state: str, trouble: Refused) -> None:
    batch.state = state
    batch.trouble = {
        "message": trouble.message,
        "advice": trouble.advice,
        "params": trouble.params,
    }
    if isinstance(trouble, ColumnsHeld):
        batch.trouble |= {"kind": trouble.kind, "guessed": trouble.guessed}
    batch.save(update_fields=["state", "trouble", "notes"])


def _tell(batch: Batch, stage: str, done: int = 0, total: int = 0) -> None:
    progress.tell(f"batch-{batch.id}", stage, done, total)


def begin(path: Path, *, kind: str, on: date) -> Begun:
    """Begin to read a file that `work` will be asked for a little later; who asks closes it."""
    if kind == Batch.CLAIMS:
        return Begun(path, kind=kind, layouts={}, ahead_in=settings.MEDIA_ROOT)
    return Begun(path, kind=kind, on=on, layouts=_layouts_known())


def _receive(batch: Batch, begun: Begun | None = None) -> list[Staged]:
    """Read the file in a child process and keep its rows, unless that was done before."""
    if batch.state == Batch.RECEIVED:
        return staged_of(batch)
    _tell(batch, "read")
    if batch.kind == Batch.CLAIMS:
        return _receive_claims(batch, begun)
    file, kind, on = kept_file(batch.digest), batch.kind, batch.on
    layouts = batch.layouts or _layouts_known()
    # the child starts while the communes are asked for
    begun = begun or Begun(file, kind=kind, on=on, layouts=layouts)
    with begun, transaction.atomic(), writing_behind():
        receiver = Receiver(batch)
        reading = read_in_child(
            file, layouts=layouts, kind=kind, on=on, taker=receiver, begun=begun,
            progress=lambda done: _tell(batch, "read", done),
        )  # fmt: skip
        batch.notes = notes_of(reading)
        doubt_columns(batch, reading)
        _tell(batch, "receive", 0, len(reading))
        batch.kind = reading.kind if batch.kind == "auto" else batch.kind
        rows = receiver.finish(reading)
        batch.state, batch.trouble = Batch.RECEIVED, None
        batch.save()
    return rows


def _receive_claims(batch: Batch, begun: Begun | None) -> list[Staged]:
    with transaction.atomic():
        rows = claims.receive_claims(batch, begun, lambda done: _tell(batch, "receive", done))
        batch.state, batch.trouble = Batch.RECEIVED, None
        batch.save()
    return rows


def staged_of(batch: Batch) -> list[Staged]:
    """The accepted rows of a batch of any kind, in the order of the file."""
    return claims.staged_claims(batch) if batch.kind == Batch.CLAIMS else staged(batch)


def _layouts_known() -> dict:
    return dict(KnownLayout.objects.values_list("shape", "layout"))


def _apply(batch: Batch, rows: list[Staged]) -> None:
    with transaction.atomic():
        one_at_a_time()
        linked = link_and_apply(batch, rows)
        batch.counts = counts_of(batch, linked)
        batch.found_nobody = batch.counts["new"]
        batch.state, batch.applied_at = Batch.APPLIED, Now()
        batch.save()
        batch.refresh_from_db()


def one_at_a_time() -> None:
    """Wait until nobody else links; until this transaction ends nobody else will."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LINKING])


def link_and_apply(batch: Batch, rows: list[Staged], *, believed: bool = False) -> list[Linked]:
    """Link the received rows of a batch against what is known now, and write their facts.

    believed  the file was believed when it was first applied: do not doubt it again
    """
    _tell(batch, "link", 0, len(rows))
    places = place_rows(batch, rows) if batch.kind == Batch.ROSTER else {}
    households = {row: home for row, (_, home) in places.items() if home is not None}
    linker, linked = _linked(batch, rows, households)
    if not (believed or batch.insisted or batch.kind == Batch.CLAIMS):
        doubt(batch, linked, places)
    _tell(batch, "apply", 0, len(rows))
    pairs = find_elsewhere(linker, linked)
    if batch.kind == Batch.ROSTER:
        places = keep_what_is_known(batch, linked, places)
    apply(batch, linked, places)
    PairElsewhere.objects.bulk_create(pairs)
    return linked


def _linked(
    batch: Batch, rows: list[Staged], households: dict[int, int]
) -> tuple[Linker, list[Linked]]:
    def told(done: int, total: int) -> None:
        _tell(batch, "link", done, total)

    if batch.kind == Batch.CLAIMS:
        return claims.link_claims(batch, rows, told)
    linker = Linker(batch, rows, households)
    return linker, linker.run(told)


def counts_of(batch: Batch, linked: list[Linked]) -> dict:
    """What came of a file, row by row: rows = accepted + rejected, and accepted = unchanged +
    new + same + ask. Of the rejected, `handed` were handed on. Births that claims certify are no
    rows of theirs, but what is noted of them is told with the `warnings`."""
    decided = Counter("unchanged" if item.unchanged else item.decision for item in linked)
    rows = SourceRow.objects.filter(batch=batch)
    births = rows.filter(sheet=claims.BIRTHS).count() if batch.kind == Batch.CLAIMS else 0
    total = rows.count() - births
    return {
        "rows": total,
        "accepted": len(linked),
        "rejected": total - len(linked),
        "unchanged": decided["unchanged"],
        "new": decided[LinkDecision.NEW],
        "same": decided[LinkDecision.SAME],
        "ask": decided[LinkDecision.ASK],
        "warnings": rows.filter(accepted=True).exclude(problems=None).count(),
        "handed": rows.filter(accepted=False, handed=True).count() if batch.area is not None else 0,
    }


def unchanged_counts(batch: Batch) -> dict:
    """What the same file says the second time: nothing new."""
    accepted = batch.counts["accepted"]
    return batch.counts | {"unchanged": accepted, "new": 0, "same": 0, "ask": 0}
