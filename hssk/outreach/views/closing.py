"""The end of a session's day: written down, told as a report, sent; and what was sent."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.views.doorkeeper import access
from hssk.kit.official.kept import canonical, digest_of, read
from hssk.outreach.closing_forms import ClosingForm
from hssk.outreach.errors import CannotPlan
from hssk.outreach.models import CANCELLED, DayReport, Session
from hssk.outreach.reports import day as reports
from hssk.outreach.services.closing import close_day, not_in_software, send_day, written_since
from hssk.outreach.services.daybooks.checking_in import came
from hssk.outreach.views.going_out import session_asked, told

TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


@needs(Right.SESSIONS)
def close_page(request: HttpRequest, session: int) -> HttpResponse:
    """How the day went; what the contacts of the day say stands there already."""
    one = session_asked(request, session)
    if one.state == CANCELLED or one.on > access(request).day:
        return redirect("plans:session", one.pk)
    lines = came(one)
    form = ClosingForm(
        request.POST or None, session=one, stops=one.stops.all(),
        came={line.hamlet.pk: line.made for line in lines},
        since=[line.hamlet.pk for line in written_since(one)],
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        said, user = form.said(), access(request).user
        act = lambda: close_day(one, said, by=user, at=timezone.now())  # noqa: E731
        if told(request, act, _("Đã kết thúc buổi. Đây là báo cáo của ngày."), form):
            return redirect("plans:day-report", one.pk)
    context = {"session": one, "form": form, "came": lines, "breadcrumbs": _crumbs(one)}
    return render(request, "outreach/closing.html", context)


@needs(Right.SESSIONS)
def day_report(request: HttpRequest, session: int) -> HttpResponse:
    """The report of a day that was closed, as it would be sent now, with the button for it."""
    one, who = session_asked(request, session), access(request)
    try:
        content = reports.day_content(one, by=who.user, today=who.day)
    except CannotPlan as refusal:
        messages.warning(request, _(refusal.message).format(**refusal.params))
        return redirect("plans:session", one.pk)
    seen = digest_of(canonical(content))
    if request.method == "POST":
        if request.POST.get("seen") == seen:
            sent = send_day(one, content, by=who.user, at=timezone.now())
            messages.success(request, _("Đã chốt và gửi báo cáo. Số liệu này không đổi nữa."))
            return redirect("plans:sent-day", sent.pk)
        messages.warning(
            request, _("Số liệu vừa thay đổi, chưa gửi gì. Hãy xem lại rồi bấm gửi lần nữa.")
        )
    context = {
        "session": one, "body": reports.day_told(content), "seen": seen,
        "sent": one.reports.select_related("sent_by"), "breadcrumbs": _crumbs(one),
        "otherwise": written_since(one),
        "to_software": not_in_software(one), "delivers": who.allows(Right.DELIVER),
    }  # fmt: skip
    return render(request, "outreach/day_report.html", context)


@needs(Right.FIGURES)
def sent_day(request: HttpRequest, daily: int) -> HttpResponse:
    """The report of a day as it was sent, and what it would say otherwise today."""
    report, who = _sent_asked(request, daily), access(request)
    context = {
        "report": report, "session": report.session,
        "body": reports.day_told(read(report.content)),
        "otherwise": reports.today_otherwise(report, by=who.user, today=who.day),
    }  # fmt: skip
    return render(request, "outreach/sent_day.html", context)


@needs(Right.FIGURES)
def day_pdf(request: HttpRequest, daily: int) -> HttpResponse:
    """The paper of a sent report."""
    return _file(request, daily, "pdf")


@needs(Right.FIGURES)
def day_word(request: HttpRequest, daily: int) -> HttpResponse:
    """A sent report to be numbered and signed."""
    return _file(request, daily, "docx")


def _file(request: HttpRequest, daily: int, kind: str) -> HttpResponse:
    report = _sent_asked(request, daily)
    answer = HttpResponse(reports.day_file(report, kind), content_type=TYPES[kind])
    name = f"bao-cao-buoi-{report.session.on}-{report.pk}.{kind}"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _sent_asked(request: HttpRequest, daily: int) -> DayReport:
    """The sent report of an address, of hamlets whose figures one sees; Http404 outside."""
    every = DayReport.objects.select_related("session__unit", "session__team", "sent_by")
    report = every.filter(pk=daily).first()
    if report is None or not access(request).holds_hamlets(
        report.session.stops.values_list("hamlet", flat=True), Right.FIGURES
    ):
        raise Http404
    return report


def _crumbs(session: Session) -> list[dict[str, str]]:
    return [
        {"label": _("Đi tổ, bản"), "url": reverse("plans:sessions")},
        {"label": str(session.place), "url": reverse("plans:session", args=[session.pk])},
        {"label": _("Kết thúc buổi")},
    ]
