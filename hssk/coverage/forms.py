"""What a reader may ask: the day, the map, which residents; and the goal that somebody sets."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hssk.access.refusals import Noted
from hssk.coverage.services import Filters
from hssk.kit.widgets import PlainSelect
from hssk.kit.words import count_of
from hssk.people.rules import PEOPLES

AGE_GROUPS = {
    "0-5": (_("Dưới 6 tuổi"), 0, 5),
    "6-17": (_("6–17 tuổi"), 6, 17),
    "18-59": (_("18–59 tuổi"), 18, 59),
    "60-": (_("60 tuổi trở lên"), 60, None),
}
SEXES = {"1": _("Nam"), "2": _("Nữ"), "0": _("Chưa rõ giới")}
NEW_MAP = date(2025, 7, 1)  # Source: NQ 202/2025/QH15 and its like: the units of two levels
FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2100, 12, 31)


class Day(forms.DateField):
    """A day as a browser's own calendar gives it, or as people here write it: 13/3/2024."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **more):
        super().__init__(input_formats=["%Y-%m-%d", "%d/%m/%Y"], **more)

    def clean(self, value):
        day = super().clean(value)
        if day is not None and not FIRST_DAY <= day <= LAST_DAY:
            raise forms.ValidationError(_("Hãy chọn một ngày từ năm 1990 đến năm 2100."))
        return day


def _offered(code: str, people: int) -> str:
    return f"{code} ({count_of(people, 'person')})"


def _choose(field: forms.Field, choices: list[tuple[Any, Any]]) -> None:
    cast(forms.ChoiceField, field).choices = choices


class AskForm(forms.Form):
    """The day asked about and the day whose map draws the parts."""

    on = Day(label=_("Tính đến ngày"), required=False)
    map = forms.ChoiceField(label=_("Bản đồ đơn vị"), required=False, widget=PlainSelect)

    def __init__(self, data: Mapping[str, Any], *, maps: list[tuple[str, str]]) -> None:
        super().__init__(data, auto_id="ask_%s")
        _choose(self.fields["map"], maps)


class FilterForm(forms.Form):
    """Which residents to count; every field left alone asks nothing."""

    age = forms.ChoiceField(label=_("Nhóm tuổi"), required=False, widget=PlainSelect)
    sex = forms.ChoiceField(label=_("Giới"), required=False, widget=PlainSelect)
    people = forms.ChoiceField(label=_("Dân tộc"), required=False, widget=PlainSelect)
    place = forms.CharField(
        label=_("Nơi đăng ký KCB ban đầu"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("mã trên thẻ, ví dụ 12001")}),
    )
    phone = forms.ChoiceField(
        label=_("Số điện thoại"),
        choices=[("", _("Tất cả")), ("yes", _("Có số")), ("no", _("Không có số"))],
        required=False,
        widget=PlainSelect,
    )

    def __init__(self, data: Mapping[str, str], kept: dict[str, str]) -> None:
        """`kept` goes along with the form unseen: what the address asked besides."""
        super().__init__({**data, **kept}, auto_id="filter_%s")
        for name in kept:
            self.fields[name] = forms.CharField(widget=forms.HiddenInput)
        self.unseen = set(kept)
        ages = [(key, label) for key, (label, _from, _to) in AGE_GROUPS.items()]
        peoples = [(code, _(name)) for code, name in PEOPLES.items()]  # of which one is foreigners
        for name, choices in (("age", ages), ("sex", SEXES.items()), ("people", peoples)):
            _choose(self.fields[name], [("", _("Tất cả")), *choices])

    def offer_facilities(self, counted: list[tuple[str, int]], province: str) -> None:
        """Offer the facilities that cards name, each with its people, instead of a code to type.

        counted   (code, people), most people first; a code asked for and held by nobody stays
        province  two digits, with which the codes of its own facilities begin
        """
        asked = self.data.get("place", "")
        if asked and asked not in dict(counted):
            counted = [*counted, (asked, 0)]
        here = [(code, _offered(code, n)) for code, n in counted if code.startswith(province)]
        away = [(code, _offered(code, n)) for code, n in counted if not code.startswith(province)]
        choices: list[tuple[Any, Any]] = [("", _("Tất cả")), *here]
        if away:
            choices = [
                choices[0],
                (_("Cơ sở trong tỉnh"), here),
                (_("Cơ sở ngoài tỉnh"), away),
            ]
        self.fields["place"].widget = PlainSelect(choices=choices)

    def asked(self) -> dict[str, str]:
        """Field → value as it stands in an address, of those that ask something and are right."""
        self.is_valid()  # a value that cannot be is said in the form, and asks nothing
        seen = (name for name in self.cleaned_data if name not in self.unseen)
        return {name: self.cleaned_data[name] for name in seen if self.cleaned_data[name]}

    def filters(self) -> Filters:
        """The same as the services understand it."""
        asked = self.asked()
        _label, age_from, age_to = AGE_GROUPS.get(asked.get("age", ""), ("", None, None))
        return Filters(
            age_from=age_from,
            age_to=age_to,
            sex=int(asked["sex"]) if "sex" in asked else None,
            ethnicity=asked.get("people"),
            insurance_place=asked.get("place"),
            phone={"yes": True, "no": False}.get(asked.get("phone", "")),
        )

    def words(self, name: str, value: str) -> str:
        """What a chip says of a filter in force."""
        field = self.fields[name]
        said = value
        if isinstance(field, forms.ChoiceField):
            said = next(str(label) for key, label in cast(list, field.choices) if key == value)
        return said if name in ("age", "sex") else f"{field.label}: {said}"

    def in_words(self) -> str:
        """What is asked, in one line: Dưới 6 tuổi, Nữ; "" where nothing is."""
        return ", ".join(self.words(name, value) for name, value in self.asked().items())


class SinceForm(forms.Form):
    """The two days to compare."""

    since = Day(label=_("Từ ngày"))
    on = Day(label=_("Đến ngày"))


class Percent(forms.DecimalField):
    """A number as people here write it, 95,5, or as computers do, 95.5; it may end with %."""

    def to_python(self, value):
        text = str(value or "").strip().removesuffix("%").strip()
        return super().to_python(text.replace(",", "."))


class GoalForm(Noted):
    """The goal of one unit, in per cent; empty to follow the unit above it."""

    percent = Percent(
        label=_("Mục tiêu (%)"),
        help_text=_("Để trống để dùng mục tiêu của cấp trên, hoặc 95 % nếu cấp trên chưa đặt."),
        required=False,
        min_value=1,
        max_value=100,
        decimal_places=2,
        localize=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
    )
