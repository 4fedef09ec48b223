"""The log of looks, for those whose duty it is to read it."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from tempfile import TemporaryFile
from uuid import UUID

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from hssk.access import told
from hssk.access.models import Look
from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.rules import MORNING
from hssk.access.services import (
    as_machine,
    last_sealed,
    last_witnessed,
    look,
    looks_at,
    newest_seal,
    years_kept,
)
from hssk.access.services.looks import EXPORT, LIST, OPEN
from hssk.access.services.telling import in_words, looks_workbook
from hssk.access.showing_seals import in_svg
from hssk.access.tiers import Kind, Tier
from hssk.access.views.doorkeeper import access

ON_A_PAGE = 100
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@needs(Right.LOOKS)
def looks_page(request: HttpRequest) -> HttpResponse:
    """Every look, the latest first; with `?refused` those that were turned away, with `?who=&day=`
    those of one user on one day."""
    looks = Look.objects.select_related("actor").order_by("-id")
    if "refused" in request.GET:
        return _shown(request, looks.filter(refused=True), _("Những lần bị từ chối"))
    if request.GET.get("who", "").isdecimal():
        looks = looks.filter(actor=int(request.GET["who"][:18]))
    if day := _day_in(request.GET.get("day", "")):
        looks = looks.filter(at__range=day)
    return _shown(request, looks, _("Nhật ký xem dữ liệu"))


@needs(Right.LOOKS)
def one_page(request: HttpRequest, look: int) -> HttpResponse:
    """One look with everybody it named, by their keys; from each to who else looked at them."""
    one = get_object_or_404(Look.objects.select_related("actor"), id=look)
    people = Paginator(one.people, ON_A_PAGE).get_page(request.GET.get("page"))
    _write_down(request, LIST, people.object_list)
    return render(request, "access/look.html", {"line": in_words([one])[0], "page": people})


@needs(Right.LOOKS)
def person_page(request: HttpRequest, person: UUID) -> HttpResponse:
    """Who looked at one person, under whatever key; the page does not say who that is."""
    looks = _looks_at(request, person, OPEN)
    return _shown(request, looks, _("Ai đã xem người này"), person=person)


@needs(Right.LOOKS)
def person_file(request: HttpRequest, person: UUID) -> FileResponse:
    """The same as a workbook."""
    looks = _looks_at(request, person, EXPORT)
    out = TemporaryFile()  # noqa: SIM115 - the response reads and closes it
    looks_workbook(looks, out)
    out.seek(0)
    return FileResponse(out, as_attachment=True, filename="ai-da-xem.xlsx", content_type=WORKBOOK)


@needs(Right.LOOKS)
def seal_page(request: HttpRequest) -> HttpResponse:
    """The newest seal as a QR code, to be photographed and kept in a second place."""
    newest = newest_seal()
    context = {
        "seal": newest,
        "picture": in_svg(newest) if newest else "",
        "sealed": last_sealed(),
        "witnessed": last_witnessed(),
        "years": years_kept(),
    }
    return render(request, "access/seal.html", context)


def _day_in(text: str) -> tuple[datetime, datetime] | None:
    """Beginning and end of a day as findings count it: what is after midnight is of the evening."""
    try:
        day = make_aware(datetime.combine(date.fromisoformat(text), time(MORNING)))
        return day, day + timedelta(days=1, microseconds=-1)
    except (ValueError, OverflowError):
        return None


def _looks_at(request: HttpRequest, person: UUID, act: str) -> QuerySet[Look]:
    """The looks at somebody; reading them is written down like any other look."""
    who = access(request)
    _write_down(request, act, [person])
    with as_machine(who.user, who.day):  # whom two keys belong to lies outside of every area here
        keys = told.keys_of(person)
    return looks_at(*keys)


def _write_down(request: HttpRequest, act: str, people: Iterable[UUID]) -> None:
    look(access(request), act, Right.LOOKS, people, basis=Kind.AUDIT, tier=Tier.LOG)


def _shown(
    request: HttpRequest, looks: QuerySet[Look], title: str, person: UUID | None = None
) -> HttpResponse:
    page = Paginator(looks, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": in_words(page.object_list),
        "title": title,
        "person": person,
        "refused": "refused" in request.GET,
    }
    return render(request, "access/looks.html", context)
