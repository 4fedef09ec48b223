"""What a station types of somebody without papers of this country."""

from datetime import date
from typing import cast
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.access.refusals import Noted
from hssk.kit.text import clean, plain_all
from hssk.kit.widgets import PlainSelect
from hssk.people.forms.fields import PLAIN, BirthField
from hssk.people.forms.lives import SEXES
from hssk.people.models import Stranger
from hssk.people.services.lives import Typed
from hssk.places.models import Hamlet

KINDS = {
    Stranger.UNKNOWN: gettext_lazy("Người bệnh chưa rõ là ai"),
    Stranger.FOUNDLING: gettext_lazy("Trẻ bị bỏ rơi"),
    Stranger.FOREIGNER: gettext_lazy("Người nước ngoài"),
}


class StrangerForm(Noted):
    """Who it is, as far as can be told. `sure`: it is none of those who may be the same."""

    act = forms.UUIDField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(
        label=gettext_lazy("Là ai"), choices=[("", gettext_lazy("Chọn")), *KINDS.items()],
        widget=PlainSelect,
    )  # fmt: skip
    name = forms.CharField(
        label=gettext_lazy("Họ và tên (chưa biết thì để trống)"), max_length=255, required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("Mô tả, khi chưa biết tên"), max_length=250, required=False,
        help_text=gettext_lazy("Ví dụ: áo xanh, sẹo ở tay trái, tìm thấy ở chợ. Không ghi bệnh."),
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip
    sex = forms.ChoiceField(
        label=gettext_lazy("Giới"), choices=[("", gettext_lazy("Chọn")), *SEXES],
        widget=PlainSelect,
    )  # fmt: skip
    birth = BirthField(
        label=gettext_lazy("Ngày sinh, hoặc năm sinh ước chừng"), required=False,
        help_text=gettext_lazy("Ví dụ 5/3/2024, 3/2024 hoặc 1980; không đoán được thì để trống."),
    )  # fmt: skip
    number = forms.CharField(
        label=gettext_lazy("Số hộ chiếu (người nước ngoài)"), max_length=20, required=False,
        widget=forms.TextInput(attrs={"autocapitalize": "characters", **PLAIN}),
    )  # fmt: skip
    nationality = forms.CharField(
        label=gettext_lazy("Quốc tịch (người nước ngoài)"), max_length=60, required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )  # fmt: skip
    hamlet = forms.ModelChoiceField(
        Hamlet.objects.none(), label=gettext_lazy("Đang sống ở tổ, bản"), required=False,
        empty_label=gettext_lazy("Không sống ở đây"), widget=PlainSelect,
        help_text=gettext_lazy("Trẻ bị bỏ rơi: nơi đang nuôi bé."),
    )  # fmt: skip
    sure = forms.BooleanField(
        label=gettext_lazy("Không phải ai trong số này: thêm mới"), required=False
    )

    def __init__(self, data=None, *, hamlets: frozenset[int] | None, today: date, asks=False):
        said = plain_all(data)
        super().__init__(said, initial={"act": uuid4()})
        cast(BirthField, self.fields["birth"]).today = today
        places = Hamlet.objects.exclude(key="").exclude(until__lte=today).select_related("unit")
        if hamlets is not None:
            places = places.filter(pk__in=hamlets)
        self.fields["hamlet"].queryset = places.order_by("unit__name", "name")  # type: ignore[attr-defined]
        self.fields["hamlet"].label_from_instance = lambda one: f"{one.unit} – {one.name}"  # type: ignore[attr-defined]
        if not asks:
            self.fields["sure"].widget = forms.HiddenInput()

    def clean(self):
        """A name or words; a home for a foundling, and none for whom nobody can name."""
        said = super().clean() or {}
        kind = said.get("kind")
        if not said.get("name") and not said.get("words"):
            self.add_error("words", _("Chưa có tên thì ghi vài lời mô tả, để nhận ra người này."))
        if kind == Stranger.FOUNDLING and not said.get("hamlet"):
            self.add_error("hamlet", _("Hãy chọn nơi đang nuôi bé."))
        if kind == Stranger.UNKNOWN and said.get("hamlet"):
            self.add_error("hamlet", _("Chưa rõ là ai thì chưa tính là dân ở đâu. Hãy để trống."))
        if kind != Stranger.FOREIGNER and said.get("number"):
            self.add_error("number", _("Có giấy tờ Việt Nam thì dùng “Đề nghị người chuyển đến”."))
        return said

    def typed(self) -> Typed:
        """What was typed; of a valid form."""
        said = self.cleaned_data
        return Typed(
            act=said["act"], kind=said["kind"], name=clean(said["name"]), words=said["words"],
            birth=said["birth"], sex=int(said["sex"]), number=said["number"],
            nationality=said["nationality"], hamlet=said["hamlet"],
        )  # fmt: skip
