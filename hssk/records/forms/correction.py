"""The form of a visit filled with what it says, and why it is corrected; why one is withdrawn."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from hssk.kit.text import plain_all
from hssk.records.forms.history import as_typed
from hssk.records.forms.visit import VisitForm, disease_label
from hssk.records.rules.typed import DIASTOLIC, FIGURES, SYSTOLIC, TypedVisit

_MOST = 20_000  # signs of the marks that a page carries: far more than a visit has entries


def _why(label: Any, help_text: Any) -> forms.CharField:
    line = forms.TextInput(attrs={"autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, max_length=300, widget=line)


class CorrectionForm(VisitForm):
    """A typed visit as it stands, to be typed over. A reason is asked."""

    why = _why(gettext_lazy("Vì sao sửa"), gettext_lazy("như: gõ nhầm số, ghi thiếu thuốc"))
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=_MOST)

    def __init__(self, data=None, *, stands: TypedVisit, mark: str, **more):
        self.known = {disease_label(code, name): (code, name) for code, name in stands.diseases}
        super().__init__(data, on=stands.on, **more)
        self.initial = {**self._shown(stands), "seen": mark}

    def _shown(self, stands: TypedVisit) -> dict[str, Any]:
        """A visit as its fields show it."""
        figures = {one.key: _number(stands.figures.get(one.key)) for one in FIGURES}
        pressed = [_number(stands.figures.get(one.key)) for one in (SYSTOLIC, DIASTOLIC)]
        found = {code: as_typed(item, stands.found.get(code, "")) for code, item in
                 self.examined.items()}  # fmt: skip
        return {
            **figures, **found, "pressure": "/".join(filter(None, pressed)),
            "diagnosis": "; ".join(disease_label(*one) for one in stands.diseases),
            "medicines": "\n".join(stands.medicines), "reason": stands.reason,
            "advice": stands.advice,
        }  # fmt: skip


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}".replace(".", ",")


class WithdrawalForm(forms.Form):
    """Why a visit is withdrawn."""

    why = _why(
        gettext_lazy("Vì sao thu hồi"), gettext_lazy("như: ghi nhầm người, ghi trùng hai lần")
    )

    def __init__(self, data=None, **more):
        super().__init__(plain_all(data), **more)
