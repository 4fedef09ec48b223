"""Records for the software in use: what waits, what went out and what of it arrived."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.exchange.delivery_forms import TakenForm
from hssk.exchange.errors import Refused
from hssk.exchange.models import DeliveredPerson, Delivery, SoftwareLayout
from hssk.exchange.papers.receipt import receipt_as_pdf
from hssk.exchange.services import delivering

ON_A_PAGE = 50
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# state → (tone of its mark, words), those first of whom something is to be done
STATES = {
    delivering.MISSING: ("missing", gettext_lazy("Không thấy trong trích xuất")),
    delivering.ASKED: ("ask", gettext_lazy("Chờ xem lại cặp")),
    delivering.OUT: ("away", gettext_lazy("Chờ trích xuất sau")),
    delivering.ARRIVED: ("found", gettext_lazy("Đã có trong phần mềm")),
    delivering.AGAIN: ("away", gettext_lazy("Đã giao lại ở lần sau")),
    delivering.WITHDRAWN: ("away", gettext_lazy("Không cần giao nữa")),
}
KINDS = {DeliveredPerson.NEW: gettext_lazy("Mới"), DeliveredPerson.CHANGED: gettext_lazy("Sửa")}


@needs(Right.DELIVER)
def deliveries_page(request: HttpRequest) -> HttpResponse:
    """Each mapped workbook with what waits to be delivered by it, and what was delivered."""
    who = access(request)
    looks.look(who, looks.LIST, Right.DELIVER, [])
    layouts = delivering.layouts_of(who)
    waiting = {unit: delivering.waiting_in(unit, who.day) for unit in {one.unit for one in layouts}}
    made = _deliveries().filter(layout__in=layouts)
    page = Paginator(made, ON_A_PAGE).get_page(request.GET.get("page"))
    imports, here = ways_here()
    context = {
        "layouts": [{"layout": one, "waiting": waiting[one.unit]} for one in layouts],
        "page": page, "most": delivering.MOST,
        "breadcrumbs": [imports, {"label": here["label"]}],
    }  # fmt: skip
    return render(request, "exchange/deliveries.html", context)


def _deliveries() -> Any:
    every = Delivery.objects.select_related("unit", "made_by", "layout", "again")
    return every.defer("content").order_by("-pk")


def layout_asked(request: HttpRequest, layout: int) -> SoftwareLayout:
    """The layout of an address; Http404 outside the area."""
    one = SoftwareLayout.objects.select_related("unit").filter(pk=layout).first()
    if one is None or not access(request).holds_unit(one.unit, Right.DELIVER):
        raise Http404
    return one


def _asked(request: HttpRequest, delivery: int) -> Delivery:
    """The delivery of an address; Http404 outside the area."""
    one = _deliveries().filter(pk=delivery).first()
    if one is None or not access(request).holds_unit(one.unit, Right.DELIVER):
        raise Http404
    return one


@needs(Right.DELIVER)
@require_POST
def make(request: HttpRequest, outgoing: int) -> HttpResponse:
    """Make a delivery of what waits."""
    layout = layout_asked(request, outgoing)
    return _made(request, lambda: delivering.deliver(
        layout, by=access(request), at=timezone.now()), reverse("exchange:deliveries"))  # fmt: skip


@needs(Right.DELIVER)
@require_POST
def again(request: HttpRequest, delivery: int) -> HttpResponse:
    """Make a delivery of those of another who did not arrive."""
    one = _asked(request, delivery)
    return _made(request, lambda: delivering.deliver_again(
        one, by=access(request), at=timezone.now()), _url(one))  # fmt: skip


def _made(request: HttpRequest, make_it: Any, back: str) -> HttpResponse:
    try:
        made = make_it()
    except Refused as refusal:
        messages.warning(request, _(refusal.message))
        return redirect(back)
    messages.success(request, _("Đã lập tệp bàn giao. Tải tệp, in phiếu, rồi nhập vào phần mềm."))
    return redirect(_url(made))


def _url(delivery: Delivery) -> str:
    return reverse("exchange:delivery", args=[delivery.pk])


@needs(Right.DELIVER)
def delivery_page(request: HttpRequest, delivery: int) -> HttpResponse:
    """The receipt of a delivery, what became of it, and who of it is where."""
    one, who = _asked(request, delivery), access(request)
    form = TakenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            said = form.cleaned_data
            delivering.note_taken(one, said["name"], said["on"], by=who, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Đã ghi người nhập vào phần mềm."))
            return redirect(_url(one))
    lines = delivering.lines_of(one)
    counts = Counter(line.state for line in lines)
    state = request.GET.get("state", "")
    shown = [line for line in lines if not state or line.state == state]
    page = Paginator(shown, ON_A_PAGE).get_page(request.GET.get("page"))
    people = delivering.named(page.object_list, who.day)
    named = [each.line.root for each in people if each.line.root is not None]
    looks.look(who, looks.LIST, Right.DELIVER, named)
    context = {
        "delivery": one, "form": form, "taken": one.taken.select_related("by").last(),
        "states": _states(counts, state), "state": STATES.get(state, ("", ""))[1],
        "missing": counts[delivering.MISSING], "asked": counts[delivering.ASKED],
        "confirmed_by": delivering.confirmed_by(one)[:3], "page": page,
        "people": [_line(each) for each in people],
        "breadcrumbs": [*ways_here(), {"label": one.serial}],
    }  # fmt: skip
    return render(request, "exchange/delivery.html", context)


def _states(counts: Counter[str], chosen: str) -> list[dict[str, Any]]:
    return [
        {"state": state, "tone": tone, "words": words, "count": counts[state],
         "chosen": state == chosen}
        for state, (tone, words) in STATES.items() if counts[state]
    ]  # fmt: skip


def _line(each: Any) -> dict[str, Any]:
    tone, words = STATES[each.line.state]
    kind = KINDS[each.line.kind]
    return {"of": each, "number": each.line.number, "tone": tone, "words": words, "kind": kind}


@needs(Right.DELIVER)
def delivery_file(request: HttpRequest, delivery: int) -> HttpResponse:
    """The workbook as it left; everybody in it is in the log before."""
    one = _asked(request, delivery)
    looks.look(access(request), looks.EXPORT, Right.DELIVER,
               one.people.values_list("person", flat=True))  # fmt: skip
    content = Delivery.objects.values_list("content", flat=True).get(pk=one.pk)
    return _file(bytes(content), WORKBOOK, f"ban-giao-{one.pk:05}-{one.on}.xlsx")


@needs(Right.DELIVER)
def receipt(request: HttpRequest, delivery: int) -> HttpResponse:
    """The paper that is signed by who hands over and who takes in; it names nobody else."""
    one = _asked(request, delivery)
    looks.look(access(request), looks.OPEN, Right.DELIVER, [])
    kinds = Counter(one.people.values_list("kind", flat=True))
    paper = receipt_as_pdf(one, new=kinds[DeliveredPerson.NEW])
    return _file(paper, "application/pdf", f"phieu-giao-nhan-{one.pk:05}.pdf")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


def ways_here() -> list[dict[str, str]]:
    """The way from the files taken in to what goes out."""
    return [
        {"label": _("Các lần nhập"), "url": reverse("exchange:batches")},
        {"label": _("Bàn giao hồ sơ cho phần mềm đang dùng"),
         "url": reverse("exchange:deliveries")},
    ]  # fmt: skip
