"""What is asked of whoever hands out a copy, and of whoever takes it back."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as told
from django.utils.translation import gettext_lazy as _

from hssk.access.models import User
from hssk.access.refusals import Noted
from hssk.kit.errors import Trouble
from hssk.kit.numbers import format_number
from hssk.kit.pictures import codes_in
from hssk.kit.widgets import PlainSelect
from hssk.kit.words import language
from hssk.outreach.models import ABSENT, LOST, OTHER, REFUSED, RETURNED, TOLD, Kind
from hssk.outreach.rules import LONGEST_LOAN, Holder, Purpose
from hssk.outreach.services.issuing import done_word
from hssk.outreach.services.naming import known_on
from hssk.people.forms.fields import PLAIN
from hssk.people.rules.scanned import scanned
from hssk.places.models import Hamlet

PURPOSES = {
    Purpose.NO_RECORD: _("Chưa có hồ sơ sức khỏe"),
    Purpose.UNVERIFIED: _("Chưa xác minh danh tính"),
    Purpose.BOOK_UNOPENED: _("Chưa mở sổ sức khỏe điện tử"),
    Purpose.CHECK_UP: _("Buổi khám chung cho mọi người"),
    Purpose.CARD: _("Thẻ hồ sơ chờ giao"),
}
OFFICES = {
    Holder.HEAD: _("Trưởng bản, tổ trưởng"),
    Holder.HEALTH_WORKER: _("Nhân viên y tế, cộng tác viên"),
}
CLOSINGS = {RETURNED: _("Đã trả lại"), LOST: _("Đã mất")}
TICKS = {
    "": _("chưa có"),
    TOLD: _("đã báo"),
    ABSENT: _("đi vắng"),
    REFUSED: _("không muốn"),
    OTHER: _("cần xem lại"),
}


def ticks_for(purpose: str) -> dict[str, Any]:
    """Tick → words, on a copy for a purpose: of cards to hand out, the first says that one was."""
    return TICKS | {TOLD: told(done_word(purpose))}


OUTCOMES = {
    Kind.RECORD_MADE: _("đã lập hồ sơ"),
    Kind.HAD_ONE: _("đã có hồ sơ ở nơi khác"),
    Kind.BOOK_OPENED: _("đã mở sổ điện tử"),
    Kind.BOOK_BY_FAMILY: _("người nhà mở sổ giúp"),
    Kind.NO_PHONE: _("không có điện thoại thông minh"),
    Kind.PHONE_UNFIT: _("điện thoại cũ hoặc đầy"),
    Kind.ABSENT: _("đi vắng"),
    Kind.REFUSED: _("từ chối"),
    Kind.MOVED: _("đã chuyển đi"),
    Kind.DIED: _("đã mất"),
    Kind.UNKNOWN: _("không ai biết ở đây"),
    Kind.TOLD: _("đã báo"),
}


class BookForm(Noted):
    """A book that came back."""

    upload = forms.FileField(
        label=_("Kéo sổ đã điền vào đây, hoặc chọn tệp"),
        help_text=_("Một tệp .xlsx, .xls, .ods hoặc .csv."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.csv,.ods"}),
    )


class TicksheetForm(BookForm):
    """A copy that came back as a workbook."""

    def __init__(self, *given: Any, **more: Any) -> None:
        super().__init__(*given, **more)
        self.fields["upload"].label = _("Kéo tệp đã đánh dấu vào đây, hoặc chọn tệp")


class ScanForm(Noted):
    """What a scanner typed, or a person; or a photograph of the card. `said`: what it says."""

    scanned = forms.CharField(
        label=_("Quét mã trên thẻ, hoặc gõ số, hoặc gõ tên và năm sinh"),
        max_length=2_000,
        required=False,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
    )
    photo = forms.FileField(
        label=_("Hoặc chụp mã trên thẻ"),
        required=False,
        widget=forms.FileInput(
            attrs={"accept": "image/jpeg,image/png,image/webp", "capture": "environment"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        """What was typed, else what the code on the photograph says; the surest of several."""
        given = super().clean() or {}
        said, photo = given.get("scanned", ""), given.get("photo")
        if not said and photo:
            codes = self._codes(photo)
            said = next((code for code in codes if scanned(code).numbers), "".join(codes[:1]))
        elif not said and not self.errors:
            self.add_error("scanned", _("Hãy quét, gõ, hoặc chụp mã trên thẻ."))
        return {**given, "said": said}

    def _codes(self, photo: UploadedFile) -> list[str]:
        try:
            codes = codes_in(photo.open().file, photo.size or 0)  # type: ignore[arg-type]
        except Trouble as trouble:
            self.add_error("photo", told(trouble.message).format(**trouble.params))
            return []
        if not codes:
            self.add_error("photo", _("Không thấy mã trong ảnh. Chụp gần hơn, đủ sáng, cả ô mã."))
        return codes


class OutcomeForm(Noted):
    """What came of going to somebody: the outcome, words for it, and a day where it has one."""

    kind = forms.ChoiceField(choices=[(kind.value, kind.value) for kind in Kind])
    words = forms.CharField(max_length=200, required=False)
    day = forms.DateField(required=False, input_formats=["%d/%m/%Y", "%Y-%m-%d"])


class HandOverForm(Noted):
    """To which side a household is handed over, by when it is to be done, and why."""

    to = forms.CharField(max_length=20)
    due = forms.DateField(input_formats=["%d/%m/%Y", "%Y-%m-%d"])
    why = forms.CharField(max_length=200)


def _counted(counts: Mapping[Purpose, int]) -> list[tuple[str, str]]:
    """The purposes, each with how many people it is about."""
    return [
        (
            purpose,
            _("{words}: {n} người").format(
                words=words, n=format_number(counts[purpose], language())
            ),
        )
        for purpose, words in PURPOSES.items()
    ]


class IssueForm(Noted):
    """For which hamlet, why, to whom and for how long.

    counts   purpose → how many people it is about there, told beside it
    holders  the accounts that may hold a copy of this hamlet
    """

    purpose = forms.ChoiceField(label=_("Việc"), widget=forms.RadioSelect)
    office = forms.ChoiceField(
        label=_("Người giữ là"), choices=list(OFFICES.items()), widget=forms.RadioSelect
    )
    holder = forms.CharField(
        label=_("Họ tên người giữ"), max_length=120, widget=forms.TextInput(attrs=PLAIN)
    )
    holder_user = forms.ModelChoiceField(
        label=_("Tài khoản để đọc trên điện thoại"),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("Không, chỉ giao bản giấy"),
    )
    days = forms.IntegerField(
        label=_("Giữ trong bao nhiêu ngày"),
        min_value=1,
        max_value=LONGEST_LOAN,
        initial=7,
        help_text=_("Nhiều nhất 14 ngày. Hết hạn phải trả lại."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        counts: Mapping[Purpose, int],
        holders: Iterable[int],
    ) -> None:
        super().__init__(data)
        self.fields["purpose"].choices = _counted(counts)  # type: ignore[attr-defined]
        known = User.objects.filter(pk__in=list(holders)).order_by("username")
        self.fields["holder_user"].queryset = known  # type: ignore[attr-defined]


class HamletForm(forms.Form):
    """The hamlet first: what can be handed out depends on who lives there.

    today  on whose map the communes are named
    """

    hamlet = forms.ModelChoiceField(
        label=_("Tổ, bản"), queryset=Hamlet.objects.none(), empty_label=_("Chọn tổ, bản"),
        widget=PlainSelect,
    )  # fmt: skip

    def __init__(self, data: Mapping[str, Any] | None, *, hamlets: Any, today: date) -> None:
        super().__init__(data)
        self.fields["hamlet"].queryset = hamlets  # type: ignore[attr-defined]
        self.fields["hamlet"].label_from_instance = self._label  # type: ignore[attr-defined]
        self._known = known_on(today)

    def _label(self, one: Hamlet) -> str:
        name, commune = self._known[one.pk]
        return f"{commune} – {name}"


class CloseForm(Noted):
    """Whether a copy came back, and how it was lost."""

    closing = forms.ChoiceField(
        label=_("Bản danh sách"), choices=list(CLOSINGS.items()), widget=forms.RadioSelect
    )
    why = forms.CharField(
        label=_("Mất như thế nào"),
        max_length=500,
        required=False,
        help_text=_("Chỉ ghi khi bản đã mất."),
        widget=forms.TextInput(attrs=PLAIN),
    )


class InviteForm(Noted):
    """To what a hamlet is invited, where and when.

    counts  purpose → how many people it is about there, told beside it
    """

    purpose = forms.ChoiceField(label=_("Việc"), widget=forms.RadioSelect)
    place = forms.CharField(label=_("Nơi đến"), max_length=120, widget=forms.TextInput(attrs=PLAIN))
    at = forms.DateTimeField(
        label=_("Ngày giờ"),
        input_formats=["%d/%m/%Y %H:%M", "%Y-%m-%dT%H:%M"],
        help_text=_("Ví dụ: 5/12/2026 7:30"),
        error_messages={"invalid": _("Hãy ghi ngày và giờ, ví dụ 5/12/2026 7:30.")},
        widget=forms.TextInput(attrs=PLAIN),
    )

    def __init__(self, data: Mapping[str, Any] | None, *, counts: Mapping[Purpose, int]) -> None:
        super().__init__(data)
        self.fields["purpose"].choices = _counted(counts)  # type: ignore[attr-defined]
