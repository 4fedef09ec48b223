"""The page that says what undoing a file changes, before it happens."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.exchange.models import Batch
from hssk.exchange.services import foreseeing, showing, working
from hssk.exchange.views import within


@needs(Right.UNDO)
def undo_page(request: HttpRequest, batch: int) -> HttpResponse:
    """What will change, found by a worker; then the button that does it."""
    file = within.file_asked(request, batch, Right.UNDO)
    if file.state != Batch.APPLIED or working.undo_requested(file):
        return redirect("exchange:batch", file.id)
    if request.method == "POST":
        working.request_undo(file, actor=request.user)
        return redirect("exchange:batch", file.id)
    crumbs = [
        {"label": _("Các lần nhập"), "url": reverse("exchange:batches")},
        {"label": file.file_name, "url": reverse("exchange:batch", args=[file.id])},
        {"label": _("Hoàn tác")},
    ]
    context = {**showing.batch_line(file), "breadcrumbs": crumbs}
    outcome = foreseeing.foreseen(file)
    if outcome is not None:
        told = _told(request, outcome)
        return render(request, "exchange/undo.html", {**context, "outcome": told})
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
