"""Which heir took each hamlet of a divided commune."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from hssk.access.errors import NotYours
from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import divided, give_hamlets
from hssk.access.views.doorkeeper import access
from hssk.kit.numbers import format_number


@needs(Right.POSTS)
def divided_page(request: HttpRequest) -> HttpResponse:
    """Every divided commune of the area, with a choice for each of its hamlets."""
    mine = access(request)
    if request.method == "POST":
        try:
            said = give_hamlets(_chosen(request), giver=mine)
        except NotYours as refusal:
            messages.error(request, _(refusal.message))
        else:
            words = _("Đã xếp {n} tổ, bản. Số liệu và địa bàn của các nhiệm vụ theo đó từ bây giờ.")
            messages.success(request, words.format(n=format_number(said)))
        return redirect("coverage:divided")
    communes = divided(mine)
    context = {
        "communes": communes,
        "open": sum(one.open for one in communes),
        "breadcrumbs": [
            {"label": _("Nhiệm vụ sau sáp nhập"), "url": "../"},
            {"label": _("Tổ, bản của xã đã chia")},
        ],
    }
    return render(request, "coverage/divided.html", context)


def _chosen(request: HttpRequest) -> dict[int, int | None]:
    """Hamlet → unit: fields are called h and the key of the hamlet, empty where nothing is said."""
    said = ((name, str(value)) for name, value in request.POST.items())
    return {
        int(name[1:]): int(value) if value.isdecimal() else None
        for name, value in said
        if name[:1] == "h" and name[1:].isdecimal()
    }
