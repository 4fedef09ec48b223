"""What is asked of whoever plans: the campaign, its teams and costs, a session by hand."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hssk.access.refusals import Noted
from hssk.coverage.forms import Day, Percent
from hssk.outreach.models import Campaign, Session, Team
from hssk.outreach.models.campaigns import DAY, HAMLET, ONCE, SESSION
from hssk.outreach.services.planning.sessions import BEGINS, ENDS
from hssk.people.forms.fields import PLAIN
from hssk.places.models import Hamlet, Unit

WEEKDAYS = {
    0: _("thứ Hai"), 1: _("thứ Ba"), 2: _("thứ Tư"), 3: _("thứ Năm"), 4: _("thứ Sáu"),
    5: _("thứ Bảy"), 6: _("Chủ nhật"),
}  # fmt: skip
COST_OF = {
    SESSION: _("mỗi buổi của một đội"),
    DAY: _("mỗi ngày có đội đi"),
    HAMLET: _("mỗi tổ, bản của một buổi"),
    ONCE: _("cả chiến dịch, một lần"),
}
_WHOLE = re.compile(r"[0-9]{1,12}|[0-9]{1,3}([\s.,][0-9]{3}){1,3}")  # 1,5 is no 15 đồng
_HOURS = ["%H:%M", "%H:%M:%S", "%Hh%M", "%Hh"]
_DAY_WRITTEN = re.compile(r"[\s,;]+")


class Time(forms.TimeField):
    """An hour as people write it: 7:30, 7h30, 7h."""

    widget = forms.TextInput(attrs={**PLAIN, "inputmode": "text"})

    def __init__(self, **more: Any) -> None:
        wrong = {"invalid": _("Hãy ghi giờ và phút, ví dụ 7:30.")}
        super().__init__(input_formats=_HOURS, error_messages=wrong, **more)


class Days(forms.CharField):
    """Several days in one field: 20/12/2026, 27/12/2026."""

    def __init__(self, **more: Any) -> None:
        super().__init__(
            required=False, max_length=2000, widget=forms.TextInput(attrs=PLAIN), **more
        )

    def clean(self, value: Any) -> list[date]:
        written = super().clean(value)
        return [Day().clean(part) for part in _DAY_WRITTEN.split(written) if part]


class Money(forms.CharField):
    """Đồng as people write them: 150.000 or 150 000."""

    def __init__(self, **more: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off"}
        super().__init__(max_length=20, widget=forms.TextInput(attrs=attrs), **more)

    def clean(self, value: Any) -> int:
        written = super().clean(value)
        if not written and not self.required:
            return 0
        if not _WHOLE.fullmatch(written):
            raise forms.ValidationError(_("Hãy ghi số đồng, ví dụ 150.000."))
        return int(re.sub(r"[\s.,]", "", written))


class CampaignForm(Noted):
    """Goal, days and map of a campaign.

    units  where one may plan; None where the campaign is there already and its unit stays
    maps   (day, words) of each map on which communes can be drawn
    """

    unit = forms.ModelChoiceField(
        label=_("Đơn vị"), queryset=Unit.objects.none(), empty_label=_("Chọn đơn vị")
    )
    name = forms.CharField(
        label=_("Tên chiến dịch"), max_length=120, widget=forms.TextInput(attrs=PLAIN),
        help_text=_("Ví dụ: Phủ hồ sơ sức khỏe cuối năm 2026"),
    )  # fmt: skip
    percent = Percent(
        label=_("Mục tiêu (%)"), min_value=1, max_value=100, decimal_places=2, localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        help_text=_("Bao nhiêu phần trăm dân cư có hồ sơ sức khỏe."),
    )  # fmt: skip
    first = Day(label=_("Đi từ ngày"))
    last = Day(label=_("Đạt mục tiêu trước hoặc đúng ngày"))
    map_day = forms.ChoiceField(label=_("Tên xã, phường theo bản đồ"))

    def __init__(
        self, data: Mapping[str, Any] | None, *, units: Any, maps: list[tuple[str, Any]],
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        if units is None:
            del self.fields["unit"]
        else:
            self.fields["unit"].queryset = units  # type: ignore[attr-defined]
        self.fields["map_day"].choices = maps  # type: ignore[attr-defined]


class TeamForm(Noted):
    """A team: who, for how many a day, on which days."""

    name = forms.CharField(label=_("Tên đội"), max_length=80, widget=forms.TextInput(attrs=PLAIN))
    capacity = forms.IntegerField(
        label=_("Lập hồ sơ được cho bao nhiêu người mỗi ngày"), min_value=1, max_value=1000
    )
    staff = forms.CharField(
        label=_("Ai trong đội"), max_length=500, required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip
    skills = forms.CharField(
        label=_("Làm được gì"), max_length=200, required=False,
        help_text=_("Ví dụ: nói tiếng Mông, lấy máu, đo điện tim"),
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Đi vào"), choices=list(WEEKDAYS.items()), coerce=int,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Máy chỉ đề xuất thứ Bảy và Chủ nhật; ngày khác lập bằng tay."),
    )  # fmt: skip
    off = Days(
        label=_("Trừ những ngày"), help_text=_("Ngày nghỉ của đội, ví dụ: 20/12/2026, 27/12/2026")
    )


class CostForm(Noted):
    """A line of costs."""

    cost = forms.CharField(
        label=_("Khoản chi"), max_length=120, widget=forms.TextInput(attrs=PLAIN)
    )
    of = forms.ChoiceField(label=_("Tính cho"), choices=list(COST_OF.items()))
    amount = Money(label=_("Số tiền (đồng)"))


class SessionForm(Noted):
    """A session by hand, or one that is moved.

    hamlets   those in which one makes sessions; None where they stay as they are
    campaign  whose teams may go; None for a session of no campaign
    """

    on = Day(label=_("Ngày"))
    begins = Time(label=_("Từ"), initial=BEGINS.strftime("%H:%M"))
    ends = Time(label=_("Đến"), initial=ENDS.strftime("%H:%M"))
    place = forms.CharField(
        label=_("Địa điểm"), max_length=120, widget=forms.TextInput(attrs=PLAIN),
        help_text=_("Ví dụ: Nhà văn hóa bản Tả Làn Than"),
    )  # fmt: skip
    team = forms.ModelChoiceField(
        label=_("Đội"), queryset=Team.objects.none(), required=False,
        empty_label=_("Không theo đội, ghi tên bên dưới"),
    )  # fmt: skip
    staff = forms.CharField(
        label=_("Ai đi"), max_length=500, required=False, widget=forms.TextInput(attrs=PLAIN)
    )
    hamlets = forms.ModelMultipleChoiceField(
        label=_("Tổ, bản"), queryset=Hamlet.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Mapping[str, Any] | None, *, hamlets: Any, campaign: Campaign | None,
        initial: dict[str, Any] | None = None,
    ) -> None:  # fmt: skip
        super().__init__(data, initial=initial)
        if hamlets is None:
            del self.fields["hamlets"]
        else:
            self.fields["hamlets"].queryset = hamlets  # type: ignore[attr-defined]
            self.fields["hamlets"].label_from_instance = lambda one: f"{one.name} – {one.unit}"  # type: ignore[attr-defined]
        if campaign is None:
            del self.fields["team"]
        else:
            self.fields["team"].queryset = campaign.teams.order_by("name")  # type: ignore[attr-defined]
            self.fields["team"].label_from_instance = _team  # type: ignore[attr-defined]


def _team(team: Team) -> str:
    """A team as it is chosen by: what it can do is for people to weigh, the planner does not."""
    return f"{team.name} · {team.skills}" if team.skills else team.name


class CancelForm(Noted):
    """Why a session does not take place."""

    why = forms.CharField(
        label=_("Vì sao hủy"), max_length=500, widget=forms.TextInput(attrs=PLAIN)
    )


def as_said(session: Session) -> dict[str, Any]:
    """A session as its form shows it."""
    return {
        "on": session.on, "begins": session.begins.strftime("%H:%M"),
        "ends": session.ends.strftime("%H:%M"), "place": session.place, "team": session.team,
        "staff": session.staff,
    }  # fmt: skip
