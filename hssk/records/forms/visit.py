"""The form of a visit: as few keys as possible, every figure with its unit and its range."""

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.kit.text import plain_all
from hssk.records.forms.history import answer_to, field_of, number_in
from hssk.records.rules.icd10 import Edition, normal_code, supplied
from hssk.records.rules.icd10_loaded import edition_at
from hssk.records.rules.icd10_search import Search
from hssk.records.rules.typed import DIASTOLIC, FIGURES, SYSTOLIC, Figure, TypedVisit
from hssk.records.sections import EXAMINED, code_of

_PRESSURE = re.compile(r"(\d{2,3})\s*[/\-. ]\s*(\d{2,3})")
_ANY_DAY = (date.min, date.max)  # nothing of an examination is a day
_MOST = 12  # diagnoses of one visit, as in a claim: one main and eleven more


def diseases(on: date | None) -> Search:
    """The search over the edition of visits that end on `on`, else over the one that the program
    carries; made once in a process for each."""
    return _search_over(edition_at(on) or supplied())


@lru_cache(maxsize=2)
def _search_over(edition: Edition) -> Search:
    return Search(edition)


def disease_label(code: str, name: str) -> str:
    """How the form shows a disease that was chosen: `I10 Bệnh lý tăng huyết áp`."""
    return f"{code} {name}".strip()


def _asks(*, mode: str = "decimal", size: int = 8) -> forms.TextInput:
    return forms.TextInput(attrs={"inputmode": mode, "autocomplete": "off", "size": size})


class VisitForm(forms.Form):
    """One visit at a station. Figures that are left empty were not measured."""

    pressure = forms.CharField(
        required=False, label=gettext_lazy("Huyết áp (mmHg)"), widget=_asks(mode="text"),
        help_text=gettext_lazy("như 120/80"), max_length=10,
    )  # fmt: skip
    diagnosis = forms.CharField(
        label=gettext_lazy("Chẩn đoán"), max_length=1000,
        help_text=gettext_lazy(
            "Gõ tên thường gọi hoặc mã, có dấu hay không; "
            "nhiều bệnh thì cách nhau bằng dấu chấm phẩy."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "diseases"}),
    )  # fmt: skip
    medicines = forms.CharField(
        required=False, label=gettext_lazy("Thuốc"), max_length=2000,
        help_text=gettext_lazy("mỗi dòng một thuốc, kèm cách dùng"),
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip
    reason = forms.CharField(
        required=False, label=gettext_lazy("Lý do đến khám"), max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    advice = forms.CharField(
        required=False, label=gettext_lazy("Lời dặn"), max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip

    # the visit that the page was opened for: sent twice, it is filed once
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    field_order = ("pressure", *(figure.key for figure in FIGURES), "diagnosis", "medicines")

    # label → (code, name) of diseases that stand: left as they are, they are not looked up again
    known: Mapping[str, tuple[str, str]] = MappingProxyType({})

    def __init__(self, data=None, *, on: date | None = None, **more):
        cleaned = plain_all(data)
        super().__init__(cleaned, **more)
        self.on = on  # the day of the visit, which says by which edition diseases are coded
        for figure in FIGURES:
            self.fields[figure.key] = forms.CharField(
                required=False, label=f"{_(figure.name)} ({figure.unit})", widget=_asks(),
                max_length=8,
            )  # fmt: skip
        self.examined = {
            code_of(section.key, item.key): item for section in EXAMINED for item in section.items
        }
        self.fields.update({code: field_of(item) for code, item in self.examined.items()})
        self.order_fields(self.field_order)
        self.fields["pressure"].widget.attrs["autofocus"] = True

    @property
    def measured(self) -> list[forms.BoundField]:
        """The figures, in the order in which they are typed."""
        return [self["pressure"], *(self[figure.key] for figure in FIGURES)]

    @property
    def looked_at(self) -> list[forms.BoundField]:
        """What a closer examination asks, in the order of the form."""
        return [self[code] for code in self.examined]

    @property
    def looks_closer(self) -> bool:
        """Whether anything of it was typed."""
        return any(one.value() for one in self.looked_at)

    def clean(self):
        """Every figure within its range; at least a diagnosis that is known or said in words."""
        cleaned = super().clean() or {}
        self.figures: dict[str, float] = {}
        for figure in FIGURES:
            if text := cleaned.get(figure.key):
                self._take(figure.key, figure, text)
        if text := cleaned.get("pressure"):
            self._take_pressure(text)
        self.found: dict[str, str] = {}
        for code, item in self.examined.items():
            try:
                self.found[code] = answer_to(item, cleaned.get(code, ""), _ANY_DAY)
            except forms.ValidationError as wrong:
                self.add_error(code, wrong)
        return cleaned

    def _take_pressure(self, text: str) -> None:
        found = _PRESSURE.fullmatch(text.strip())
        if not found:
            self.add_error("pressure", _("Ghi như 120/80."))
            return
        self._take("pressure", SYSTOLIC, found[1])
        self._take("pressure", DIASTOLIC, found[2])
        if self.figures.get("systolic", 999) <= self.figures.get("diastolic", 0):
            self.add_error("pressure", _("Số trên phải lớn hơn số dưới."))

    def _take(self, field: str, figure: Figure, text: str) -> None:
        try:
            self.figures[figure.key] = number_in(text, figure)
        except forms.ValidationError as wrong:
            self.add_error(field, wrong)

    def clean_diagnosis(self) -> tuple[tuple[str, str], ...]:
        """(code, name) of each disease, in the order in which they were typed."""
        parts = [part.strip() for part in self.cleaned_data["diagnosis"].split(";") if part.strip()]
        if not parts:
            raise forms.ValidationError(_("Ghi ít nhất một chẩn đoán."))
        if len(parts) > _MOST:
            raise forms.ValidationError(_("Nhiều nhất 12 bệnh cho một lần khám."))
        meant = (self.known.get(part) or _disease_meant(part, self.on) for part in parts)
        return tuple(dict.fromkeys(meant))

    def visit(self, on: date) -> TypedVisit:
        """What was typed, of a visit on `on`."""
        said = self.cleaned_data
        return TypedVisit(
            on=on, reason=said["reason"], figures=self.figures, diseases=said["diagnosis"],
            medicines=tuple(filter(None, map(str.strip, said["medicines"].splitlines()))),
            advice="\n".join(said["advice"].splitlines()), found=self.found,
        )  # fmt: skip


def _disease_meant(text: str, on: date | None) -> tuple[str, str]:
    """A disease by the code that its text begins with; else, by an everyday name or its own name;
    words that are neither are kept as they were typed, without a code."""
    search = diseases(on)
    code = normal_code(text.split(maxsplit=1)[0])
    if code in search.diseases:
        return code, search.diseases[code].name
    found = search.find(text, most=1)
    if found and search.is_named(text, found[0]):
        return found[0].code, found[0].name
    return "", text


def edition_is_loaded(on: date) -> bool:
    """Whether codes of a visit that ends on `on` can be looked up."""
    return edition_at(on) is not None
