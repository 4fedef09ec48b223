"""Widgets that are written on every page."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


class PlainSelect(forms.Select):
    """A select whose options are written at once.

    Peoples and facilities are long lists, and a template for each option took a fifth of a page.
    """

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        """The element with its options and groups of them, the chosen one marked."""
        chosen = set(self.format_value(value))
        inside = format_html_join(
            "",
            "{}",
            (
                (_group(key, label, chosen) if isinstance(label, (list, tuple))
                 else _options([(key, label)], chosen),)
                for key, label in self.choices
            ),
        )  # fmt: skip
        given = self.build_attrs(self.attrs, dict(attrs or {}))
        return format_html('<select name="{}"{}>{}</select>', name, flatatt(given), inside)


def _group(title: Any, choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    return format_html('<optgroup label="{}">{}</optgroup>', title, _options(choices, chosen))


def _options(choices: Iterable[tuple[Any, Any]], chosen: set[str]) -> SafeString:
    marked = SafeString(" selected")
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((key, marked if str(key) in chosen else "", label) for key, label in choices),
    )
