"""One file of a watched folder: brought in by the way of all files, and put away with words."""

import os
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.exchange.errors import Busy, Refused
from hssk.exchange.models import Batch
from hssk.exchange.services import importing, keeping
from hssk.exchange.services.area import units_of
from hssk.exchange.services.outcome import counts_told
from hssk.exchange.services.showing import said
from hssk.exchange.services.watched.folder import DONE, REFUSED, Folder
from hssk.places.models import Unit

MOST_TOLD = 100  # claims of which a text says what is wrong


def take_one(folder: Folder, name: str, *, unit: Unit, on: date, access: Access) -> str | None:
    """Bring a claimed file in, and put it away; where (DONE, REFUSED), None where it stays for now.

    A file that was brought in before, whatever the day, adds nothing. It stays where somebody still
    writes to it, or somebody else is at it.
    """
    with NamedTemporaryFile(dir=settings.HOME.files, prefix="watched-") as scratch:
        path = Path(scratch.name)
        seen = folder.copy(name, path)
        if seen is None:
            return None
        where, words = REFUSED, ""
        try:
            batch, before = _batch_of(path, name, unit=unit, on=on, access=access)
            words = _brought_in(batch, before, access)
            where = DONE
        except Busy:
            return None
        except Refused as refused:
            words = _refused(refused)
    return where if folder.put_away(name, seen, where, words) else None


def _batch_of(path: Path, name: str, *, unit: Unit, on: date, access: Access) -> tuple[Batch, bool]:
    """The batch of a file, and whether it had been brought in before."""
    digest = keeping.digest_of(path)
    known = Batch.objects.filter(digest=digest, unit=unit, kind=Batch.CLAIMS, partial=False)
    batch = known.exclude(state=Batch.UNDONE).order_by("id").first()
    if batch is not None:
        return batch, batch.state == Batch.APPLIED
    opened = importing.open_batch(
        path, kind=Batch.CLAIMS, unit=unit, on=on, partial=False, actor=access.user,
        area=units_of(access), name=os.fsencode(name).decode("utf-8", "replace"),
    )  # fmt: skip
    return opened, False


def _brought_in(batch: Batch, before: bool, access: Access) -> str:
    """Bring a batch in; what came of it, in words."""
    importing.work(batch)
    rows = access.holds_unit(batch.unit, Right.ROWS)
    counts = counts_told(batch.counts, rows)
    with translation.override("vi"):
        lines = [_("Lần nhập {batch}.").format(batch=batch.pk)]
        if before:
            lines.append(_("Tệp này đã được nhập trước đây; lần này không thêm gì."))
        told = _("Có {rows} hồ sơ: nhận {accepted}, không nhận {rejected}.")
        lines.append(told.format(**counts))
        if rows:
            told = _(
                "Trong số đã nhận: của người đã biết {same}, người mới {new}, cần xem lại {ask},"
                " không đổi {unchanged}; có điều cần lưu ý {warnings}."
            )
            lines.append(told.format(**counts))
        lines += _problems(batch, rows)
    return "\n".join([*lines, ""])


def _problems(batch: Batch, rows: bool) -> list[str]:
    """What is wrong with claims of a batch, a line each; of those accepted only where `rows` of
    it may be seen."""
    found = batch.rows.exclude(problems=None).order_by("accepted", "id")
    found = found if rows else found.filter(accepted=False)
    lines = []
    for row in found[:MOST_TOLD]:
        for problem in filter(None, map(said, row.problems or ())):
            where = _("Hồ sơ thứ {claim}").format(claim=row.number)
            place = f"{where} ({problem['place']})" if problem.get("place") else where
            lines.append(f"- {place}: {problem['text']} {problem['advice']}".rstrip())
    if found.count() > MOST_TOLD:
        more = _("Còn {count} hồ sơ nữa: xem trang của lần nhập {batch}.")
        lines.append(more.format(count=found.count() - MOST_TOLD, batch=batch.pk))
    return lines


def _refused(refused: Refused) -> str:
    with translation.override("vi"):
        words = (_(refused.message), _(refused.advice) if refused.advice else "")
        told = [word.format(**refused.params) for word in words if word]
        return "\n".join([_("Không nhận tệp này, chưa thêm gì."), *told, ""])
