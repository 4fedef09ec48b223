"""That somebody's name stands on no list, and why it may again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hssk.access.refusals import Noted
from hssk.people.forms.fields import PLAIN


class AgreesForm(Noted):
    """What somebody said who agrees again."""

    why = forms.CharField(
        label=_("Người này nói gì"),
        max_length=500,
        help_text=_("Ví dụ: tự đến trạm và đồng ý lại."),
        widget=forms.TextInput(attrs=PLAIN),
    )
