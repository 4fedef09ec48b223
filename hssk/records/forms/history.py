"""The form of QĐ 831, parts A to C, made of the tables of `records.sections` for one person."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any, Protocol

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.kit.dates import PartialDate
from hssk.kit.numbers import format_decimal
from hssk.kit.text import plain_all
from hssk.kit.words import language
from hssk.records.rules.sections import TEXTS as SECTION_NAMES
from hssk.records.sections import (
    MONTH,
    NOTHING,
    NOTHING_OF_A_SECTION,
    TICKED,
    Asks,
    Item,
    Section,
    asked,
    code_of,
)

_LABELS = {
    "next": _n("Ngày hẹn tiêm"), "lot": _n("Số lô"), "place": _n("Nơi tiêm"),
    "reaction": _n("Phản ứng sau tiêm"), "month": _n("Tháng thai"),
}  # fmt: skip
_DAYS = (Asks.AHEAD, Asks.DOSE)
_AHEAD = 10 * 366  # days: the longest that anybody is told to come again for a dose
_LOT = 60
_IN_GROUPS = re.compile(r"[1-9]\d{0,2}([.,])\d{3}(?:\1\d{3})*")
EARLIEST = date(1900, 1, 1)  # of whom the day of birth is not known
_FEW = 4  # choices that are shown side by side; more of them are a list


class Ranged(Protocol):
    """What is answered by a number: its unit, and the range outside which it was mistyped."""

    @property
    def least(self) -> float: ...
    @property
    def most(self) -> float: ...
    @property
    def unit(self) -> str: ...


@dataclass(frozen=True)
class ShownDose:
    """A dose as the page shows it: its day, and beside it what is rarely said."""

    field: forms.BoundField
    details: list[forms.BoundField]
    opened: bool

    @property
    def initial(self) -> Any:
        return self.field.initial


@dataclass(frozen=True)
class Shown:
    """One section as the page shows it: what it is called, its tick "nothing", its items."""

    key: str
    part: str
    name: str
    nothing: forms.BoundField | None
    fields: list[forms.BoundField | ShownDose]
    filled: bool


class HistoryForm(forms.Form):
    """All items that are asked of a person of this sex and age. What is left empty was not asked.

    sex, age  as `sections.asked` takes them
    stands    the answers that stand, by the code of their item
    today     no answer may be about a later day, nor about one before `born`
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(required=False, max_length=300)

    def __init__(self, data=None, *, sex: int, age: int | None, stands: Mapping[str, str],
                 today: date, born: date | None = None, **more):  # fmt: skip
        super().__init__(plain_all(data), **more)
        self.days, self.sections = (born or EARLIEST, today), list(asked(sex, age))
        self.items: dict[str, Item] = {}
        self.fields["why"].label = _("Vì sao sửa")
        for section, items in self.sections:
            if section.may_be_nothing:
                self._add(section, NOTHING_OF_A_SECTION, stands)
            for item in items:
                self._add(section, item, stands)

    def _add(self, section: Section, item: Item, stands: Mapping[str, str]) -> None:
        code = code_of(section.key, item.key)
        self.items[code] = item
        field = field_of(item)
        if code in stands:
            field.initial = as_typed(item, stands[code])
        self.fields[code] = field
        if item.asks is Asks.DOSE:
            told = stands.get(code, "").split("\t")[1:]
            for name, initial in zip_longest(item.details, told[: len(item.details)], fillvalue=""):
                self.fields[f"{code}.{name}"] = _detail(name, initial)

    def as_sent(self) -> dict[str, str]:
        """What the form shows, as a browser sends it back."""
        values = ((name, self[name].value()) for name in self.fields)
        return {name: "on" if said is True else str(said) for name, said in values if said}

    def shown(self) -> Iterator[Shown]:
        """The sections, in the order of the form."""
        for section, items in self.sections:
            none = code_of(section.key, NOTHING)
            nothing = self[none] if none in self.fields else None
            fields = [self._field(section, item) for item in items if item.asks is not Asks.AHEAD]
            filled = any(one.initial for one in (nothing, *fields) if one)
            name = _(SECTION_NAMES[section.key])
            yield Shown(section.key, section.part, name, nothing, fields, filled)

    def _field(self, section: Section, item: Item) -> "forms.BoundField | ShownDose":
        field = self[code_of(section.key, item.key)]
        if item.asks is Asks.DOSE:
            rest = [f"{field.name}.{name}" for name in item.details]
            details = [self[name] for name in (*rest, f"{field.name}_next")]
            opened = any(one.initial or one.errors for one in details)
            return ShownDose(field, details, opened)
        return field

    def clean(self):
        """Every answer as `sections.item` writes it, by the code of its item, in `answers`."""
        cleaned = super().clean() or {}
        self.answers: dict[str, str] = {}
        for code, item in self.items.items():
            if code in cleaned:
                try:
                    self.answers[code] = answer_to(item, self._typed(code, item), self.days)
                except forms.ValidationError as wrong:
                    self.add_error(code, wrong)
        for section, items in self.sections:
            # whoever says something has not said that there is nothing; a day to come says nothing
            said = [item for item in items if not item.aside and item.asks is not Asks.AHEAD]
            if any(self.answers.get(code_of(section.key, item.key)) for item in said):
                self.answers.update(
                    dict.fromkeys({code_of(section.key, NOTHING)} & self.answers.keys(), "")
                )
        return cleaned

    def _typed(self, code: str, item: Item):
        """What was typed for an item, of a dose with its details."""
        typed = self.cleaned_data[code]
        if item.asks is not Asks.DOSE:
            return typed
        told = (self.cleaned_data.get(f"{code}.{name}") or "" for name in item.details)
        return "\t".join(" ".join(str(one).split()) for one in (typed, *told)).rstrip("\t")


def field_of(item: Item) -> forms.Field:
    """The field that asks for an item."""
    words: dict[str, Any] = {
        "label": _(item.name),
        "required": False,
        "help_text": item.help and _(item.help),
    }
    if item.asks is Asks.TICK:
        return forms.BooleanField(**words)
    if item.asks is Asks.CHOICE:
        choices = [("", _("chưa hỏi")), *((key, _(name)) for key, name in item.choices)]
        widget = forms.RadioSelect if len(item.choices) <= _FEW else forms.Select
        return forms.ChoiceField(choices=choices, widget=widget, **words)
    if item.asks is Asks.LINES:
        lines = forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
        return forms.CharField(widget=lines, max_length=2000, **words)
    if item.unit:
        words["label"] = f"{words['label']} ({item.unit})"
    if item.asks is Asks.AHEAD:
        words["label"] = _(_LABELS["next"])
    mode, size = {Asks.NUMBER: ("decimal", 6)}.get(item.asks, ("text", 10))
    plain = item.asks is not Asks.NUMBER and item.asks not in _DAYS
    attrs = {"autocomplete": "off", **({} if plain else {"inputmode": mode, "size": size})}
    if item.aside or item.asks is Asks.AHEAD:
        attrs["data-aside"] = ""
    if item.asks in _DAYS:
        attrs["placeholder"] = _("ngày/tháng/năm")
    return forms.CharField(widget=forms.TextInput(attrs=attrs), max_length=500, **words)


def _detail(name: str, initial: str) -> forms.Field:
    """The field of what is said beside the day of a dose."""
    words: dict[str, Any] = {"label": _(_LABELS[name]), "required": False, "initial": initial}
    attrs = {"autocomplete": "off"}
    if name == MONTH:
        few = forms.TextInput(attrs=attrs | {"inputmode": "numeric", "size": 4})
        return forms.IntegerField(min_value=1, max_value=10, widget=few, **words)
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(max_length=_LOT if name == "lot" else 300, widget=widget, **words)


def answer_to(item: Item, typed, days: tuple[date, date]) -> str:
    """What was typed as an answer; ValidationError where it is none."""
    if item.asks is Asks.TICK:
        return TICKED if typed else ""
    text = typed.strip()
    if not text:
        return ""
    if item.asks is Asks.NUMBER:
        return f"{number_in(text, item):g}"
    if item.asks in _DAYS:
        return _day_to(item, typed, days)
    if item.asks is Asks.LINES:
        return "\n".join(dict.fromkeys(filter(None, map(str.strip, text.splitlines()))))
    return text


def number_in(text: str, asked: Ranged) -> float:
    """The number that was typed; ValidationError for none, and for one beyond its range, which is
    a slip of the hand. 3.280 is what it is with a decimal where that is in range, else 3280."""
    written = text.strip()
    try:
        value = float(written.replace(",", "."))
    except ValueError:
        raise forms.ValidationError(_("Ghi một số.")) from None
    if value < asked.least and _IN_GROUPS.fullmatch(written):
        value = float(re.sub("[.,]", "", written))
    if not asked.least <= value <= asked.most:
        least, most = (format_decimal(n, 1, language()) for n in (asked.least, asked.most))
        most = f"{most} {asked.unit}".strip()  # a count has no unit
        said = _("Thường trong khoảng {least} đến {most}; xem lại số vừa gõ.")
        raise forms.ValidationError(said.format(least=least, most=most))
    return value


def _day_to(item: Item, typed: str, days: tuple[date, date]) -> str:
    """The day that answers an item, with the details of a dose behind it."""
    first, last = days
    if item.asks is Asks.AHEAD:
        last += timedelta(_AHEAD)
    when, *details = typed.split("\t")
    if not when.strip():
        raise forms.ValidationError(_("Ghi ngày tiêm của mũi này."))
    return "\t".join((_day(when.strip(), first, last), *details))


def _day(text: str, first: date, last: date) -> str:
    try:
        on = PartialDate.typed(text)
    except ValueError:
        raise forms.ValidationError(
            _("Ghi ngày như 5/3/2024; không rõ ngày thì 3/2024 hoặc 2024.")
        ) from None
    if on.value > last:
        raise forms.ValidationError(_("Ngày này chưa đến."))
    if on.iso < first.isoformat()[: len(on.iso)]:
        raise forms.ValidationError(_("Ngày này trước ngày sinh."))
    return on.iso


def as_typed(item: Item, answer: str):
    """An answer as the field shows it."""
    if item.asks is Asks.TICK:
        return answer == TICKED
    if item.asks in _DAYS:
        return str(PartialDate.from_iso(answer.partition("\t")[0])) if answer else ""
    return answer.replace(".", ",") if item.asks is Asks.NUMBER else answer
