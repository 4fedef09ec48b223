"""Forms whose refusals are in the log of the home: which field of which page, for what reason.

Never what was typed. Who types what no page of ours offers is trying something.
Source: ASVS 5.0, 16.3.3.
"""

import logging
from typing import Any

from allauth.core import context
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError

_log = logging.getLogger("hssk.access.refusals")


class Noted(forms.Form):
    """A form each of whose errors is one line: page, account (0 for a stranger), field, reason."""

    def add_error(self, field: str | None, error: Any) -> None:
        """As Django does, and a line in the log: of names and codes that are the program's own."""
        super().add_error(field, error)
        refusal = error if isinstance(error, ValidationError) else ValidationError(error)
        parts = getattr(refusal, "error_dict", None) or {field or NON_FIELD_ERRORS: [refusal]}
        for name, errors in parts.items():
            for one in (single for each in errors for single in each.error_list):
                told_input(type(self).__name__, name, one.code or "refused", self._whose())

    def _whose(self) -> int:
        user = getattr(self, "user", None) or getattr(context.request, "user", None)
        return getattr(user, "pk", None) or 0


def told_input(form: str, field: str, why: str, account: int) -> None:
    """One line about input that was refused, on the page that is being asked for."""
    match = getattr(context.request, "resolver_match", None)
    page = match.view_name if match else "-"
    _log.warning(
        "input refused: page=%s user=%s form=%s field=%s why=%s", page, account, form, field, why
    )
