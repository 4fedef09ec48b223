"""What a person types to come in, to change their password, to give a post."""

from typing import cast

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from hssk.access.models import User
from hssk.access.rights import LOCAL, NAMES
from hssk.places.models import Unit


class LoginForm(AuthenticationForm):
    """User name and password. One answer to every failure, so that it tells nobody who exists."""

    username = forms.CharField(
        label=_("Tên đăng nhập"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autofocus": True, "autocomplete": "username", "autocapitalize": "none"}
        ),
    )
    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    error_messages = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu chưa đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng "
            "Việt rồi thử lại; nếu quên mật khẩu, hãy nhờ người quản trị đặt lại."
        ),
        "inactive": _("Tài khoản này đã ngừng sử dụng. Hãy liên hệ người quản trị."),
    }

    def confirm_login_allowed(self, user):
        """The local operator works on the command line only, never on the web."""
        if user.is_local_operator:
            raise ValidationError(self.error_messages["invalid_login"], code="invalid_login")
        super().confirm_login_allowed(user)


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
            "Ít nhất 10 ký tự, không phải mật khẩu hay gặp, không giống tên của bạn. "
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

    def __init__(self, *args, roles, **kwargs):
        super().__init__(*args, **kwargs)
        chosen = cast(forms.ChoiceField, self.fields["role"])
        chosen.choices = [(role.value, NAMES[role]) for role in roles]

    def clean(self):
        """A post of the village or the commune names its place: nobody holds all by a slip."""
        said = super().clean() or {}
        if str(said.get("role")) in LOCAL and said.get("unit", ...) is None:
            self.add_error("unit", _("Nhiệm vụ này phải ghi đơn vị."))
        return said

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
