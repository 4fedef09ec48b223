"""What a person types to prove or set up a second factor."""

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as factors
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _

from hssk.access.models import User
from hssk.access.refusals import Noted
from hssk.access.services.spare_codes import is_spare_code, use_spare_code
from hssk.access.views.attempts import wrong_code

_CODE_HELP = _("6 số đang hiện trên ứng dụng, hoặc một mã dự phòng.")


class _Once(forms.TextInput):
    """A box that comes back empty: what was wrong is of no use, and one types the next code."""

    def format_value(self, value):
        return None


def _ask_for_code(form, help_text):
    """The code of the second step, as a phone's keyboard offers it."""
    field = form.fields["code"]
    field.label, field.help_text = _("Mã"), help_text
    field.widget = _Once(
        {"autofocus": True, "autocomplete": "one-time-code", "autocapitalize": "none"}
    )
    field.widget.is_required = field.required


class _OrSpareCode(Noted, factors.BaseAuthenticateForm):
    """A spare code in place of the phone's: ours, for allauth would keep what makes them."""

    user: User
    spare = False  # whether a spare code was used
    again = False  # whether this is asked of somebody who is in

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _CODE_HELP)

    def clean_code(self):
        """Counted before it is judged, as every other try; then used up."""
        code = self.cleaned_data["code"]
        if not is_spare_code(code):
            return super().clean_code()
        forget_tries = check_rate_limit(self.user)
        if not use_spare_code(self.user, code):
            wrong_code(context.request, user=self.user)
            raise get_adapter().validation_error("incorrect_code")
        forget_tries()
        self.spare = True
        return code

    def save(self):
        """Note what was proved."""
        if not self.spare:
            return super().save()
        proof = {"type": "spare", **({"reauthenticated": True} if self.again else {})}
        return record_authentication(context.request, self.user, "mfa", **proof)


class CodeForm(_OrSpareCode, factors.AuthenticateForm):
    """At coming in."""


class CodeAgain(_OrSpareCode, factors.ReauthenticateForm):
    """Once more, before something important."""

    again = True


class FirstCode(Noted, ActivateTOTPForm):
    """The first code, which proves that the phone has understood."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("6 số đang hiện trên ứng dụng."))


class NewKeyForm(Noted, AddWebAuthnForm):
    """What to call a security key; the browser fills in the rest."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.help_text = _("Tên khoá"), _("Để nhận ra, ví dụ “khoá đeo chìa khoá”.")
        name.widget.attrs = {"autocomplete": "off", "maxlength": 100}
