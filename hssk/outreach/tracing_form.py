"""The form for a picture of a list that got out."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.outreach.rules.tracing import FEWEST_SEEN, MOST_SEEN, Seen, rows_seen


class TraceForm(forms.Form):
    """Rows one below the other, as a picture shows them."""

    rows = forms.CharField(
        label=gettext_lazy("Các dòng trong ảnh, từ trên xuống"),
        help_text=gettext_lazy(
            "Mỗi dòng một người, từ 5 dòng liền nhau trở lên. Đo được dấu thì ghi sau tên, như: "
            "Lò Thị Mơ 2 3. Dấu không đọc được thì ghi ?"
        ),
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        max_length=6000,
    )

    def clean_rows(self) -> list[Seen]:
        rows, unread = rows_seen(self.cleaned_data["rows"])
        if unread is not None:
            raise forms.ValidationError(
                _("Chưa đọc được dòng {line}. Ghi tên, rồi hai dấu từ 0 đến 3 nếu có.").format(
                    line=unread
                )
            )
        if len(rows) < FEWEST_SEEN:
            raise forms.ValidationError(
                _(
                    "Cần ít nhất {least} dòng liền nhau: ít hơn thì không nói được là bản nào."
                ).format(least=FEWEST_SEEN)
            )
        return rows[:MOST_SEEN]
