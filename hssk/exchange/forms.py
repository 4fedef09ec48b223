"""What a person says of a file: its unit, its day, its kind, and how its columns are to be read."""

import re
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from hssk.access.refusals import Noted
from hssk.exchange.models import Batch
from hssk.exchange.services import showing
from hssk.kit.errors import Trouble
from hssk.kit.text import fold
from hssk.places.models import Unit
from hssk.places.services import unit_on

ACCEPTED = ".xlsx,.xlsm,.xlsb,.xls,.csv,.txt,.ods,.xml"
_CODE = re.compile(r"(?:^|· *)(\d{2}(?:-\d{3})?|\d{5})$")
_DAY = re.compile(r"^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$")


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """One file or more; cleans to a list."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in given or [None]]


class DayField(forms.CharField):
    """A day as people here write it, 13/3/2024, whatever the language of the computer."""

    def to_python(self, value):
        text = super().to_python(value)
        if not text:
            return None
        try:
            if written := _DAY.match(text):
                day, month, year = map(int, written.groups())
                return date(year, month, day)
            return date.fromisoformat(text)
        except ValueError:
            raise ValidationError(
                _("“%(text)s” không phải là ngày. Hãy ghi ngày/tháng/năm, ví dụ 13/3/2024."),
                params={"text": text},
            ) from None


class ImportForm(Noted):
    """Files to take in, and what they claim to be."""

    uploads = ManyFilesField(
        label=_("Kéo tệp vào đây, hoặc chọn tệp"),
        help_text=_(
            "Một hoặc nhiều tệp .xlsx, .xls, .ods, .csv, hoặc .xml của cơ sở khám bệnh; "
            "để nguyên như khi nhận được."
        ),
        widget=ManyFilesInput(attrs={"accept": ACCEPTED}),
    )
    on = DayField(
        label=_("Danh sách này đúng vào ngày nào?"),
        help_text=_("Ngày chốt danh sách hoặc ngày lấy từ phần mềm ra, ví dụ 13/3/2024."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    unit = forms.CharField(
        label=_("Của đơn vị nào?"),
        help_text=_(
            "Gõ vài chữ của tên hoặc mã rồi chọn: cả tỉnh, cả huyện, thành phố hoặc một xã, phường."
        ),
        widget=forms.TextInput(attrs={"list": "units", "autocomplete": "off"}),
    )
    kind = forms.ChoiceField(
        label=_("Loại tệp"),
        initial="auto",
        widget=forms.RadioSelect,
        choices=[
            ("auto", _("Tự nhận ra theo nội dung (nên chọn)")),
            (Batch.ROSTER, _("Danh sách nhân khẩu")),
            (Batch.RECORDS, _("Trích xuất từ phần mềm hồ sơ sức khỏe")),
            (Batch.CLAIMS, _("Hồ sơ khám, chữa bệnh hoặc khám sức khỏe (XML)")),
        ],
    )
    partial = forms.BooleanField(
        required=False,
        label=_("Tệp chỉ là một phần của đơn vị"),
        help_text=_(
            "Bình thường, tệp được coi là toàn bộ đơn vị vào ngày đó: ai không còn trong tệp sẽ "
            "được nêu ra là có thể đã chuyển đi. Nếu tệp chỉ gồm một phần, hãy đánh dấu để không "
            "ai bị nêu nhầm."
        ),
    )

    def clean(self):
        """Find the unit on the day; several that fit are offered, never guessed."""
        cleaned = super().clean() or {}
        self.candidates: list[Unit] = []
        text, on = cleaned.get("unit"), cleaned.get("on")
        if text and on:
            try:
                cleaned["unit"] = self._unit(text.strip(), on)
            except ValidationError as error:
                self.add_error("unit", error)
        return cleaned

    def _unit(self, text: str, on: date) -> Unit:
        if code := _CODE.search(text):
            try:
                return unit_on(code[1], on)
            except Trouble as trouble:
                said = str(_(trouble.message)).format(**trouble.params)
                raise ValidationError(said) from trouble
        self.candidates = showing.units_like(text, on)
        if not self.candidates:
            raise ValidationError(
                _("Không tìm thấy “%(text)s” vào ngày đó. Hãy gõ tên khác hoặc mã đơn vị."),
                params={"text": text},
            )
        named = [unit for unit in self.candidates if fold(str(unit)) == fold(text)]
        if len(named) == 1:
            return named[0]
        if len(self.candidates) > 1:
            raise ValidationError(
                _("Có nhiều đơn vị như vậy. Hãy chọn một trong các đơn vị dưới đây.")
            )
        return self.candidates[0]


FIELD_NAMES = {
    "": _("(bỏ qua cột này)"),
    "number": _("Số thứ tự"),
    "household": _("Số hộ"),
    "name": _("Họ và tên"),
    "last_name": _("Họ và chữ đệm"),
    "first_name": _("Tên"),
    "head_name": _("Tên chủ hộ"),
    "birth": _("Ngày sinh"),
    "birth_male": _("Ngày sinh của nam"),
    "birth_female": _("Ngày sinh của nữ"),
    "birth_day": _("Ngày (sinh)"),
    "birth_month": _("Tháng sinh"),
    "birth_year": _("Năm sinh"),
    "sex": _("Giới"),
    "sex_male": _("Dấu: là nam"),
    "sex_female": _("Dấu: là nữ"),
    "id": _("Số định danh (CCCD)"),
    "cmnd": _("Số CMND cũ"),
    "bhxh": _("Mã số BHXH"),
    "card": _("Số thẻ BHYT"),
    "phone": _("Điện thoại"),
    "relation": _("Quan hệ với chủ hộ"),
    "ethnicity": _("Dân tộc"),
    "hamlet": _("Tổ, bản"),
    "unit": _("Xã, phường"),
    "address": _("Địa chỉ"),
    "insurance_place": _("Nơi đăng ký khám chữa bệnh"),
    "note": _("Ghi chú"),
    "system_number": _("Mã hồ sơ"),
    "created": _("Ngày lập hồ sơ"),
    "updated": _("Ngày cập nhật"),
    "app_opened": _("Đã mở ứng dụng"),
    "visits": _("Số lần khám"),
    "status": _("Tình trạng hồ sơ"),
}
DATES = ("birth", "birth_male", "birth_female", "created", "updated")


class LayoutForm(Noted):
    """What each column of one shape of sheet means: one select a column, named by its header."""

    def __init__(self, data=None, *, sheet, locked=False):
        self.sheet, self.layout = sheet, sheet["layout"]
        self.shape = self.layout["shape"]
        super().__init__(data, prefix=f"s{self.shape[:8]}")
        taken = {column: name for name, column in self.layout["columns"].items()}
        self.fields["kind"] = forms.ChoiceField(
            label=_("Đây là"),
            choices=[
                (Batch.ROSTER, _("Danh sách nhân khẩu")),
                (Batch.RECORDS, _("Trích xuất từ phần mềm hồ sơ sức khỏe")),
            ],
            initial=self.layout["kind"],
        )
        self.fields["dates"] = forms.ChoiceField(
            label=_("Ngày tháng viết theo thứ tự"),
            choices=[
                ("", _("như máy nhận ra")),
                ("dmy", _("ngày / tháng / năm")),
                ("mdy", _("tháng / ngày / năm (kiểu Mỹ)")),
            ],
            required=False,
        )
        for column, header in enumerate(sheet["header"]):
            self.fields[f"c{column}"] = forms.ChoiceField(
                label=header or _("cột không có tiêu đề"),
                choices=list(FIELD_NAMES.items()),
                initial=taken.get(column, ""),
                required=False,
            )
        for field in self.fields.values():
            field.disabled = locked

    def columns(self):
        """Each column for the page: letter, select, header, samples, whether it was guessed."""
        for column, header in enumerate(self.sheet["header"]):
            field = self[f"c{column}"]
            yield {
                "letter": column_letter(column),
                "field": field,
                "header": header,
                "samples": [row[column] for row in self.sheet["samples"]],
                "guessed": field.initial in self.layout["guessed"],
                "unread": not field.value(),
            }

    def clean(self):
        cleaned = super().clean() or {}
        chosen = [v for k, v in cleaned.items() if k[0] == "c" and k[1:].isdigit() and v]
        for name in {name for name in chosen if chosen.count(name) > 1}:
            self.add_error(None, _("Hai cột cùng là “%s”: chỉ chọn một.") % FIELD_NAMES[name])
        if not {"name", "first_name"} & set(chosen):
            self.add_error(None, _("Chưa có cột nào là họ và tên."))
        return cleaned

    def said(self):
        """The correction as `guessing.accept` takes it."""
        cleaned = self.cleaned_data
        columns = {
            cleaned[f"c{column}"]: column
            for column in range(len(self.sheet["header"]))
            if cleaned[f"c{column}"]
        }
        said = {"kind": cleaned["kind"], "columns": columns}
        if cleaned["dates"]:
            said["date_order"] = {name: cleaned["dates"] for name in DATES if name in columns}
        return said


def column_letter(column):
    """0 → A, 26 → AA, as Excel names columns."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
