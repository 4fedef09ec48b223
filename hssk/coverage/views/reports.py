"""Reports: those that were sent, one as it would be sent now, one as it was sent."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.coverage import services
from hssk.coverage.errors import TooFew
from hssk.coverage.models import SentReport
from hssk.coverage.reports import files
from hssk.coverage.reports.content import Content, canonical, digest_of
from hssk.coverage.services import sending
from hssk.coverage.services.kinds import kinds, told
from hssk.coverage.views import counts, places, reading, within
from hssk.coverage.views.asking import Asked, asked_of
from hssk.kit.text import fold
from hssk.people.rules import RULE
from hssk.places.errors import UnknownUnit
from hssk.places.models import Unit

SHOWN = 60  # sent reports on the page; older ones are found by their day
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
AGAINST: dict[str, str | Promise] = {
    sending.LAST: gettext_lazy("báo cáo gửi lần trước"),
    sending.WEEK: gettext_lazy("bảy ngày trước"),
    sending.MONTH: gettext_lazy("một tháng trước"),
    sending.HALF: gettext_lazy("sáu tháng trước"),
}


@needs(Right.FIGURES)
def reports_page(request: HttpRequest) -> HttpResponse:
    """Every report that was sent of the asker's area, the newest first, and what to make next."""
    asked = asked_of(request)
    who = within.access(request)
    sent = SentReport.objects.select_related("unit", "sent_by").order_by("-on", "-id")
    units = list(Unit.objects.filter(pk__in=sent.order_by().values("unit").distinct()))
    mine = sent.filter(unit__in=[unit for unit in units if who.holds_unit(unit, Right.FIGURES)])
    mine = mine.exclude(
        exact=True, unit__in=[unit for unit in units if not who.holds_unit(unit, Right.ROWS)]
    )
    context = {
        **asked.context(request),
        "count": mine.count(),
        "reports": [
            {"report": report, "title": kinds()[report.kind].title} for report in mine[:SHOWN]
        ],
        "most": SHOWN,
        "of_a_hamlet": bool(posts := who.with_right(Right.FIGURES))
        and all(post.hamlet_id for post in posts),
        "areas": [
            {
                "unit": unit,
                "reports": [
                    {"title": kind.title, "url": asked.url("report", unit.code, name, **day)}
                    for name, kind in kinds().items()
                    if who.holds_unit(unit, kind.right)
                    and not (kind.apart and within.crosses(request, unit, asked.on))
                ],
            }
            for unit, day in _areas(request, asked)
        ],
        "breadcrumbs": [{"label": _("Báo cáo")}],
    }
    return render(request, "coverage/reports.html", context)


def _areas(request: HttpRequest, asked: Asked) -> list[tuple[Unit, dict[str, str]]]:
    """The units of which the asker may have a report made, each with the day to ask for it where
    that is another: a code names another unit after a merger, so a post's own unit decides."""
    who = within.access(request)
    whole = reading.whole_on(asked.on)
    if whole is not None and who.holds_unit(whole, Right.FIGURES):
        below = Unit.objects.on(asked.on).select_related("parent")
        parts = {child.key for child in services.figures(whole, asked.on).children}
        units = [whole, *below.filter(code__in=parts - {whole.code}).order_by("code")]
        return [(unit, {}) for unit in units]
    days = {unit: within.day_of(unit, asked) for unit in who.units(Right.FIGURES)}
    in_order = sorted(days.items(), key=lambda one: (one[0].code, str(one[0])))
    return [(unit, {"on": day} if day else {}) for unit, day in in_order]


@needs(Right.FIGURES)
def report_page(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """A report as it would be sent now; for whoever sends reports of the unit, with the button."""
    asked = asked_of(request)
    try:
        unit = within.unit_asked(request, code, asked, Right.FIGURES)
    except UnknownUnit as trouble:
        return places.no_such_unit(request, code, asked, trouble)
    if kind not in kinds() or not within.access(request).holds_unit(unit, kinds()[kind].right):
        raise Http404
    title = kinds()[kind].title
    context: dict[str, Any] = {
        **asked.context(request),
        "unit": unit,
        "title": title,
        "choices": [(key, title, key == _against(request)) for key, title in AGAINST.items()],
        "may_send": within.access(request).holds_unit(unit, Right.REPORTS),
        "breadcrumbs": [
            {"label": _("Báo cáo"), "url": asked.url("reports")},
            {"label": f"{title}: {unit}"},
        ],
        "counting_rule": _(RULE),
    }
    try:
        content = _drafted(request, kind, unit, asked)
    except TooFew as trouble:
        context["trouble"] = _(trouble.message).format(**trouble.params)
        return render(request, "coverage/report.html", context)
    context |= {"told": told(content), "seen": digest_of(canonical(content))}
    if request.method == "POST":
        if not context["may_send"]:
            raise Http404
        if request.POST.get("seen") == context["seen"]:
            report = sending.send(content, unit, within.access(request).user, timezone.now())
            messages.success(request, _("Đã chốt và gửi báo cáo. Số liệu này không đổi nữa."))
            return redirect("coverage:sent-report", report.pk)
        messages.warning(
            request, _("Số liệu vừa thay đổi, chưa gửi gì. Hãy xem lại rồi bấm gửi lần nữa.")
        )
    return render(request, "coverage/report.html", context)


def _drafted(request: HttpRequest, kind: str, unit: Unit, asked: Asked) -> Content:
    """The report as it would be sent now. Raises TooFew where it would tell of a few people."""
    content = sending.draft(kind, unit, asked.on, asked.data_day, _against(request))
    _refuse_given_away(request, content, unit)
    return content


def _refuse_given_away(request: HttpRequest, content: Content, unit: Unit) -> None:
    """Raise TooFew where a report would tell the asker, who sees what the unit above tells, too, of
    few people there: on its own day or on the one that it is compared with."""
    on, since = (date.fromisoformat(content[day]) for day in ("on", "since"))
    crossing = kinds()[content["kind"]].apart and within.crosses(request, unit, on)
    if crossing or any(within.gives_away(request, unit, day, on) for day in (on, since)):
        raise TooFew(
            "Bạn xem cả số liệu của đơn vị cấp trên: đặt cạnh nhau, báo cáo này sẽ cho biết về vài "
            "người ở nơi ít người, nên không nêu."
        )


def _against(request: HttpRequest) -> str:
    """What is asked to be compared with; the report sent last where nothing else is."""
    against = request.GET.get("against", "")
    return against if against in AGAINST else sending.LAST


@needs(Right.FIGURES)
def sent_page(request: HttpRequest, report: int) -> HttpResponse:
    """A report as it was sent, and what it would say otherwise today."""
    asked = asked_of(request)
    sent = sent_asked(request, report)
    content = sending.content_of(sent)
    context = {
        **asked.context(request),
        "data_day": None,
        "report": sent,
        "breadcrumbs": [
            {"label": _("Báo cáo"), "url": asked.url("reports")},
            {"label": f"{kinds()[sent.kind].title}: {sent.unit}"},
        ],
    }
    try:
        _refuse_given_away(request, content, sent.unit)
    except TooFew as trouble:
        context |= {"unit": sent.unit, "title": kinds()[sent.kind].title}
        context["trouble"] = _(trouble.message)
        return render(request, "coverage/report.html", context)
    changed = sending.differences_today(sent)
    context |= {
        "told": told(content),
        "changed": [
            {
                "line": one.line,
                "count": _name_of(one.kind or sent.kind, one.count),
                "sent": one.sent,
                "today": one.today,
            }
            for one in changed
        ],
        "counting_rule": _(RULE),
    }
    return render(request, "coverage/sent_report.html", context)


def _name_of(kind: str, count: str) -> str | Promise:
    """What a number of a report is called."""
    names = kinds()[kind].names
    return names[count] if count in names else counts.BY_NAME[count].title


def sent_asked(request: HttpRequest, report: int) -> SentReport:
    """The sent report of an address; Http404 outside the area."""
    sent = get_object_or_404(
        SentReport.objects.select_related("unit__parent", "sent_by"), pk=report
    )
    if not within.access(request).holds_unit(sent.unit, kinds()[sent.kind].right):
        raise Http404
    return sent


@needs(Right.FIGURES)
def pdf_file(request: HttpRequest, report: int) -> HttpResponse:
    """The paper of a sent report."""
    return _file(request, report, files.as_pdf, "pdf")


@needs(Right.FIGURES)
def word_file(request: HttpRequest, report: int) -> HttpResponse:
    """A sent report to be numbered and signed."""
    return _file(request, report, files.as_word, "docx")


@needs(Right.FIGURES)
def book_file(request: HttpRequest, report: int) -> HttpResponse:
    """The table of a sent report."""
    return _file(request, report, files.as_workbook, "xlsx")


def _file(
    request: HttpRequest, report: int, made: Callable[[SentReport], bytes], end: str
) -> HttpResponse:
    sent = sent_asked(request, report)
    try:
        _refuse_given_away(request, sending.content_of(sent), sent.unit)
    except TooFew as trouble:
        raise Http404 from trouble
    called = f"{kinds()[sent.kind].file} {sent.unit}"
    name = re.sub(r"\W+", "-", fold(called)).strip("-")
    answer = HttpResponse(made(sent), content_type=TYPES[end])
    answer["Content-Disposition"] = f'attachment; filename="{name}-{sent.on}.{end}"'
    return answer
