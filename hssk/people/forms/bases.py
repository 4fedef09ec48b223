"""What is typed to find one person exactly, to break the glass, to open a case, to review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hssk.access.refusals import Noted
from hssk.people.forms.fields import PLAIN, BirthField
from hssk.people.services.emergency import Reason

REASONS = {
    Reason.UNCONSCIOUS: _("Người bệnh bất tỉnh hoặc không nói được"),
    Reason.DANGER: _("Nguy hiểm đến tính mạng, phải xử trí ngay"),
    Reason.BIRTH: _("Cấp cứu sản khoa"),
    Reason.CHILD_ALONE: _("Trẻ cấp cứu, không có người nhà đi cùng"),
}


class ExactForm(Noted):
    """Number, name and birth date of one person: all three must be right."""

    number = forms.CharField(
        label=_("Số định danh, CMND, mã BHXH hoặc số thẻ BHYT"),
        max_length=40,
        help_text=_("Ghi trên giấy tờ của người đó."),
        widget=forms.TextInput(attrs={**PLAIN, "autocapitalize": "characters"}),
    )
    name = forms.CharField(
        label=_("Họ và tên"), max_length=255, widget=forms.TextInput(attrs=PLAIN)
    )
    birth = BirthField(label=_("Ngày sinh"), help_text=_("Ví dụ 5/3/1958."))


class GlassForm(ExactForm):
    """One person, and why now."""

    reason = forms.ChoiceField(label=_("Lý do"), choices=[("", _("Chọn lý do")), *REASONS.items()])
    note = forms.CharField(
        label=_("Việc đang xảy ra"),
        max_length=500,
        help_text=_(
            "Một câu cho người xem xét, ví dụ: tai nạn xe máy, đưa vào trạm lúc 2 giờ sáng. "
            "Đừng ghi tên hay số của người bệnh ở đây."
        ),
        widget=forms.Textarea(attrs={**PLAIN, "rows": 3}),
    )


class CaseForm(ExactForm):
    """A case with the first person it is about."""

    case_number = forms.CharField(
        label=_("Số của vụ"),
        max_length=60,
        help_text=_("Số văn bản, đơn hoặc quyết định kiểm tra."),
        widget=forms.TextInput(attrs=PLAIN),
    )
    reason = forms.CharField(
        label=_("Lý do kiểm tra"),
        max_length=500,
        help_text=_("Người xác nhận đọc câu này để quyết định."),
        widget=forms.Textarea(attrs={**PLAIN, "rows": 3}),
    )
    field_order = ["case_number", "reason", "number", "name", "birth"]


class RefusalForm(Noted):
    """Why the second officer does not confirm a case."""

    why = forms.CharField(
        label=_("Vì sao không xác nhận"),
        max_length=500,
        help_text=_("Người mở vụ đọc câu này."),
        widget=forms.Textarea(attrs={**PLAIN, "rows": 2}),
    )


class ReviewForm(Noted):
    """What was found of one broken glass."""

    justified = forms.ChoiceField(
        label=_("Kết luận"),
        choices=[("", _("Chọn kết luận")), ("yes", _("Có lý do")), ("no", _("Không có lý do"))],
    )
    note = forms.CharField(
        label=_("Ghi chú"),
        max_length=500,
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )
