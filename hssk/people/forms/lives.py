"""What a station types of a birth, of a name and number, and of a death."""

from collections.abc import Iterable
from datetime import date
from typing import cast
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.access.refusals import Noted
from hssk.kit.numbers import format_date
from hssk.kit.text import plain_all
from hssk.kit.widgets import PlainSelect
from hssk.kit.words import language
from hssk.people.forms.fields import PLAIN, BirthField
from hssk.people.models import Death, Person
from hssk.people.rules import PEOPLES
from hssk.people.rules.lives import MOST_AT_ONCE
from hssk.people.services.lives import Child, Died, Newborn

SEXES = [("1", gettext_lazy("Nam")), ("2", gettext_lazy("Nữ")), ("0", gettext_lazy("Chưa rõ"))]
PLACES = {
    Death.HOME: gettext_lazy("Tại nhà"),
    Death.FACILITY: gettext_lazy("Tại cơ sở y tế"),
    Death.ELSEWHERE: gettext_lazy("Nơi khác"),
}
_ANOTHER = "new"
_ORDER = (gettext_lazy("Bé"), gettext_lazy("Bé thứ hai (sinh đôi)"), gettext_lazy("Bé thứ ba"))


class BirthForm(Noted):
    """One birth: its day, and each of its children. Children who may be there already are offered
    (`likely`), and each must be said to be one of them or another. What people they are of is asked
    beginning with their mother's (`mothers`, its code)."""

    act = forms.UUIDField(widget=forms.HiddenInput)
    on = forms.DateField(
        label=gettext_lazy("Ngày sinh của bé"), input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": gettext_lazy("Ghi ngày như 5/3/2024.")},
    )  # fmt: skip
    clock = forms.TimeField(
        label=gettext_lazy("Giờ sinh (nếu biết)"), required=False, input_formats=["%H:%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        error_messages={"invalid": gettext_lazy("Ghi giờ như 4:10.")},
    )  # fmt: skip
    paper = forms.CharField(
        label=gettext_lazy("Số giấy chứng sinh (nếu có)"), max_length=60, required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip

    ethnicity = forms.ChoiceField(
        label=gettext_lazy("Dân tộc"), required=False, widget=PlainSelect,
        choices=[("", gettext_lazy("Chưa rõ")), *PEOPLES.items()],
    )  # fmt: skip

    def __init__(
        self, data=None, *, today: date, likely: Iterable[Person] = (), mothers="", **more
    ):
        more.setdefault("initial", {"act": uuid4(), "on": today, "ethnicity": mothers})
        super().__init__(plain_all(data), **more)
        self.likely = {str(one.pk): one for one in likely}
        for nth in range(1, MOST_AT_ONCE + 1):
            self._add_child(nth)

    def _add_child(self, nth: int) -> None:
        whose = str(_ORDER[nth - 1])
        self.fields[f"sex_{nth}"] = forms.ChoiceField(
            label=_("{child}: giới").format(child=whose), required=nth == 1,
            choices=[("", _("Chọn") if nth == 1 else _("Không có")), *SEXES], widget=PlainSelect,
        )  # fmt: skip
        self.fields[f"name_{nth}"] = forms.CharField(
            label=_("{child}: họ và tên (chưa đặt thì để trống)").format(child=whose),
            max_length=255, required=False, widget=forms.TextInput(attrs=PLAIN),
        )  # fmt: skip
        if self.likely and self.data.get(f"sex_{nth}"):
            choices = [(key, _described(one)) for key, one in self.likely.items()]
            self.fields[f"known_{nth}"] = forms.ChoiceField(
                label=_("{child}: đây có phải …?").format(child=whose),
                choices=[("", _("Chọn")), *choices, (_ANOTHER, _("Không, là bé khác: thêm mới"))],
                widget=PlainSelect,
            )

    @property
    def birth(self) -> list[forms.BoundField]:
        """The fields of the birth itself."""
        return [self["on"], self["clock"], self["paper"], self["ethnicity"]]

    @property
    def child(self) -> list[forms.BoundField]:
        """The fields of the first child."""
        return self._fields_of(1)

    @property
    def more(self) -> list[forms.BoundField]:
        """Those of the children born with it."""
        return [each for nth in range(2, MOST_AT_ONCE + 1) for each in self._fields_of(nth)]

    @property
    def has_more(self) -> bool:
        """Whether anything was said of a second child."""
        return bool(self.data.get("sex_2") or self.data.get("name_2"))

    def _fields_of(self, nth: int) -> list[forms.BoundField]:
        names = (f"known_{nth}", f"sex_{nth}", f"name_{nth}")
        return [self[name] for name in names if name in self.fields]

    def clean(self):
        """No child is left out in between, and none is said to be two."""
        said = super().clean() or {}
        born = [nth for nth in range(1, MOST_AT_ONCE + 1) if said.get(f"sex_{nth}")]
        for nth in range(2, MOST_AT_ONCE + 1):
            if said.get(f"name_{nth}") and nth not in born:
                self.add_error(f"sex_{nth}", _("Hãy chọn giới của bé này, hoặc xóa tên."))
        if born != list(range(1, len(born) + 1)):
            self.add_error("sex_2", _("Hãy ghi các bé theo thứ tự sinh, không bỏ trống."))
        known = [said.get(f"known_{nth}") for nth in born]
        told = [key for key in known if key and key != _ANOTHER]
        if len(told) != len(set(told)):
            self.add_error(None, _("Hai bé không thể là cùng một người đã có."))
        return said

    def newborn(self) -> Newborn:
        """What was typed; of a valid form."""
        said = self.cleaned_data
        return Newborn(
            act=said["act"], on=said["on"], clock=said["clock"], paper=said["paper"],
            ethnicity=said["ethnicity"],
            children=tuple(
                Child(int(said[f"sex_{nth}"]), said[f"name_{nth}"], _key(said.get(f"known_{nth}")))
                for nth in range(1, MOST_AT_ONCE + 1) if said[f"sex_{nth}"]
            ),
        )  # fmt: skip


def _described(one: Person) -> str:
    sex = dict(SEXES).get(str(one.sex), "") if one.sex else ""
    born = format_date(one.birth_on, language()) if one.birth_on else ""
    return ", ".join(str(part) for part in (one, born, sex) if str(part))


def _key(chosen: str | None) -> UUID | None:
    return UUID(chosen) if chosen and chosen != _ANOTHER else None


class NameForm(Noted):
    """The name and the number that somebody has by now, their sex and people; what is left empty
    stays as it is."""

    name = forms.CharField(
        label=gettext_lazy("Họ và tên theo giấy khai sinh"), max_length=255, required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip
    number = forms.CharField(
        label=gettext_lazy("Số định danh, mã số BHXH hoặc số thẻ BHYT"), max_length=20,
        required=False, widget=forms.TextInput(attrs={"autocapitalize": "characters", **PLAIN}),
    )  # fmt: skip

    sex = forms.ChoiceField(
        label=gettext_lazy("Giới"), required=False, widget=PlainSelect,
        choices=[("", gettext_lazy("Giữ nguyên")), *SEXES[:2]],
    )  # fmt: skip
    ethnicity = forms.ChoiceField(
        label=gettext_lazy("Dân tộc"), required=False, widget=PlainSelect,
        choices=[("", gettext_lazy("Giữ nguyên")), *PEOPLES.items()],
    )  # fmt: skip

    def __init__(self, data=None, **more):
        super().__init__(plain_all(data), **more)


class DeathForm(Noted):
    """When somebody died, where, and by which paper."""

    on = BirthField(
        label=gettext_lazy("Ngày mất"),
        help_text=gettext_lazy("Ví dụ 5/3/2024; không rõ ngày thì 3/2024 hoặc 2024."),
        wrong=gettext_lazy("Ghi ngày mất như 5/3/2024; không ghi ngày chưa đến."),
    )
    place = forms.ChoiceField(
        label=gettext_lazy("Mất ở đâu"), required=False, widget=PlainSelect,
        choices=[("", gettext_lazy("Chưa rõ")), *PLACES.items()],
    )  # fmt: skip
    paper = forms.CharField(
        label=gettext_lazy("Số giấy báo tử hoặc trích lục khai tử (nếu có)"), max_length=60,
        required=False, widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip

    def __init__(self, data=None, *, today: date, **more):
        super().__init__(plain_all(data), **more)
        cast(BirthField, self.fields["on"]).today = today

    def died(self) -> Died:
        """What was typed; of a valid form."""
        said = self.cleaned_data
        return Died(said["on"], said["place"], said["paper"])


class AliveForm(Noted):
    """Why a death is taken back."""

    why = forms.CharField(
        label=gettext_lazy("Vì sao rút lại"), max_length=500,
        help_text=gettext_lazy("Ví dụ: ghi nhầm người cùng tên; người này vừa đến trạm khám."),
        widget=forms.Textarea(attrs={**PLAIN, "rows": 3}),
    )  # fmt: skip

    def __init__(self, data=None, **more):
        super().__init__(plain_all(data), **more)
