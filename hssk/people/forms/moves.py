"""What a person types of moves. Everything is checked by its shape alone, never by who is known."""

from datetime import date
from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from hssk.access.refusals import Noted
from hssk.kit.text import clean
from hssk.kit.widgets import PlainSelect
from hssk.people.forms.fields import FIRST_YEAR, PLAIN, BirthField
from hssk.people.models import Residence
from hssk.people.rules import numbers_meant
from hssk.people.services.moves import Proposal, Typed
from hssk.people.services.moves.answering import REASONS
from hssk.places.models import Hamlet

KINDS = {
    Residence.PERMANENT: _("Chuyển hẳn (thường trú)"),
    Residence.TEMPORARY: _("Tạm trú, nơi cũ vẫn là thường trú"),
    Residence.CURRENT: _("Đang ở đây, chưa đăng ký gì"),
}
_TYPED = ("name", "birth", "number")


class NumberField(forms.CharField):
    """A number on a paper, in any of its shapes; kept as it was typed."""

    def __init__(self, **more):
        widget = forms.TextInput(attrs={"inputmode": "numeric", **PLAIN})
        super().__init__(max_length=20, widget=widget, **more)

    def clean(self, value):
        """The number; refuses what has the shape of none."""
        number = super().clean(value).strip()
        if not numbers_meant(number):
            raise forms.ValidationError(
                _("Hãy ghi đủ số: 12 số định danh, 9 số CMND hoặc 10 số BHXH.")
            )
        return number


class MoveForm(Noted):
    """Who has come, and where they live now. Asking needs the first three fields alone."""

    name = forms.CharField(
        label=_("Họ và tên"), max_length=255, widget=forms.TextInput(attrs=PLAIN)
    )
    birth = BirthField(
        label=_("Ngày sinh"),
        help_text=_("Đúng như giấy tờ: 5/3/1990; nếu giấy tờ chỉ có năm thì ghi năm."),
    )
    number = NumberField(
        label=_("Số định danh, CMND hoặc mã số BHXH"), help_text=_("Chép từ giấy tờ của người đó.")
    )
    sex = forms.ChoiceField(
        label=_("Giới"), choices=[("", _("Chọn")), ("1", _("Nam")), ("2", _("Nữ"))],
        widget=PlainSelect,
    )  # fmt: skip
    hamlet = forms.ModelChoiceField(
        Hamlet.objects.none(), label=_("Đến tổ, bản"), empty_label=_("Chọn"), widget=PlainSelect
    )
    household = forms.CharField(
        label=_("Số hộ (nếu biết)"), max_length=60, required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip
    kind = forms.ChoiceField(
        label=_("Ở theo dạng nào"), choices=list(KINDS.items()), widget=PlainSelect
    )
    since = forms.DateField(
        label=_("Từ ngày"), input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )  # fmt: skip

    def __init__(self, *args, hamlets: frozenset[int] | None, today: date, asking=False, **more):
        super().__init__(*args, **more)
        self.today = today
        cast(BirthField, self.fields["birth"]).today = today
        places = Hamlet.objects.exclude(key="").exclude(until__lte=today).select_related("unit")
        if hamlets is not None:
            places = places.filter(pk__in=hamlets)
        self.places = list(places.order_by("unit__path", "name"))
        where = cast(forms.ModelChoiceField, self.fields["hamlet"])
        where.queryset = places
        several = len({place.unit_id for place in self.places}) > 1
        where.choices = [("", _("Chọn"))] + [
            (place.pk, f"{place.name}, {place.unit}" if several else place.name)
            for place in self.places
        ]
        if asking:
            for name in self.fields.keys() - set(_TYPED):
                self.fields[name].required = False

    def clean_since(self):
        """Since when: a day that has come."""
        since = self.cleaned_data["since"]
        if since is not None and not date(FIRST_YEAR, 1, 1) <= since <= self.today:
            raise forms.ValidationError(_("Hãy chọn ngày người đó bắt đầu ở, không sau hôm nay."))
        return since

    def typed(self) -> Typed:
        """The human being as typed; of a valid form."""
        said = self.cleaned_data
        return Typed(clean(said["name"]), said["birth"], said["number"])

    def proposal(self) -> Proposal:
        """All that was typed; of a valid form that does not only ask."""
        said = self.cleaned_data
        return Proposal(
            typed=self.typed(), sex=int(said["sex"]), hamlet=said["hamlet"],
            household=clean(said["household"]), kind=said["kind"], since=said["since"],
        )  # fmt: skip


class PaperForm(Noted):
    """The number on the paper that somebody at the desk has shown."""

    number = NumberField()


class ReasonForm(Noted):
    """Why a proposal is not taken up."""

    reason = forms.ChoiceField(choices=list(REASONS.items()))
