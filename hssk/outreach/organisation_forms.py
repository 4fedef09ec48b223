"""What is asked of whoever writes an organisation down, and of whoever brings its list."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hssk.access.errors import Misplaced
from hssk.access.refusals import Noted
from hssk.access.rights import Right
from hssk.access.services import Access, unit_of_post
from hssk.exchange.forms import DayField
from hssk.people.forms.fields import PLAIN
from hssk.places.models import Organisation, Unit

KINDS = {
    Organisation.AGENCY: _("Cơ quan"),
    Organisation.UNION: _("Đoàn thể, hội"),
    Organisation.SCHOOL: _("Trường học"),
    Organisation.ENTERPRISE: _("Doanh nghiệp, hợp tác xã"),
    Organisation.OTHER: _("Tổ chức khác"),
}


class OrganisationForm(Noted):
    """A new organisation: what it is called, what kind it is, where it belongs."""

    name = forms.CharField(
        label=_("Tên"),
        max_length=200,
        help_text=_("Ví dụ: Trường THCS Nậm Loỏng, Hội Phụ nữ phường Đoàn Kết."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    kind = forms.ChoiceField(label=_("Loại"), choices=[("", _("Chọn loại")), *KINDS.items()])
    unit = forms.CharField(
        label=_("Thuộc đơn vị"),
        help_text=_(
            "Thành viên được tìm trong danh sách dân của đơn vị này. Có người ở nhiều xã thì chọn "
            "đơn vị cấp trên."
        ),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, who: Access, initial: str = "") -> None:
        super().__init__(data, initial={"unit": initial})
        self.who = who

    def clean_unit(self) -> Unit:
        """One of one's own units, by name, or by the code at the end of what the list offers."""
        code = self.cleaned_data["unit"].rpartition("·")[2].strip()
        try:
            unit = unit_of_post(code, self.who.day)
        except Misplaced as misplaced:
            told = gettext(misplaced.message).format(**misplaced.params)
            raise ValidationError(told) from misplaced
        if not self.who.holds_unit(unit, Right.ROWS):
            raise ValidationError(_("Đơn vị này không thuộc địa bàn của bạn."))
        return unit


class MembersForm(Noted):
    """A list of members, the day of which it speaks, and whether it names all of them."""

    upload = forms.FileField(
        label=_("Kéo danh sách thành viên vào đây, hoặc chọn tệp"),
        help_text=_("Một tệp .xlsx, .xls, .ods hoặc .csv, để nguyên như khi nhận được."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.ods"}),
    )
    on = DayField(
        label=_("Danh sách của ngày"),
        help_text=_("Ngày/tháng/năm, ví dụ 13/3/2024."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    whole = forms.BooleanField(
        label=_(
            "Đây là toàn bộ thành viên: ai không có tên thì từ ngày ấy không còn là thành viên"
        ),
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, day: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def clean_on(self) -> Any:
        """A day that is not to come."""
        on = self.cleaned_data["on"]
        if on is not None and on > self.day:
            raise ValidationError(_("Ngày này chưa đến."))
        return on
