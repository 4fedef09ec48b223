"""The list of files taken in, and the page of one: how far it is, what came of it, what to do."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import as_machine, looks
from hssk.exchange.formats.door import UnreadableFile
from hssk.exchange.models import Batch, SourceRow
from hssk.exchange.services import (
    delivering,
    giving_back,
    handing,
    outcome,
    showing,
    waiting,
    working,
)
from hssk.exchange.views import within

ON_A_PAGE = 25
ROWS_ON_A_PAGE = 50
FIRST_ROWS = 5


@needs(Right.FILES)
def batch_list(request: HttpRequest) -> HttpResponse:
    """Every file taken in, the latest first."""
    working.resume()
    page = Paginator(within.files(request), ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [showing.batch_line(batch) for batch in page]
    busy = any(not showing.progress_of(line["batch"])["finished"] for line in lines)
    context = {"page": page, "lines": lines, "busy": busy}
    if within.access(request).allows(Right.ROWS):
        context["handed"] = handing.how_many_wait(within.units(request))
    if within.access(request).allows(Right.DELIVER):
        context["delivers"] = True
        context["lacking"] = delivering.how_many_lack()
    return render(request, "exchange/batches.html", context)


@needs(Right.FILES)
def batch_page(request: HttpRequest, batch: int) -> HttpResponse:
    """One file: its progress while it is worked on, then what came of it."""
    working.resume()
    file = within.file_asked(request, batch, Right.FILES)
    context = {
        **showing.batch_line(file),
        "trouble": showing.said(file.trouble),
        "failed": working.has_failed(working.job_of(file)),
        "undoing": working.undo_requested(file),
        "undo_failed": working.undo_has_failed(file),
        "breadcrumbs": _crumbs(file),
    }
    progress = showing.progress_of(file, named=within.all_files(request))
    if not progress["finished"]:
        urls = {"poll_url": reverse("exchange:batch-progress", args=[file.id]), "next_url": ""}
        return render(
            request,
            "exchange/working.html",
            {**context, "progress": {**progress, **urls}, "steps": _steps(progress["stage"])},
        )
    may = within.access(request)
    errors = showing.rows_with_errors(file)
    reader = within.reader(request, file)
    with as_machine(may.user, may.day):  # how many is told to who delivered them, and no more
        context["rejected"] = errors.count()
    context["outcome"] = outcome.outcome(file, reader) if file.counts else None
    context["error_tone"] = "missing" if context["rejected"] else "plain"
    context["has_columns"] = file.taken_from_id is None and file.kind != Batch.CLAIMS
    context["may_see_rows"] = reader.rows
    context["may_undo"] = may.holds_unit(file.unit, Right.UNDO)
    if context["may_see_rows"] and context["rejected"]:
        first = list(errors[:FIRST_ROWS])
        within.look(request, looks.LIST, first)
        context["first_errors"] = [showing.row_line(row) for row in first]
    context["notes"] = [showing.said(note) for note in file.notes]
    context["waiting"] = waiting.of_file(within.queue(request).asked, file)
    return render(request, "exchange/batch.html", context)


def _crumbs(file: Batch) -> list[dict]:
    return [
        {"label": _("Các lần nhập"), "url": reverse("exchange:batches")},
        {"label": file.file_name},
    ]


def _steps(stage: str) -> dict:
    labels = {
        "read": _("Đọc tệp"),
        "receive": _("Nhận dòng"),
        "link": _("Đối chiếu"),
        "apply": _("Ghi vào sổ"),
    }
    steps = [{"label": label, "stage": at} for at, label in labels.items()]
    return {"all": steps, "current": list(labels).index(stage) + 1 if stage in labels else 1}


@needs(Right.FILES)
def batch_progress(request: HttpRequest, batch: int) -> JsonResponse:
    """How far the work on a file has come, for the script of its page."""
    working.resume()
    file = within.file_asked(request, batch, Right.FILES)
    return JsonResponse(showing.progress_of(file, named=within.all_files(request)))


@needs(Right.ROWS)
def batch_rows(request: HttpRequest, batch: int) -> HttpResponse:
    """The rows with errors, or with remarks, page by page."""
    file = within.file_asked(request, batch, Right.ROWS)
    kind, rows, title = _rows_asked(request, file)
    pages = Paginator(rows, ROWS_ON_A_PAGE)
    if kind == "centre":
        pages.count = outcome.how_many(file, within.reader(request, file))
    page = pages.get_page(request.GET.get("page"))
    within.look(request, looks.LIST, page.object_list)
    crumbs = _crumbs(file)
    crumbs[1]["url"] = reverse("exchange:batch", args=[file.id])
    return render(
        request,
        "exchange/rows.html",
        {
            "batch": file,
            "page": page,
            "lines": [showing.row_line(row) for row in page],
            "title": title,
            "kind": kind,
            "breadcrumbs": [*crumbs, {"label": title}],
        },
    )


def _rows_asked(request: HttpRequest, file: Batch) -> tuple[str, QuerySet[SourceRow], str]:
    """Which of its rows, by `only` of the address: errors without; their title."""
    kind = request.GET.get("only", "")
    if kind == "warnings":
        return kind, showing.rows_with_warnings(file), _("Dòng nên xem lại")
    if kind == "centre":
        area = within.questions(request)
        return kind, outcome.with_the_centre(file, area), _("Đang ở trung tâm y tế")
    if kind == "handed":
        return kind, showing.rows_handed_on(file), _("Đã chuyển đến trung tâm y tế")
    return "", showing.rows_with_errors(file), _("Dòng có lỗi")


@needs(Right.ROWS)
def errors_file(request: HttpRequest, batch: int) -> HttpResponse:
    """The rows with errors as a workbook: the sender's own sheets, and what is wrong."""
    file = within.file_asked(request, batch, Right.ROWS)
    within.look(request, looks.EXPORT, showing.rows_with_errors(file))
    try:
        given = giving_back.workbook(file)
    except UnreadableFile as refusal:
        messages.error(request, f"{_(refusal.message)} {_(refusal.advice)}")
        return redirect("exchange:batch", file.id)
    return HttpResponse(
        given,
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": giving_back.disposition(file)},
    )


@needs(Right.UNDO)
@require_POST
def insist(request: HttpRequest, batch: int) -> HttpResponse:
    """Apply a held file all the same, under the name of whoever asks."""
    file = within.file_asked(request, batch, Right.UNDO, state=Batch.HELD)
    working.insist(file, actor=request.user)
    return redirect("exchange:batch", file.id)


@needs(Right.FILES)
@require_POST
def again(request: HttpRequest, batch: int) -> HttpResponse:
    """Try a file again that could not be read, or whose worker died too often."""
    file = within.file_asked(request, batch, Right.FILES)
    working.again(file)
    return redirect("exchange:batch", file.id)
