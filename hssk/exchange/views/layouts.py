"""The page that shows how columns are read, on rows of the file itself, and takes corrections."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.exchange.errors import Refused
from hssk.exchange.formats.door import UnreadableFile
from hssk.exchange.forms import LayoutForm
from hssk.exchange.models import Batch
from hssk.exchange.services import guessing, working
from hssk.exchange.views import within


@needs(Right.ROWS)
def layout_page(request: HttpRequest, batch: int) -> HttpResponse:
    """Each shape of sheet once: its headers, first rows, and what each column is taken for."""
    file = within.file_asked(request, batch, Right.ROWS, taken_from=None)
    try:
        sheets = guessing.guess_of(file)
    except UnreadableFile as refusal:
        messages.error(request, f"{_(refusal.message)} {_(refusal.advice)}")
        return redirect("exchange:batch", file.id)
    within.look(request, looks.OPEN, ())
    correctable = file.state in guessing.CORRECTABLE
    data = request.POST if request.method == "POST" else None
    forms = [LayoutForm(data, sheet=sheet, locked=not correctable) for sheet in _by_shape(sheets)]
    wrong = [form for form in forms if not form.is_valid()] if data is not None else forms
    if correctable and not wrong:
        return _accepted(request, file, forms)
    crumbs = [
        {"label": _("Các lần nhập"), "url": reverse("exchange:batches")},
        {"label": file.file_name, "url": reverse("exchange:batch", args=[file.id])},
        {"label": _("Cách đọc các cột")},
    ]
    context = {"batch": file, "forms": forms, "correctable": correctable, "breadcrumbs": crumbs}
    return render(request, "exchange/layout.html", context)


def _by_shape(sheets: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The first sheet of each shape, with the titles of all that share it."""
    shapes: dict[str, dict[str, Any]] = {}
    for sheet in sheets:
        first = shapes.setdefault(sheet["layout"]["shape"], {**sheet, "titles": []})
        first["titles"].append(sheet["title"])
    return list(shapes.values())


def _accepted(request: HttpRequest, file: Batch, forms: list[LayoutForm]) -> HttpResponse:
    try:
        guessing.accept(file, {form.shape: form.said() for form in forms}, actor=request.user)
    except Refused as refused:
        messages.info(request, f"{_(refused.message)} {_(refused.advice)}")
    working.resume()
    return redirect("exchange:batch", file.id)
