"""What several forms of this room ask for."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from hssk.kit.dates import PartialDate

FIRST_YEAR = 1900
PLAIN = {"autocomplete": "off"}


class BirthField(forms.CharField):
    """A birth date, or a day as little known, as people know it: 5/3/1990, 3/1990 or 1990; a
    PartialDate.

    wrong  what to write, in words, where what was written is no such day
    """

    wrong = _("Hãy ghi ngày sinh như 5/3/1958; không rõ ngày thì 3/1958 hoặc 1958.")

    def __init__(self, *, today: date | None = None, wrong: Any = None, **more):
        self.today, self.wrong = today, wrong or self.wrong
        widget = forms.TextInput(attrs={"inputmode": "numeric", **PLAIN})
        super().__init__(max_length=20, widget=widget, **more)

    def clean(self, value):
        """The date; None for nothing where none is needed. Refuses what is no day, or to come."""
        if not self.required and not str(value or "").strip():
            return None
        try:
            birth = PartialDate.typed(super().clean(value))
        except ValueError:
            birth = None
        late = birth is not None and self.today is not None and birth.value > self.today
        if birth is None or late or birth.value.year < FIRST_YEAR:
            raise forms.ValidationError(self.wrong)
        return birth
