"""The page that takes files in."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.exchange.forms import DayField, ImportForm
from hssk.exchange.models import Batch
from hssk.exchange.services import showing, working
from hssk.exchange.services.area import units_of
from hssk.exchange.views import within


@needs(Right.FILES)
def take_in(request: HttpRequest) -> HttpResponse:
    """The form; with files, they are kept and a worker begins. Nothing waits for the worker."""
    working.resume()
    if request.method == "POST":
        form = ImportForm(request.POST, request.FILES)
        if form.is_valid() and _is_mine(request, form):
            return _taken_in(request, form.cleaned_data)
    else:
        last = showing.last_unit(request.user)
        mine = last is not None and within.access(request).holds_unit(last, Right.FILES)
        form = ImportForm(initial={"unit": showing.unit_label(last) if last and mine else ""})
    offered = getattr(form, "candidates", None) or showing.units_known(request.user)
    return render(
        request,
        "exchange/import.html",
        {"form": form, "units": [showing.unit_label(unit) for unit in offered],
         "candidates": [showing.unit_label(u) for u in getattr(form, "candidates", [])]},
    )  # fmt: skip


def _is_mine(request: HttpRequest, form: ImportForm) -> bool:
    """Whether one may deliver files for that unit; says so where not."""
    unit = form.cleaned_data["unit"]
    if within.access(request).holds_unit(unit, Right.FILES):
        return True
    said = _("{unit} không thuộc địa bàn bạn được giao. Chọn đơn vị thuộc địa bàn của bạn.")
    form.add_error("unit", said.format(unit=unit))
    return False


def _taken_in(request: HttpRequest, given: dict) -> HttpResponse:
    batches = working.take_in(
        given["uploads"],
        kind=given["kind"],
        unit=given["unit"],
        on=given["on"],
        partial=given["partial"],
        actor=request.user,
        area=units_of(within.access(request)),
    )
    for batch in batches:
        if batch.state == Batch.APPLIED:
            said = _(
                "Tệp {file} đã được nhập trước đây với đúng đơn vị và ngày này; không thêm gì."
            )
            messages.info(request, said.format(file=batch.file_name))
    if len(batches) == 1:
        return redirect("exchange:batch", batches[0].id)
    return redirect("exchange:batches")


@needs(Right.FILES)
def units(request: HttpRequest) -> JsonResponse:
    """Units in force on a day whose name or code holds the text typed so far."""
    today = timezone.localdate()
    try:
        on = DayField().to_python(request.GET.get("on", "")) or today
    except ValidationError:
        on = today
    text = request.GET.get("q", "")[:100]
    found = showing.units_like(text, on) if text.strip() else []
    return JsonResponse({"units": [showing.unit_label(unit) for unit in found]})
