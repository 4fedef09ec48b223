"""The log of looks, for those whose duty it is to read it."""

from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.access.models import Look
from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services import looks_at
from hssk.access.services.looks import BACK, ENTER, EXPORT, IN, LIST, LOCK, OPEN, OUT

ON_A_PAGE = 100
ACTS = {
    OPEN: gettext_lazy("mở xem"),
    LIST: gettext_lazy("xem danh sách"),
    EXPORT: gettext_lazy("tải tệp"),
    ENTER: gettext_lazy("vào trang không được giao"),
    IN: gettext_lazy("đăng nhập"),
    BACK: gettext_lazy("vào lại bằng mã ngắn"),
    LOCK: gettext_lazy("khoá máy"),
    OUT: gettext_lazy("đăng xuất"),
}


@needs(Right.LOOKS)
def looks_page(request: HttpRequest) -> HttpResponse:
    """Every look, the latest first; with `?refused` those that were turned away."""
    looks = Look.objects.select_related("actor").order_by("-id")
    if "refused" in request.GET:
        return _shown(request, looks.filter(refused=True), _("Những lần bị từ chối"))
    return _shown(request, looks, _("Nhật ký xem dữ liệu"))


@needs(Right.LOOKS)
def person_page(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who looked at one person; the page does not say who that is."""
    return _shown(request, looks_at(person), _("Ai đã xem người này"))


def _shown(request: HttpRequest, looks: QuerySet[Look], title: str) -> HttpResponse:
    page = Paginator(looks, ON_A_PAGE).get_page(request.GET.get("page"))
    lines = [
        {"look": look, "act": ACTS.get(look.act, look.act), "people": len(look.people)}
        for look in page.object_list
    ]
    return render(request, "access/looks.html", {"page": page, "lines": lines, "title": title})
