"""Rows that others' files hold of one's own communes: what waits, and the answer to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import as_machine, looks
from hssk.exchange.errors import Refused
from hssk.exchange.services import handing, working
from hssk.exchange.services.area import units_of
from hssk.exchange.services.handing import Handing
from hssk.exchange.views import within
from hssk.kit.words import count_of
from hssk.places.models import Unit

ROWS_ON_A_PAGE = 50


@needs(Right.ROWS)
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits, by file and commune; below it what was refused."""
    units = within.units(request)
    looks.look(within.access(request), looks.LIST, Right.ROWS, ())  # how many, and nobody's name
    context = {
        "waiting": handing.waiting(units),
        "refused": handing.refused(units),
        "breadcrumbs": _crumbs(),
    }
    return render(request, "exchange/handed.html", context)


@needs(Right.ROWS)
def rows(request: HttpRequest, batch: int, unit: int) -> HttpResponse:
    """The rows of one file for one commune, and the two answers."""
    asked = _asked(request, batch, unit)
    page = Paginator(handing.rows_of(asked), ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    if not page.paginator.count:
        raise Http404
    within.look(request, looks.LIST, page.object_list)
    title = str(asked.unit)
    context = {
        "unit": asked.unit,
        "batch": batch,
        "page": page,
        "lines": [handing.row_said(row) for row in page],
        "most": handing.MOST_REASON,
        "breadcrumbs": [*_crumbs(link=True), {"label": title}],
    }
    return render(request, "exchange/handed_rows.html", context)


@needs(Right.ROWS)
@require_POST
def take_over(request: HttpRequest, batch: int, unit: int) -> HttpResponse:
    """Take the rows into an import of one's own; its page tells what came of them."""
    asked, mine = _asked(request, batch, unit), within.access(request)
    try:
        with as_machine(mine.user, mine.day):  # the commune is theirs
            file = handing.take_over(asked, actor=mine.user, area=units_of(mine))
    except Refused as refused:
        messages.info(request, f"{_(refused.message)} {_(refused.advice)}")
        return redirect("exchange:handed")
    working.resume()
    return redirect("exchange:batch", file.id)


@needs(Right.ROWS)
@require_POST
def refuse(request: HttpRequest, batch: int, unit: int) -> HttpResponse:
    """Say why the rows are not taken in."""
    asked, mine = _asked(request, batch, unit), within.access(request)
    try:
        with as_machine(mine.user, mine.day):  # the commune is theirs
            count = handing.refuse(asked, request.POST.get("reason", ""), actor=mine.user)
    except Refused as refused:
        messages.error(request, f"{_(refused.message)} {_(refused.advice)}")
        return redirect("exchange:handed-rows", batch, unit)
    said = _("Đã ghi là không nhận {rows}; các dòng ấy vẫn được giữ.")
    messages.success(request, said.format(rows=count_of(count, "row")))
    return redirect("exchange:handed")


def _asked(request: HttpRequest, batch: int, unit: int) -> Handing:
    """The rows of an address; 404 where the commune is not one's own."""
    asked = get_object_or_404(Unit.objects.select_related("parent"), pk=unit)
    mine = within.units(request)
    if mine is not None and asked.pk not in mine:
        raise Http404
    return Handing(batch, asked)


def _crumbs(*, link: bool = False) -> list[dict]:
    own = {"label": _("Dòng được chuyển đến")}
    if link:
        own["url"] = reverse("exchange:handed")
    return [{"label": _("Các lần nhập"), "url": reverse("exchange:batches")}, own]
