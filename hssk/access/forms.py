"""What a person types to come in, to change their password, to give a post."""

from typing import cast

from allauth.account import forms as allauth
from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from hssk.access.codes import LENGTH, is_code, is_too_easy
from hssk.access.errors import Misplaced
from hssk.access.models import User
from hssk.access.refusals import Noted
from hssk.access.rights import AT_A_FACILITY, NAMES, OF_AN_ORGANISATION, Role
from hssk.access.rules import KINDS
from hssk.access.services.coming_in import KNEW, Knew
from hssk.access.services.placing import (
    facility_of_post,
    hamlet_of_post,
    organisation_of_post,
    unit_of_post,
)
from hssk.access.services.posts import accounts_named, are_two_people, may_be_named


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


class PasswordAgain(Noted, allauth.ReauthenticateForm):
    """The password once more, before something that a stranger at an open screen must not do."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Mật khẩu")
        self.fields["password"].widget.attrs = {"autocomplete": "current-password"}
        self.fields["password"].help_text = ""


class ShortCodeForm(Noted):
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


class NewPasswordForm(Noted, PasswordChangeForm):
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

    def clean_new_password1(self):
        """Another one: a first password was seen by whoever made it."""
        new = self.cleaned_data["new_password1"]
        if new == self.data.get(self.add_prefix("old_password")):
            raise ValidationError(_("Mật khẩu mới phải khác mật khẩu đang dùng."))
        return new

    def save(self, commit=True):
        """From now on it is one's own."""
        self.user.first_until = None
        return super().save(commit)


class KnewForm(Noted):
    """How whoever helps knew who asked for it: one of a closed list, which the log keeps."""

    knew = forms.ChoiceField(label=_("Bạn biết chắc đó là người này bằng cách nào?"))

    def __init__(self, *args, ways, **kwargs):
        super().__init__(*args, **kwargs)
        field = cast(forms.ChoiceField, self.fields["knew"])
        field.choices = [("", _("Chọn một cách")), *((way.value, KNEW[way]) for way in ways)]

    def clean_knew(self):
        """The way, as the services name it."""
        return Knew(self.cleaned_data["knew"])


class PostForm(Noted):
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
        label=_("Đơn vị"),
        required=False,
        help_text=_(
            "Tên hoặc mã: mã tỉnh 12, mã xã 03403. Nhiệm vụ ở xã, ở tổ, bản phải ghi; các nhiệm "
            "vụ khác để trống là mọi nơi có dữ liệu ở đây."
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
    facility = forms.CharField(
        label=_("Cơ sở khám chữa bệnh"),
        required=False,
        max_length=300,
        help_text=_(
            "Chỉ cho cán bộ nơi đăng ký khám ban đầu: mã bệnh viện, phòng khám, ví dụ 12001."
        ),
        widget=forms.TextInput(attrs={"list": "facilities", "autocomplete": "off"}),
    )
    organisation = forms.CharField(
        label=_("Cơ quan, đoàn thể, trường học"),
        required=False,
        max_length=300,
        help_text=_("Chỉ cho đầu mối của một tổ chức: mã của tổ chức, ví dụ TC0007."),
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )

    def __init__(self, *args, roles, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.day = day
        if not AT_A_FACILITY.intersection(roles):
            del self.fields["facility"]
        if not OF_AN_ORGANISATION.intersection(roles):
            del self.fields["organisation"]
        chosen = cast(forms.ChoiceField, self.fields["role"])
        chosen.choices = [("", _("Chọn nhiệm vụ")), *((role.value, NAMES[role]) for role in roles)]

    def clean(self):
        """A post of the village or the commune names its place: nobody holds all by a slip."""
        said = super().clean() or {}
        text, said["hamlet"] = said.get("hamlet", ""), None
        name = said.get("username", "")
        known = next(iter(accounts_named([name])), None)
        if name and not may_be_named(name, known):
            said_plainly = _("Chỉ dùng chữ không dấu, số, dấu chấm và gạch; ví dụ lo.thi.mai.")
            self.add_error("username", said_plainly)
        if known and are_two_people(known.full_name, said.get("full_name", "")):
            self.add_error("username", list(_ANOTHER))
        code, said["facility"] = _code_of(said.get("facility", "")), None
        theirs, said["organisation"] = _code_of(said.get("organisation", "")), None
        if said.get("role") and "unit" in said:
            role = Role(said["role"])
            try:
                said["hamlet"] = hamlet_of_post(role, said["unit"], text, self.day)
                said["facility"] = facility_of_post(role, code)
                said["organisation"] = organisation_of_post(role, said["unit"], theirs, self.day)
            except Misplaced as misplaced:
                self.add_error(misplaced.field, _told(misplaced))
        return said

    def clean_unit(self):
        """The unit of that code or name; None for none."""
        code = _code_of(self.cleaned_data["unit"])
        try:
            return unit_of_post(code, self.day) if code else None
        except Misplaced as misplaced:
            raise ValidationError(_told(misplaced)) from misplaced


_ANOTHER = (
    _("Tên đăng nhập này đã là của một người mang họ tên khác."),
    _("Sửa họ tên nếu là cùng một người, hoặc chọn tên đăng nhập khác."),
)


def _code_of(text):
    """The code at the end of what a list offers: "Tên · mã"."""
    return text.rpartition("·")[2].strip()


def _told(misplaced):
    return gettext(misplaced.message).format(**misplaced.params)


class AboutForm(Noted):
    """A step about one finding of unusual looking: its kind and day, and what is said of it."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in KINDS], widget=forms.HiddenInput)
    day = forms.DateField(widget=forms.HiddenInput)
    text = forms.CharField(label=_("Ghi chú"), max_length=500, widget=forms.TextInput)


class AnswerForm(AboutForm):
    """The answer of whoever was asked."""

    text = forms.CharField(label=_("Trả lời của bạn"), max_length=500, widget=forms.TextInput)


class AskForm(AboutForm):
    """A question to somebody, or the end of the matter."""

    about = forms.ModelChoiceField(User.objects.all(), widget=forms.HiddenInput)
    looks = forms.IntegerField(min_value=0, max_value=10**9, widget=forms.HiddenInput)
    step = forms.ChoiceField(choices=[("ask", "ask"), ("close", "close")])


class TieForm(Noted):
    """Which person of the register a user is."""

    user = forms.ModelChoiceField(
        User.objects.filter(is_active=True).exclude(username=User.LOCAL_OPERATOR),
        label=_("Tên đăng nhập"),
        to_field_name="username",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none"}),
    )
    person = forms.UUIDField(
        label=_("Mã của người đó trong sổ dân cư"),
        required=False,
        help_text=_("Là dãy chữ số ở cuối địa chỉ trang của người đó. Để trống để bỏ mối nối."),
        error_messages={"invalid": _("Mã có 32 chữ số và chữ từ a đến f; hãy chép cả dãy.")},
    )
