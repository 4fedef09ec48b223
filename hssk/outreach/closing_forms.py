"""What is asked at the end of a session's day."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hssk.access.refusals import Noted
from hssk.kit.numbers import format_number
from hssk.outreach.models import Closing, Session, SessionHamlet
from hssk.outreach.planning_forms import Money, Time
from hssk.outreach.services.closing import DaySaid, usual_spending
from hssk.outreach.services.naming import names_on
from hssk.people.forms.fields import PLAIN

MORE = 2  # costs that nobody planned, beside those of before


class SpentForm(Noted):
    """What was really paid of a line that is counted once."""

    paid = Money(label=_("Đã chi (đồng)"))


class ClosingForm(Noted):
    """How the day went: for how many a record was opened in each hamlet (`came-HAMLET`), hours,
    costs (`spent-N`, by the order of `names`; `more-N` and `much-N` for others), problems.

    came   hamlet → records that the day's contacts say were opened
    since  hamlets of which contacts came or went since the day was closed: what they say now is
           filled in again, and what was said then stands beside it
    """

    began = Time(label=_("Bắt đầu làm việc lúc"))
    ended = Time(label=_("Kết thúc lúc"))
    problems = forms.CharField(
        label=_("Khó khăn"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text=_("Mất điện, thiếu phiếu, đường hỏng. Không nêu tên người dân nào."),
    )  # fmt: skip

    def __init__(
        self, data: Mapping[str, Any] | None, *, session: Session,
        stops: Iterable[SessionHamlet], came: Mapping[int, int], since: Collection[int] = (),
    ) -> None:  # fmt: skip
        closing = Closing.objects.filter(session=session).first()
        super().__init__(data, initial={
            "began": f"{closing.began if closing else session.begins:%H:%M}",
            "ended": f"{closing.ended if closing else session.ends:%H:%M}",
            "problems": closing.problems if closing else "",
        })  # fmt: skip
        names = names_on(session.on)
        for stop in stops:
            anew = stop.came is None or stop.hamlet_id in since
            self.fields[f"came-{stop.hamlet_id}"] = forms.IntegerField(
                label=_("{hamlet}: lập được bao nhiêu hồ sơ").format(hamlet=names[stop.hamlet_id]),
                min_value=0, max_value=100_000, help_text=_hint(stop, anew=anew),
                initial=came.get(stop.hamlet_id, 0) if anew else stop.came,
            )  # fmt: skip
        spent = {line.name: line.amount for line in session.spendings.all()}
        usual = {} if closing else usual_spending(session)
        self.names = list(usual_spending(session) | spent)
        for number, name in enumerate(self.names):
            self.fields[f"spent-{number}"] = Money(
                label=name, required=False, initial=_written(spent.get(name, usual.get(name, 0)))
            )
        for number in range(MORE):
            self.fields[f"more-{number}"] = forms.CharField(
                label=_("Khoản khác"), max_length=120, required=False,
                widget=forms.TextInput(attrs=PLAIN),
            )  # fmt: skip
            self.fields[f"much-{number}"] = Money(label=_("Số tiền (đồng)"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        for number in range(MORE):
            if said.get(f"much-{number}") and not said.get(f"more-{number}"):
                self.add_error(f"more-{number}", _("Hãy ghi chi cho việc gì."))
        return said

    def _named(self, *starts: str) -> Iterator[forms.BoundField]:
        return (field for field in self if field.name.split("-")[0] in starts)

    def came(self) -> list[forms.BoundField]:
        """The fields of the hamlets."""
        return list(self._named("came"))

    def costs(self) -> list[forms.BoundField]:
        """The fields of costs that were planned, or were said before."""
        return list(self._named("spent"))

    def others(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The fields of other costs, name and amount."""
        return [(self[f"more-{number}"], self[f"much-{number}"]) for number in range(MORE)]

    def said(self) -> DaySaid:
        """What was typed; a cost of nothing is none."""
        it = self.cleaned_data
        spent = {name: it[f"spent-{number}"] for number, name in enumerate(self.names)}
        for number in range(MORE):
            if it[f"much-{number}"]:
                name = it[f"more-{number}"].strip()
                spent[name] = spent.get(name, 0) + it[f"much-{number}"]
        return DaySaid(
            came={int(name.removeprefix("came-")): many for name, many in it.items()
                  if name.startswith("came-")},
            began=it["began"], ended=it["ended"], problems=it["problems"], spent=spent,
        )  # fmt: skip


def _written(amount: int) -> str:
    return format_number(amount)


def _hint(stop: SessionHamlet, *, anew: bool) -> str:
    told = []
    if stop.expected is not None:
        told.append(_("Dự kiến {n} người.").format(n=format_number(stop.expected)))
    if anew and stop.came is not None:
        told.append(_("Lần kết thúc trước ghi {n}.").format(n=format_number(stop.came)))
    return " ".join(map(str, told))
