"""Finding a person by what somebody remembers of them."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hssk.access.policy import needs
from hssk.access.rights import Right
from hssk.access.services.looks import LIST
from hssk.coverage import services
from hssk.coverage.forms import SEXES
from hssk.coverage.models import LedgerRow
from hssk.coverage.views import showing, within
from hssk.people.models import Person
from hssk.people.services import households_of, search

_FEW = 10  # people found: of so many, those of their households are listed too


class FindForm(forms.Form):
    """What is typed; it travels in the body, for an address is kept in logs and histories."""

    asked = forms.CharField(
        label=_("Tên, năm sinh hoặc số giấy tờ"),
        max_length=100,
        help_text=_(
            "Gõ vài chữ của tên, có dấu hay không, thứ tự nào cũng được; thêm năm sinh cho gọn. "
            "Ví dụ: giang my 1970."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
    )


@needs(Right.REGISTER)
def find_page(request: HttpRequest) -> HttpResponse:
    """The people whom what was typed means, among those of one's area and care."""
    services.settle()  # where people count says whose they are
    form = FindForm(request.POST or None)
    asked = request.method == "POST" and form.is_valid()
    people, more = search(form.cleaned_data["asked"]) if asked else ([], False)
    homes = households_of(people) if len(people) <= _FEW else {}
    beside = [one for members in homes.values() for one in members]
    within.look(request, LIST, [one.pk for one in (*people, *beside)])
    lines = _lines([*people, *beside])
    context = {
        "form": form, "lines": lines[: len(people)], "more": more, "searched": asked,
        "homes": [
            (head, [line for line in lines if line["person"] in homes[head.pk]])
            for head in people
            if head.pk in homes
        ],
    }  # fmt: skip
    return render(request, "coverage/find.html", context)


def _lines(people: list[Person]) -> list[dict[str, Any]]:
    """Each with birth, sex and home, so that namesakes are told apart."""
    today = timezone.localdate()
    rows = LedgerRow.objects.filter(
        person__in=[one.pk for one in people], since__lte=today, until__gt=today
    ).select_related("hamlet__unit", "household")
    homes = {row.person_id: row for row in rows}
    return [
        {
            "person": one,
            "birth": one.birth,
            "sex": SEXES.get(str(one.sex), "") if one.sex else "",
            "row": (row := homes.get(one.pk)),
            "state": showing.drawn(row.state) if row else "",
            "hamlet": showing.hamlet_name(row.hamlet) if row else "",
            "unit": row.hamlet.unit if row else None,
            "household": row.household.number if row and row.household else "",
        }
        for one in people
    ]
