"""Whom somebody written down by hand is in truth: what is typed to find them, and how one knows."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hssk.access.refusals import Noted
from hssk.people.forms.fields import PLAIN


class WhoForm(Noted):
    """What one knows of the person; it travels in the body, for an address is kept in logs."""

    asked = forms.CharField(
        label=_("Người ấy là ai"), max_length=100,
        help_text=_("Tên, năm sinh hoặc số giấy tờ. Ví dụ: giang my 1970."),
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip


class SameForm(Noted):
    """That the two are one, and how one knows."""

    other = forms.UUIDField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Vì sao biết là một người"), max_length=300,
        help_text=_("Ví dụ: người nhà đến nhận, có CCCD; đã đối chiếu ảnh và vân tay."),
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip
