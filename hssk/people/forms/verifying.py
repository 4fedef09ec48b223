"""What is said of a confirmed identity: by what, and why it is taken back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from hssk.access.refusals import Noted
from hssk.people.forms.fields import PLAIN
from hssk.people.models import Document, How

DOCUMENTS = {
    Document.IDENTITY_CARD: _("Căn cước, căn cước công dân"),
    Document.VNEID: _("VNeID mức độ 2, mở tại chỗ trên máy của người dân"),
    Document.BIRTH_CERTIFICATE: _("Giấy khai sinh, giấy chứng sinh (trẻ em)"),
    Document.PASSPORT: _("Hộ chiếu"),
    Document.OTHER: _("Giấy tờ khác (ghi rõ)"),
}
POPULATION = _("Tra cứu cơ sở dữ liệu quốc gia về dân cư")


class VerifyForm(Noted):
    """By what somebody's identity was confirmed, in one choice: a document, or the database."""

    by_what = forms.ChoiceField(
        label=_("Đã đối chiếu với"),
        choices=[*DOCUMENTS.items(), (How.POPULATION, POPULATION)],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label=_("Giấy tờ khác là gì"),
        max_length=200,
        required=False,
        help_text=_("Chỉ ghi loại giấy tờ. Đừng ghi số của giấy tờ."),
        widget=forms.TextInput(attrs=PLAIN),
    )

    def clean(self):
        """Another document is named; of the rest nothing is noted."""
        said = super().clean() or {}
        other = said.get("by_what") == Document.OTHER
        if other and not said.get("note"):
            self.add_error("note", _("Hãy ghi rõ là giấy tờ gì."))
        if not other:
            said["note"] = ""
        return said

    def confirmed(self) -> tuple[How, str, str]:
        """How, the document ("" for the database), the note."""
        chosen = self.cleaned_data["by_what"]
        if chosen == How.POPULATION:
            return How.POPULATION, "", ""
        return How.DOCUMENT, chosen, self.cleaned_data["note"]


class TakeBackForm(Noted):
    """Why a confirmed identity counts no more."""

    why = forms.CharField(
        label=_("Lý do hủy xác minh"),
        max_length=500,
        help_text=_("Ví dụ: nhầm với người trùng tên. Đừng ghi số giấy tờ."),
        widget=forms.TextInput(attrs=PLAIN),
    )


def by_what(how: str, document: str, note: str) -> str:
    """By what somebody was verified, as a page says it."""
    if how == How.POPULATION:
        return str(POPULATION)
    return note if document == Document.OTHER else str(DOCUMENTS[Document(document)])
