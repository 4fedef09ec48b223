"""The import workbook of the software in use: sent once, its columns looked over and saved."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks
from hssk.access.views.doorkeeper import access
from hssk.exchange.delivery_forms import OWN, ColumnsForm, SoftwareForm
from hssk.exchange.errors import Refused
from hssk.exchange.formats.door import UnreadableFile
from hssk.exchange.services import delivering
from hssk.exchange.views.deliveries import layout_asked, ways_here
from hssk.exchange.views.postings import said_of


@needs(Right.DELIVER)
def new_software(request: HttpRequest) -> HttpResponse:
    """The form that takes the empty workbook."""
    who = access(request)
    looks.look(who, looks.OPEN, Right.DELIVER, [])
    units = delivering.units_of(who)
    only = {"unit": units[0]} if len(units) == 1 else {}
    form = SoftwareForm(request.POST or None, request.FILES or None, units=units, initial=only)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        upload = None if said["start"] == OWN else said["upload"]
        try:
            made = delivering.new_layout(
                upload, said["unit"], said["software"], by=who.user, at=timezone.now()
            )
        except (UnreadableFile, Refused) as refusal:
            form.add_error("upload", said_of(refusal))
        else:
            return redirect("exchange:software", made.pk)
    context = {"form": form, "units": units, "breadcrumbs": _crumbs(_("Khai mẫu nhập"))}
    return render(request, "exchange/software_new.html", context)


@needs(Right.DELIVER)
def software_page(request: HttpRequest, outgoing: int) -> HttpResponse:
    """What each column says, on two people whom there are not; saved when it is right."""
    layout, who = layout_asked(request, outgoing), access(request)
    looks.look(who, looks.OPEN, Right.DELIVER, [])
    form = ColumnsForm(request.POST or None, layout=layout)
    if request.method == "POST" and form.is_valid() and "save" in request.POST:
        try:
            delivering.save_layout(layout, form.said(), by=who.user, at=timezone.now())
        except Refused as refusal:
            form.add_error(None, _(refusal.message))
        else:
            messages.success(request, _("Đã lưu mẫu. Các lần giao sau dùng mẫu này."))
            return redirect("exchange:deliveries")
    context = {"layout": layout, "form": form, "breadcrumbs": _crumbs(layout.software)}
    return render(request, "exchange/software.html", context)


def _crumbs(last: str) -> list[dict[str, str]]:
    return [*ways_here(), {"label": last}]
