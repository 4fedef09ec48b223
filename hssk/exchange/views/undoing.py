"""The page that says what undoing a file changes, before it happens."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import as_machine
from hssk.exchange.models import Batch
from hssk.exchange.services import foreseeing, showing, working
from hssk.exchange.views import within


@needs(Right.UNDO)
def undo_page(request: HttpRequest, batch: int) -> HttpResponse:
    """What will change, found by a worker; then the button that does it."""
    file = within.file_asked(request, batch, Right.UNDO)
    undoing = working.undo_requested(file) and not working.undo_has_failed(file)
    if file.state != Batch.APPLIED or undoing:
        return redirect("exchange:batch", file.id)
    with as_machine(request.user, within.access(request).day):  # the file is theirs to undo
        outcome = foreseeing.foreseen(file)
    if request.method == "POST":
        return _asked(request, file, outcome)
    crumbs = [
        {"label": _("Các lần nhập"), "url": reverse("exchange:batches")},
        {"label": file.file_name, "url": reverse("exchange:batch", args=[file.id])},
        {"label": _("Hoàn tác")},
    ]
    context = {**showing.batch_line(file), "breadcrumbs": crumbs}
    if outcome is not None:
        told = {"outcome": _told(request, outcome), "seen": outcome["state"]}
        return render(request, "exchange/undo.html", {**context, **told})
    if "again" in request.GET:
        working.forgive(foreseeing.job_of(file))
    working.foresee(file, actor=request.user)
    if working.has_failed(foreseeing.job_of(file)):
        return render(request, "exchange/undo_unforeseen.html", context)
    poll = reverse("exchange:undo-progress", args=[file.id])
    progress = {
        **showing.foreseeing_progress(file, named=within.all_files(request)),
        "poll_url": poll,
        "next_url": reverse("exchange:undo", args=[file.id]),
    }
    return render(request, "exchange/undo_working.html", {**context, "progress": progress})


def _asked(request: HttpRequest, file: Batch, outcome: dict[str, Any] | None) -> HttpResponse:
    """Have the file undone if what comes of it is still what the page said."""
    if outcome is None or request.POST.get("seen") != outcome["state"]:
        said = _(
            "Sổ đã đổi từ khi bạn mở trang này, nên tệp chưa được hoàn tác. Hãy xem lại những gì"
            " sẽ thay đổi."
        )
        messages.info(request, said)
        return redirect("exchange:undo", file.id)
    working.request_undo(file, actor=request.user)
    return redirect("exchange:batch", file.id)


def _told(request: HttpRequest, outcome: dict[str, Any]) -> dict[str, Any]:
    """What is foreseen, of one's own units and files."""
    units = within.units(request)
    later = [file["id"] for file in outcome["later"]]
    mine = within.files(request).filter(id__in=later).values_list("id", flat=True)
    return foreseeing.told(outcome, units, None if units is None else set(mine))


@needs(Right.UNDO)
def foresee_progress(request: HttpRequest, batch: int) -> JsonResponse:
    """How far foreseeing has come, for the script of the page."""
    file = within.file_asked(request, batch, Right.UNDO)
    finished = not working.is_running(foreseeing.job_of(file))
    told = showing.foreseeing_progress(file, named=within.all_files(request))
    return JsonResponse({**told, "finished": finished})
