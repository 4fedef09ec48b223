"""Workbooks of posts: brought, looked through row by row, done by a second act, taken back."""

from collections import Counter
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from hssk.access.errors import NotYours
from hssk.access.policy import needs
from hssk.access.refusals import Noted
from hssk.access.rights import NAMES, Right
from hssk.access.services import Access
from hssk.access.views.doorkeeper import access
from hssk.exchange.errors import Refused
from hssk.exchange.formats.door import UnreadableFile
from hssk.exchange.models import PostFile
from hssk.exchange.services import posting
from hssk.kit.numbers import format_number
from hssk.places.models import Hamlet, Unit

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# what a row does → (tone of its mark, before it is done, after)
WORDS = {
    posting.ACCOUNT: ("found", gettext_lazy("Tài khoản mới, giao nhiệm vụ")),
    posting.WOKEN: ("found", gettext_lazy("Mở lại tài khoản, giao nhiệm vụ")),
    posting.POST: ("found", gettext_lazy("Giao nhiệm vụ")),
    posting.ENDING: ("ask", gettext_lazy("Kết thúc nhiệm vụ")),
    posting.UNCHANGED: ("away", gettext_lazy("Không đổi gì")),
    posting.WRONG: ("missing", gettext_lazy("Chưa làm được")),
}
STATES = {
    PostFile.WAITING: ("ask", gettext_lazy("Chờ bạn xem và ghi")),
    PostFile.DONE: ("found", gettext_lazy("Đã ghi")),
    PostFile.UNDONE: ("away", gettext_lazy("Đã hoàn tác")),
}


class PostFileForm(Noted):
    """A workbook of posts."""

    upload = forms.FileField(
        label=gettext_lazy("Kéo bảng tính vào đây, hoặc chọn tệp"),
        help_text=gettext_lazy("Một tệp .xlsx, .xls, .ods hoặc .csv, tối đa 2.000 dòng."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.ods"}),
    )


@needs(Right.POSTS)
def files_page(request: HttpRequest) -> HttpResponse:
    """The form that takes a workbook in, and those that came before."""
    form = PostFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            file = posting.stage(form.cleaned_data["upload"], giver=access(request))
        except (UnreadableFile, Refused) as refusal:
            form.add_error("upload", said_of(refusal))
        else:
            return redirect("exchange:posting", file.pk)
    files = [
        {"file": file, "mark": STATES[file.state][0], "state": STATES[file.state][1]}
        for file in posting.files_for(access(request))
    ]
    return render(request, "exchange/postings.html", {"form": form, "files": files})


def said_of(refusal: UnreadableFile | Refused) -> str:
    """Why a file was not taken, and what to do, in the language of the page."""
    params = getattr(refusal, "params", {})
    return f"{_(refusal.message)} {_(refusal.advice) if refusal.advice else ''}".format(**params)


@needs(Right.POSTS)
def blank(request: HttpRequest) -> HttpResponse:
    """The workbook to fill in."""
    return _workbook(posting.blank_workbook(access(request)), "giao_nhiem_vu.xlsx")


@needs(Right.POSTS)
def file_page(request: HttpRequest, postings: int) -> HttpResponse:
    """What each row would do, or has done."""
    return _page(request, _asked(request, postings))


def _asked(request: HttpRequest, key: int) -> PostFile:
    found = next((f for f in posting.files_for(access(request)) if f.pk == key), None)
    if found is None:
        raise Http404
    return found


def _page(request: HttpRequest, file: PostFile, **told: Any) -> HttpResponse:
    mine = access(request)
    context = {"file": file, "state": STATES[file.state], **told, "breadcrumbs": [
        {"label": _("Giao nhiệm vụ từ bảng tính"), "url": reverse("exchange:postings")},
        {"label": file.file_name},
    ]}  # fmt: skip
    if file.state == PostFile.WAITING:
        steps = posting.plan(file, giver=mine)
        lines = [_line(step) for step in steps]
        context["digest"] = posting.digest_of_plan(steps)
    else:
        lines = _lines_done(file, mine)
    if file.state == PostFile.DONE:
        context["foreseen"] = posting.foresee_take_back(file, giver=mine)
    counts = Counter(line["does"] for line in lines)
    context["lines"] = lines
    context["sums"] = [
        {"label": words, "tone": tone, "count": counts[does]}
        for does, (tone, words) in WORDS.items()
        if counts[does]
    ]
    context["todo"] = sum(counts[does] for does in WORDS) - sum(
        counts[does] for does in (posting.UNCHANGED, posting.WRONG)
    )
    return render(request, "exchange/posting.html", context)


def _line(step: posting.Step) -> dict[str, Any]:
    params = step.params
    return {
        **_words_of(step.row, step.does),
        **_place_of(step.unit, step.hamlet),
        "role": NAMES[step.role] if step.role else step.said("role"),
        "since": step.since,
        "until": step.until,
        "column": step.column,
        "problem": _(step.message).format(**params) if step.message else "",
        "advice": _(step.advice).format(**params) if step.advice else "",
    }


def _lines_done(file: PostFile, mine: Access) -> list[dict[str, Any]]:
    """What each row did; of one that could not be done, to whoever sent it, what is wrong still."""
    own = file.state == PostFile.DONE and file.actor_id == mine.user.pk
    steps = posting.plan(file, giver=mine) if own else []
    wrong = {step.row.pk: step for step in steps if step.does == posting.WRONG}
    rows = file.rows.select_related("done__post__unit", "done__post__hamlet").order_by("id")
    return [
        _line(wrong[row.pk]) if row.pk in wrong and not hasattr(row, "done") else _line_done(row)
        for row in rows
    ]


def _line_done(row: Any) -> dict[str, Any]:
    done = getattr(row, "done", None)
    line = _words_of(row, done.did if done else posting.UNCHANGED)
    post = done.post if done else None
    return {
        **line,
        **(_place_of(post.unit, post.hamlet) if post else {}),
        "role": post.role_name if post else row.said.get("role", ("", ""))[1],
        "since": post.since if post else None,
        "until": post.until if post else None,
        "words": line["words"] if done else _("Không làm gì"),
    }


def _place_of(unit: Unit | None, hamlet: Hamlet | None) -> dict[str, str]:
    """Where a post is, in full, once it is known; what the row says stands there till then."""
    if unit is None:
        return {}
    return {"place": f"{hamlet}, {unit} · {unit.code}" if hamlet else f"{unit} · {unit.code}"}


def _words_of(row: Any, does: str) -> dict[str, Any]:
    said = {name: text for name, (_letter, text) in row.said.items()}
    tone, words = WORDS[does]
    place = ", ".join(filter(None, (said.get("hamlet"), said.get("unit"))))
    return {
        "row": row, "does": does, "tone": tone, "words": words, "place": place,
        "username": said.get("username", ""), "full_name": said.get("full_name", ""),
    }  # fmt: skip


@needs(Right.POSTS)
@require_POST
def carry_out(request: HttpRequest, postings: int) -> HttpResponse:
    """Do what the rows say. First passwords stand on this answer alone: a page, or a workbook."""
    file = _asked(request, postings)
    if file.actor_id != access(request).user.pk:
        raise Http404
    try:
        handed = posting.carry_out(file, request.POST.get("shown", ""), giver=access(request))
    except (Refused, NotYours) as refusal:
        messages.error(request, str(_(refusal.message)) + " " + _advice(refusal))
        return redirect("exchange:posting", file.pk)
    if handed and request.POST.get("as") == "workbook":
        return _workbook(posting.password_workbook(handed), "mat_khau_tam.xlsx")
    if handed:
        context = {"file": file, "handed": handed}
        return render(request, "exchange/first_passwords.html", context)
    messages.success(request, _("Đã ghi. Không có tài khoản mới nào."))
    return redirect("exchange:posting", file.pk)


def _advice(refusal: Refused | NotYours) -> str:
    advice = getattr(refusal, "advice", "")
    return _(advice) if advice else ""


@needs(Right.POSTS)
@require_POST
def take_back(request: HttpRequest, postings: int) -> HttpResponse:
    """Take a file back that was done."""
    file = _asked(request, postings)
    try:
        done = posting.take_back(file, giver=access(request))
    except (Refused, NotYours) as refusal:
        messages.error(request, str(_(refusal.message)) + " " + _advice(refusal))
        return redirect("exchange:posting", file.pk)
    said = _(
        "Đã hoàn tác: {ended} nhiệm vụ kết thúc, {given} nhiệm vụ giao lại, {asleep} tài khoản "
        "cho ngủ."
    )
    numbers = {name: format_number(getattr(done, name)) for name in ("ended", "given", "asleep")}
    messages.success(request, said.format(**numbers))
    return redirect("exchange:posting", file.pk)


def _workbook(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=WORKBOOK, headers=headers)
