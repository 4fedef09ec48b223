"""Show: what the pages ask about files, their rows and how far work has come. Never writes."""

from functools import cache
from itertools import accumulate
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.exchange.models import Batch, SourceRow
from hssk.exchange.services import working
from hssk.kit import progress
from hssk.kit.numbers import format_number
from hssk.kit.text import fold
from hssk.kit.words import language
from hssk.places.models import Unit

KINDS = {
    "auto": _n("Chưa rõ loại"),
    Batch.ROSTER: _n("Danh sách nhân khẩu"),
    Batch.RECORDS: _n("Trích xuất hồ sơ sức khỏe"),
    Batch.CLAIMS: _n("Hồ sơ khám, chữa bệnh (XML)"),
    Batch.TYPED: _n("Ghi tay ở trạm"),
}
STAGES = {
    "read": _n("Đang đọc tệp"),
    "receive": _n("Đang nhận các dòng"),
    "link": _n("Đang đối chiếu với những người đã biết"),
    "apply": _n("Đang ghi vào sổ"),
    "undo": _n("Đang hoàn tác"),
}
# state → (tone of its mark, words)
STATES = {
    Batch.WAITING: ("ask", _n("Đang chờ đọc")),
    Batch.RECEIVED: ("ask", _n("Đang đối chiếu")),
    Batch.HELD: ("ask", _n("Bị giữ lại, chờ bạn xem")),
    Batch.APPLIED: ("found", _n("Đã ghi vào sổ")),
    Batch.UNDONE: ("away", _n("Đã hoàn tác")),
    Batch.FAILED: ("missing", _n("Không đọc được")),
}
UNFINISHED = (Batch.WAITING, Batch.RECEIVED)


def batches() -> QuerySet[Batch]:
    """Every file taken in, the latest first."""
    return Batch.objects.select_related("unit", "actor", "undone_by").order_by("-id")


def batch_line(batch: Batch) -> dict[str, Any]:
    """A batch with the words for its kind and state."""
    tone, state = STATES[batch.state]
    if batch.state in UNFINISHED and working.has_failed(working.job_of(batch)):
        tone, state = "missing", _n("Bị dừng giữa chừng")
    if working.undo_requested(batch):
        tone, state = "ask", _n("Đang hoàn tác")
    words = {"batch": batch, "kind": _(KINDS[batch.kind]), "mark": tone, "state": _(state)}
    return {**words, "rejected": rejected_by(batch.counts)}


def rejected_by(counts: dict[str, int]) -> int | None:
    """How many rows of a file have an error, those that were handed on left out; None before."""
    return counts["rejected"] - counts.get("handed", 0) if "rejected" in counts else None


def progress_of(batch: Batch, *, named: bool = False) -> dict[str, Any]:
    """How far the work on `batch` has come, as the progress part of a page shows it.

    named  whether other files, linked again while it is undone, may be told of by name
    `finished` when nothing more will happen by itself: done, held, refused, or stopped for good.
    """
    undoing = working.undo_requested(batch)
    job = f"undo-{batch.id}" if undoing else working.job_of(batch)
    busy = undoing or batch.state in UNFINISHED
    told = undoing_told(batch, named) if undoing else progress.asked(f"batch-{batch.id}")
    return {**_told(told), "finished": not busy or working.has_failed(job)}


def foreseeing_progress(batch: Batch, *, named: bool) -> dict[str, Any]:
    """How far the rehearsal of undoing `batch` has come; see `progress_of`."""
    return _told(undoing_told(batch, named))


def undoing_told(batch: Batch, named: bool) -> dict[str, Any] | None:
    """What was last told of the files that are linked again while `batch` is undone."""
    later = Batch.objects.filter(state=Batch.APPLIED).order_by("applied_at", "id")
    for file in (*later, batch):
        if told := progress.asked(f"batch-{file.id}"):
            if named or file == batch:
                return {**told, "file": file.file_name}
            return {"done": 0, "total": 0, "stage": "link"}
    return None


def _told(told: dict[str, Any] | None) -> dict[str, Any]:
    if told is None:
        return {"done": 0, "total": 0, "text": _("Đang bắt đầu…"), "stage": ""}
    text = _(STAGES.get(told["stage"], told["stage"]))
    if "file" in told:
        text = f"{text} – {told['file']}"
    done, total = told["done"], told["total"]
    if total:
        text += _(": {done} trong {total} dòng").format(
            done=format_number(done, language()), total=format_number(total, language())
        )
    elif done:
        text += _(": {done} dòng").format(done=format_number(done, language()))
    return {"done": done, "total": total, "text": text, "stage": told["stage"]}


def said(trouble: dict[str, Any] | None) -> dict[str, Any] | None:
    """A trouble or problem as stored, in the reader's language: text, advice and the rest."""
    if not trouble:
        return None
    params = trouble.get("params") or {}
    words = {
        key: _(trouble[name]).format(**params) if trouble.get(name) else ""
        for key, name in (("text", "message"), ("advice", "advice"))
    }
    return {**trouble, **words}


def rows_with_errors(batch: Batch) -> QuerySet[SourceRow]:
    """The rows of `batch` that were not accepted, in the order of the file."""
    return SourceRow.objects.filter(batch=batch, accepted=False, handed=False).order_by("id")


def rows_with_warnings(batch: Batch) -> QuerySet[SourceRow]:
    """The accepted rows of `batch` about which something was noted, in the order of the file."""
    rows = SourceRow.objects.filter(batch=batch, accepted=True)
    return rows.exclude(problems=None).order_by("id")


def rows_handed_on(batch: Batch) -> QuerySet[SourceRow]:
    """The rows of `batch` that were handed on, in the order of the file."""
    return SourceRow.objects.filter(batch=batch, accepted=False, handed=True).order_by("id")


def row_line(row: SourceRow) -> dict[str, Any]:
    """A row with what is wrong with it, in words."""
    problems = [said(problem) for problem in row.problems or []]
    return {
        "sheet": row.sheet,
        "number": row.number,
        "name": row.facts.get("name", ""),
        "problems": problems,
    }


def last_unit(actor: User) -> Unit | None:
    """The unit of the file that `actor`, or else anybody, took in last."""
    files = Batch.objects.select_related("unit").order_by("-id")
    last = files.filter(actor=actor).first() or files.first()
    return last.unit if last else None


@cache
def _all_units() -> list[tuple[Unit, str]]:
    """Every unit there ever was, with its folded name. They come with the product: once will do."""
    units = Unit.objects.select_related("parent").order_by("path", "code")
    return [(unit, fold(unit_label(unit))) for unit in units]


def unit_label(unit: Unit) -> str:
    """Phường Tân Phong, Thành phố Lai Châu · 03387."""
    within = f", {unit.parent}" if unit.parent else ""
    return f"{unit}{within} · {unit.code}"


def units_like(text: str, on, most: int = 20) -> list[Unit]:
    """Units in force on `on` whose name or code holds every word of `text`, the largest first."""
    words = fold(text).split()
    levels = (Unit.PROVINCE, Unit.DISTRICT, Unit.COMMUNE)
    found = [
        unit
        for unit, folded in _all_units()
        if (unit.valid_from is None or unit.valid_from <= on)
        and (unit.valid_until is None or unit.valid_until > on)
        and all(word in folded for word in words)
    ]
    return sorted(found, key=lambda unit: levels.index(unit.level))[:most]


def units_known(actor: User) -> list[Unit]:
    """The units that files were taken in for, and all that lies within or above them."""
    used = list(Unit.objects.filter(id__in=Batch.objects.values("unit")).select_related("parent"))
    paths = {unit.path for unit in used}
    above = {path for known in paths for path in _way_to(known)}
    within = tuple(f"{path}/" for path in paths)
    return [
        unit for unit, _folded in _all_units() if unit.path in above or unit.path.startswith(within)
    ][:200]


def _way_to(path: str) -> list[str]:
    """The paths from the largest unit down to one, itself the last."""
    return list(accumulate(path.split("/"), "{}/{}".format))
