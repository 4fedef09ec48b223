"""Lists of members: brought, looked through row by row, done by a second act, taken back."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
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
from hssk.coverage.services.lists import those_of
from hssk.exchange.errors import Refused
from hssk.exchange.formats.door import UnreadableFile
from hssk.exchange.models import MemberFile, MemberRow
from hssk.exchange.services import members as lists
from hssk.exchange.services.comparing import why
from hssk.kit.dates import PartialDate
from hssk.kit.numbers import format_number
from hssk.kit.words import language
from hssk.outreach.organisation_forms import MembersForm
from hssk.outreach.views.books import WORKBOOK, said_of
from hssk.outreach.views.organisations import organisation_kept
from hssk.outreach.views.session_day import person_typed
from hssk.outreach.views.within import day_counted, whole
from hssk.people.models import Person
from hssk.people.views.asked import turn_away
from hssk.places.models import Organisation

ROWS_ON_A_PAGE, NAMES_TOLD = 50, 20
# what a row does → (tone of its mark, words), those first that need somebody
WORDS = {
    lists.ASKS: ("ask", gettext_lazy("Cần bạn chọn")),
    lists.WRONG: ("missing", gettext_lazy("Chưa đọc được")),
    lists.NOBODY: ("away", gettext_lazy("Không có trong danh sách dân")),
    lists.TWICE: ("away", gettext_lazy("Trùng dòng trên")),
    lists.DOES: ("found", gettext_lazy("Sẽ ghi là thành viên")),
    lists.THERE: ("found", gettext_lazy("Đã là thành viên")),
}
STATES = {
    MemberFile.WAITING: ("ask", gettext_lazy("Chờ bạn xem và ghi")),
    MemberFile.DONE: ("found", gettext_lazy("Đã ghi")),
    MemberFile.UNDONE: ("away", gettext_lazy("Đã rút lại")),
}


@needs(Right.ROWS)
def blank(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    looks.look(access(request), looks.EXPORT, Right.ROWS, [])  # names nobody
    headers = {"Content-Disposition": 'attachment; filename="danh_sach_thanh_vien.xlsx"'}
    return HttpResponse(lists.blank_members(), content_type=WORKBOOK, headers=headers)


@needs(Right.ROWS)
def members_page(request: HttpRequest, organisation: int) -> HttpResponse:
    """The form that takes a list of members in, and the lists that came before."""
    one, who = organisation_kept(request, organisation), access(request)
    looks.look(who, looks.LIST, Right.ROWS, [])
    form = MembersForm(request.POST or None, request.FILES or None, day=who.day)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            file = lists.stage_upload(
                said["upload"], one, on=said["on"], whole=said["whole"], by=who.user,
                at=timezone.now(),
            )  # fmt: skip
        except (UnreadableFile, Refused) as refusal:
            form.add_error("upload", said_of(refusal))
        else:
            return redirect("organisations:file", file.pk)
    files = [
        {"file": file, "state": STATES[file.state]}
        for file in one.member_files.select_related("actor")
    ]
    context = {"one": one, "form": form, "files": files, "breadcrumbs": _ways(one)}
    return render(request, "outreach/members.html", context)


def _ways(one: Organisation, *further: str) -> list[dict[str, str]]:
    return [
        {"label": _("Cơ quan, đoàn thể"), "url": reverse("organisations:list")},
        {"label": one.name, "url": reverse("organisations:one", args=[one.pk])},
        {
            "label": _("Danh sách thành viên"),
            "url": reverse("organisations:members", args=[one.pk]),
        },
        *({"label": label} for label in further),
    ]


@needs(Right.ROWS)
def file_page(request: HttpRequest, members: int) -> HttpResponse:
    """What each row of a list would do, or has done, a page at a time, those first that ask."""
    file, who = _file_asked(request, members), access(request)
    plan = lists.plan(file, by=who.user, today=who.day)
    wanted = request.GET.get("show", "")
    order = list(WORDS)
    steps = [step for step in plan.steps if wanted not in WORDS or step.does == wanted]
    steps.sort(key=lambda step: order.index(step.does))
    page = Paginator(steps, ROWS_ON_A_PAGE).get_page(request.GET.get("page"))
    people = _people([s.person for s in page.object_list if s.person], request)
    ending = _people(plan.ending[:NAMES_TOLD], request)
    looks.look(who, looks.LIST, Right.ROWS, [*people, *ending])
    counts = lists.counts_of(plan.steps)
    context = {
        "file": file,
        "one": file.organisation,
        "state": STATES[file.state],
        "lines": [_line(step, people) for step in page.object_list],
        "page": page,
        "show": wanted,
        "plan": plan,
        "adds": counts.get("does", 0),
        "ends": len(plan.ending),
        "ending": list(ending.values()),
        "sums": [
            {"does": does, "label": words, "tone": tone, "count": counts[does]}
            for does, (tone, words) in WORDS.items()
            if counts[does]
        ],
        "open": counts["asks"] + counts["nobody"],
        "breadcrumbs": _ways(file.organisation, file.file_name),
    }
    return render(request, "outreach/member_file.html", context)


def _people(roots: Collection[UUID], request: HttpRequest) -> dict[UUID, dict[str, Any]]:
    """Root → name, birth and home of those whom the asker may see."""
    homes = {one.id: one for one in those_of(roots, day_counted(request)) if not one.elsewhere}
    return {
        one.pk: {"person": one, "home": homes.get(one.pk), "birth": one.birth}
        for one in Person.objects.filter(pk__in=roots)
    }


def _line(step: lists.Step, people: dict[UUID, dict[str, Any]]) -> dict[str, Any]:
    tone, words = WORDS[step.does]
    facts, fault = step.row.facts, step.row.fault
    told = _(fault["message"]).format(**fault["params"]) if fault else ""
    if fault and fault["advice"]:
        told += " " + _(fault["advice"]).format(**fault["params"])
    return {
        "step": step, "tone": tone, "words": words, "name": facts.get("name", ""),
        "birth": _written(facts.get("birth", 0)), "fault": told,
        "place": ", ".join(filter(None, (facts.get("hamlet"), facts.get("unit")))),
        "person": people.get(step.person) if step.person else None,
        "why": why(step.row.evidence) if step.does == lists.ASKS else "",
    }  # fmt: skip


def _written(number: int) -> Any:
    return PartialDate.from_number(number) if number else None


@needs(Right.ROWS)
@require_POST
def act(request: HttpRequest, members: int) -> HttpResponse:
    """Do what the rows say, take the list back, look for people again, or say whom a row means."""
    file, who = _file_asked(request, members), access(request)
    looks.look(who, looks.LIST, Right.ROWS, [])
    try:
        with transaction.atomic():
            words = _act(request, file)
    except Refused as refusal:
        messages.warning(request, said_of(refusal))
    else:
        messages.success(request, words)
    page = whole(request.POST.get("page"))
    return redirect(
        f"{reverse('organisations:file', args=[file.pk])}{f'?page={page}' if page > 1 else ''}"
    )


def _act(request: HttpRequest, file: MemberFile) -> str:
    who, said, now = access(request), request.POST, timezone.now()
    what = said.get("act", "")
    if what == "undo":
        lists.take_back(file, by=who.user, at=now)
        return _("Đã rút lại: thành viên như khi chưa có danh sách này.")
    if what == "again":
        found = lists.find_again(file, by=who.user, today=who.day)
        return _("Nhận ra thêm {n} người.").format(n=format_number(found, language()))
    if what in (MemberRow.SAME, MemberRow.DIFFERENT):
        row = file.rows.filter(pk=whole(said.get("row"))).first()
        if row is None:
            raise Http404
        person = person_typed(said.get("person")) if what == MemberRow.SAME else None
        lists.say_who(row, person, by=who.user, today=who.day)
        return _("Đã ghi câu trả lời cho dòng này.")
    written, _removed = lists.carry_out(file, said.get("shown", ""), by=who.user, at=now)
    return _("Đã ghi. {n} tư cách thành viên được thêm hoặc sửa.").format(
        n=format_number(written, language())
    )


def _file_asked(request: HttpRequest, key: int) -> MemberFile:
    file = MemberFile.objects.select_related("organisation__unit__parent", "actor", "undone_by")
    one = file.filter(pk=key).first()
    if one is None:
        turn_away(request, Right.ROWS)
    organisation_kept(request, one.organisation_id)
    return one
