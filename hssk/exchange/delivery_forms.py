"""What an officer says of the software in use: its workbook, its columns, who took one in."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.access.refusals import Noted
from hssk.exchange.formats.outgoing import EMPTY, FIXED, Saying
from hssk.exchange.forms import DayField, column_letter
from hssk.exchange.models import SoftwareLayout
from hssk.exchange.services import delivering
from hssk.kit.numbers import format_date
from hssk.places.models import Unit

OWN, SENT = "own", "sent"
WAYS: dict[str, Any] = {
    EMPTY: gettext_lazy("(để trống)"),
    FIXED: gettext_lazy("Luôn ghi chữ này:"),
    "number": gettext_lazy("Số thứ tự"),
    "name": gettext_lazy("Họ và tên"),
    "name:upper": gettext_lazy("Họ và tên, viết hoa"),
    "last_name": gettext_lazy("Họ và chữ đệm"),
    "first_name": gettext_lazy("Tên"),
    "birth:date": gettext_lazy("Ngày sinh, ô kiểu ngày"),
    "birth:dmy": gettext_lazy("Ngày sinh, chữ 13/03/1990"),
    "birth:ymd": gettext_lazy("Ngày sinh, chữ 19900313"),
    "birth:iso": gettext_lazy("Ngày sinh, chữ 1990-03-13"),
    "birth:year": gettext_lazy("Năm sinh"),
    "birth:month": gettext_lazy("Tháng sinh"),
    "birth:day": gettext_lazy("Ngày (sinh)"),
    "sex:words": gettext_lazy("Giới tính: Nam, Nữ"),
    "sex:12": gettext_lazy("Giới tính: 1 nam, 2 nữ"),
    "sex:10": gettext_lazy("Giới tính: 1 nam, 0 nữ"),
    "pid": gettext_lazy("Số định danh (CCCD)"),
    "pid:any": gettext_lazy("Số định danh; chưa có thì số CMND"),
    "cmnd": gettext_lazy("Số CMND cũ"),
    "bhxh": gettext_lazy("Mã số BHXH"),
    "phone": gettext_lazy("Điện thoại"),
    "ethnicity": gettext_lazy("Dân tộc, tên"),
    "ethnicity:code": gettext_lazy("Dân tộc, mã"),
    "head": gettext_lazy("Tên chủ hộ"),
    "relation": gettext_lazy("Quan hệ với chủ hộ"),
    "household": gettext_lazy("Số hộ"),
    "hamlet": gettext_lazy("Tổ, bản"),
    "unit": gettext_lazy("Xã, phường, tên"),
    "unit:code": gettext_lazy("Xã, phường, mã"),
    "district": gettext_lazy("Huyện, tên"),
    "province": gettext_lazy("Tỉnh, tên"),
    "province:code": gettext_lazy("Tỉnh, mã"),
    "address": gettext_lazy("Địa chỉ"),
    "insurance_place": gettext_lazy("Nơi đăng ký khám chữa bệnh"),
    "opened:date": gettext_lazy("Ngày lập hồ sơ, ô kiểu ngày"),
    "opened:dmy": gettext_lazy("Ngày lập hồ sơ, chữ 13/03/1990"),
    "opened:ymd": gettext_lazy("Ngày lập hồ sơ, chữ 19900313"),
    "kind": gettext_lazy("Mới hay sửa"),
}


class SoftwareForm(Noted):
    """The software of a unit, with its empty import workbook."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=gettext_lazy("Của đơn vị nào?"))
    software = forms.CharField(
        label=gettext_lazy("Phần mềm đang dùng"),
        max_length=100,
        help_text=gettext_lazy("Tên mà trung tâm quen gọi, kèm phiên bản nếu có."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    start = forms.ChoiceField(
        label=gettext_lazy("Bắt đầu từ"),
        widget=forms.RadioSelect,
        initial=SENT,
        choices=[
            (SENT, gettext_lazy("Tệp mẫu nhập của phần mềm (gửi ở dưới)")),
            (OWN, gettext_lazy("Mẫu chung, theo các cột của trích xuất")),
        ],
    )
    upload = forms.FileField(
        required=False,
        label=gettext_lazy("Kéo tệp mẫu nhập vào đây, hoặc chọn tệp"),
        help_text=gettext_lazy("Tệp .xlsx, .xls hoặc .ods còn trống, có dòng tiêu đề cột."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods"}),
    )

    def __init__(self, *given: Any, units: list[Unit], **named: Any) -> None:
        super().__init__(*given, **named)
        choice: Any = self.fields["unit"]
        choice.queryset = Unit.objects.filter(pk__in=[unit.pk for unit in units])
        choice.empty_label = None if len(units) == 1 else "–"

    def clean(self) -> dict[str, Any]:
        """A workbook of the software must come with it."""
        cleaned = super().clean() or {}
        if cleaned.get("start") == SENT and not cleaned.get("upload"):
            self.add_error("upload", _("Hãy chọn tệp mẫu nhập, hoặc bắt đầu từ mẫu chung."))
        return cleaned


class ColumnsForm(Noted):
    """What each column of an import workbook says: one select a column, and a fixed text."""

    def __init__(self, *given: Any, layout: SoftwareLayout, **named: Any) -> None:
        super().__init__(*given, **named)
        self.layout = layout
        for at, column in enumerate(layout.columns):
            title = column["title"] or _("cột không có tiêu đề")
            self.fields[f"c{at}"] = forms.ChoiceField(
                label=title, choices=list(WAYS.items()), initial=column["way"], required=False
            )
            self.fields[f"t{at}"] = forms.CharField(
                label=_("Chữ luôn ghi ở cột {title}").format(title=title), max_length=200,
                initial=column["text"], required=False,
                widget=forms.TextInput(attrs={"autocomplete": "off"}),
            )  # fmt: skip

    def said(self) -> list[Saying]:
        """What each column says, in their order."""
        cleaned = self.cleaned_data
        return [
            Saying(cleaned[f"c{at}"], cleaned[f"t{at}"].strip())
            for at in range(len(self.layout.columns))
        ]

    def columns(self) -> Iterator[dict[str, Any]]:
        """Each column for the page: letter, title, select, fixed text, what it says of examples."""
        said = [
            Saying(self[f"c{at}"].value() or "", self[f"t{at}"].value() or "")
            for at in range(len(self.layout.columns))
        ]
        known = [one if one.way in WAYS else Saying(EMPTY) for one in said]
        examples = [list(map(_shown, row)) for row in delivering.example(known)]
        for at, column in enumerate(self.layout.columns):
            yield {
                "letter": column_letter(at), "title": column["title"], "field": self[f"c{at}"],
                "text": self[f"t{at}"], "samples": [row[at] for row in examples],
                "unread": not known[at].way,
            }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A column that always says one text has one."""
        cleaned = super().clean() or {}
        for at in range(len(self.layout.columns)):
            if cleaned.get(f"c{at}") == FIXED and not (cleaned.get(f"t{at}") or "").strip():
                self.add_error(f"t{at}", _("Hãy ghi chữ của cột này."))
        return cleaned


def _shown(cell: Any) -> str:
    """A cell as the workbook shows it."""
    return format_date(cell) if hasattr(cell, "year") else str(cell if cell is not None else "")


class TakenForm(Noted):
    """Who took a delivery into the software, and when."""

    name = forms.CharField(
        label=gettext_lazy("Người đã nhập tệp vào phần mềm"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    on = DayField(
        label=gettext_lazy("Ngày nhập vào phần mềm"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
