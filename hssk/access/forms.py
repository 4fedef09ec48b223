"""What a person types to come in, to change their password, to give a post."""

from typing import cast

from allauth.account import forms as allauth
from allauth.mfa.base import forms as factors
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from hssk.access.codes import LENGTH, is_code, is_too_easy
from hssk.access.models import User
from hssk.access.rights import LOCAL, NAMES, OF_A_HAMLET
from hssk.places.models import Hamlet, Unit
from hssk.places.rules import hamlet_key
from hssk.places.services import hamlets_held


class LoginForm(allauth.LoginForm):
    """User name and password. One answer to every failure, so that it tells nobody who exists."""

    shared = forms.BooleanField(
        label=_("Đây là máy dùng chung: tự khoá sau 3 phút không ai dùng, vào lại bằng mã ngắn"),
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name, password = self.fields["login"], self.fields["password"]
        name.label, password.label = _("Tên đăng nhập"), _("Mật khẩu")
        name.widget.attrs = {
            "autofocus": True, "autocomplete": "username", "autocapitalize": "none",
        }  # fmt: skip
        password.widget.attrs = {"autocomplete": "current-password"}
        password.help_text = ""

    def login(self, request, *args, **kwargs):
        """Remember what machine this is until all steps of signing in are done."""
        request.session["shared"] = self.cleaned_data["shared"]
        return super().login(request, *args, **kwargs)


class PasswordAgain(allauth.ReauthenticateForm):
    """The password once more, before something that a stranger at an open screen must not do."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Mật khẩu")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["password"].help_text = ""


_CODE_HELP = _("6 số đang hiện trên ứng dụng, hoặc một mã dự phòng.")


def _ask_for_code(form, help_text):
    """The code of the second step, as a phone's keyboard offers it."""
    field = form.fields["code"]
    field.label, field.help_text = _("Mã"), help_text
    field.widget.attrs = {
        "autofocus": True, "autocomplete": "one-time-code", "autocapitalize": "none",
    }  # fmt: skip


class CodeForm(factors.AuthenticateForm):
    """At coming in."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _CODE_HELP)


class CodeAgain(factors.ReauthenticateForm):
    """Once more, before something important."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _CODE_HELP)


class FirstCode(ActivateTOTPForm):
    """The first code, which proves that the phone has understood."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _ask_for_code(self, _("6 số đang hiện trên ứng dụng."))


class NewKeyForm(AddWebAuthnForm):
    """What to call a security key; the browser fills in the rest."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        name = self.fields["name"]
        name.label, name.help_text = _("Tên khoá"), _("Để nhận ra, ví dụ “khoá đeo chìa khoá”.")
        name.widget.attrs = {"autocomplete": "off", "maxlength": 100}


class ShortCodeForm(forms.Form):
    """Six digits of one's own, twice."""

    code = forms.CharField(label=_("Mã ngắn mới"), help_text=_("6 chữ số, chỉ mình bạn biết."))
    again = forms.CharField(label=_("Nhập lại mã ngắn"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget = forms.PasswordInput(
                attrs={"inputmode": "numeric", "autocomplete": "off", "maxlength": LENGTH}
            )

    def clean_code(self):
        """Not one that everybody would try first."""
        code = self.cleaned_data["code"]
        if not is_code(code):
            raise ValidationError(_("Mã ngắn gồm đúng 6 chữ số."))
        if is_too_easy(code):
            raise ValidationError(_("Mã này ai cũng đoán ra trước tiên. Hãy chọn mã khác."))
        return code

    def clean(self):
        """The same both times."""
        said = super().clean() or {}
        if said.get("code") and said["code"] != said.get("again"):
            self.add_error("again", _("Hai lần nhập mã ngắn chưa giống nhau."))
        return said


class NewPasswordForm(PasswordChangeForm):
    """The old password once, the new one twice."""

    error_messages = {
        "password_incorrect": _("Mật khẩu đang dùng chưa đúng. Hãy nhập lại."),
        "password_mismatch": _("Hai lần nhập mật khẩu mới chưa giống nhau."),
    }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = _("Mật khẩu đang dùng")
        self.fields["new_password1"].label = _("Mật khẩu mới")
        self.fields["new_password1"].help_text = _(
            "Ít nhất 14 ký tự, không phải mật khẩu hay gặp, không giống tên của bạn. "
            "Một câu ngắn dễ nhớ là tốt nhất."
        )
        self.fields["new_password2"].label = _("Nhập lại mật khẩu mới")


class PostForm(forms.Form):
    """Who is to do what, and where. An account is made where the name is new."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_("Ví dụ lo.thi.mai. Tên mới: một tài khoản được tạo kèm mật khẩu tạm."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    full_name = forms.CharField(label=_("Họ và tên"), max_length=200, required=False)
    role = forms.ChoiceField(label=_("Nhiệm vụ"))
    unit = forms.CharField(
        label=_("Mã đơn vị"),
        required=False,
        help_text=_(
            "Mã tỉnh 12, mã xã 03403. Nhiệm vụ ở xã, ở tổ, bản phải ghi; các nhiệm vụ khác để "
            "trống là mọi nơi có dữ liệu ở đây."
        ),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )

    hamlet = forms.CharField(
        label=_("Tổ, bản"),
        required=False,
        max_length=200,
        help_text=_("Chỉ cho cộng tác viên và trưởng bản, tổ trưởng: tên như trong danh sách."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, roles, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        chosen = cast(forms.ChoiceField, self.fields["role"])
        chosen.choices = [("", _("Chọn nhiệm vụ")), *((role.value, NAMES[role]) for role in roles)]

    def clean(self):
        """A post of the village or the commune names its place: nobody holds all by a slip."""
        said = super().clean() or {}
        role, unit, text = str(said.get("role")), said.get("unit", ...), said.get("hamlet", "")
        said["hamlet"] = None
        if role in LOCAL and unit is None:
            self.add_error("unit", _("Nhiệm vụ này phải ghi đơn vị."))
        elif text and role not in OF_A_HAMLET:
            self.add_error("hamlet", _("Nhiệm vụ này không giao cho một tổ, bản; hãy để trống."))
        elif role in OF_A_HAMLET and isinstance(unit, Unit):
            said["hamlet"] = self._hamlet(unit, text)
        return said

    def _hamlet(self, unit: Unit, text: str) -> Hamlet | None:
        """The hamlet of `unit` that is called so; says so where there is none, or several."""
        there = Hamlet.objects.filter(pk__in=hamlets_held(unit, self.day), key=hamlet_key(text))
        found = list(there.select_related("unit")[:2]) if text else []
        if len(found) == 1:
            return found[0]
        self.add_error(
            "hamlet",
            _("Có nhiều tổ, bản tên này; hãy ghi mã của xã, phường cũ ở trên.")
            if found
            else _(
                "Đơn vị này chưa có tổ, bản tên như vậy; hãy ghi như trong danh sách nhân khẩu."
            ),
        )
        return None

    def clean_unit(self):
        """The unit of that code, the one in force now before one that was; None for none."""
        code = self.cleaned_data["unit"].rpartition("·")[2].strip()
        if not code:
            return None
        unit = Unit.objects.filter(code=code).order_by(F("valid_until").desc(nulls_first=True))
        if (found := unit.first()) is None:
            raise ValidationError(
                _("Không có đơn vị nào mang mã “%(code)s”."), params={"code": code}
            )
        return found
