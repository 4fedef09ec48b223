"""A copy of a list on paper: the same copy gives the same bytes."""

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from hssk.kit.numbers import format_date, format_number
from hssk.outreach.models import Copy, ListedPerson
from hssk.outreach.papers import setting
from hssk.outreach.rules import Purpose
from hssk.outreach.rules.copies import marks_of
from hssk.outreach.services.issuing import TASKS, done_word


def list_as_pdf(copy: Copy, lines: Iterable[ListedPerson], place: str) -> bytes:
    """A copy on A4 in large print, its rows with the marks of this copy.

    place  where its hamlet is, as `naming.lies` says it of the day on which it was issued
    """
    return setting.typeset(
        "list.typ", _told(copy, list(lines), place), format="pdf", timestamp=_stamp(copy)
    )


def list_as_pictures(
    copy: Copy, lines: Iterable[ListedPerson], place: str, *, dpi: int
) -> list[bytes]:
    """The same pages as PNG, one a page, as a scanner of `dpi` dots an inch would give them."""
    pages = setting.typeset("list.typ", _told(copy, list(lines), place), format="png", ppi=dpi)
    return pages if isinstance(pages, list) else [pages]


def _stamp(copy: Copy) -> int:
    """When it was issued: a paper printed again is the same paper."""
    return int(copy.issued_at.astimezone(UTC).timestamp())


@translation.override("vi")
def _told(copy: Copy, lines: list[ListedPerson], place: str) -> dict[str, Any]:
    """What stands on the paper, in the language of whoever it is handed to."""
    marks = marks_of(bytes(copy.seed), len(lines))
    return {
        "invented": settings.HSSK_INVENTED,
        "title": _("Danh sách giao cho tổ, bản"),
        "place": place,
        "task": _(TASKS[Purpose(copy.purpose)]),
        "facts": [
            [_("Số bản"), copy.serial],
            [_("Người giữ"), copy.holder],
            [_("Người giao"), str(copy.issued_by)],
            [_("Ngày giao"), format_date(copy.issued_on, "vi")],
            [_("Phải trả lại trước ngày"), format_date(copy.until, "vi")],
        ],
        "count": _("{n} người").format(n=format_number(len(lines), "vi")),
        "heads": [_("Số"), _("Họ và tên"), _("Sinh năm"), _("Chủ hộ"),
                  _(done_word(copy.purpose)).capitalize()],
        "warning": _(
            "Chỉ dùng cho việc ghi ở trên. Không sao chụp, không gửi qua mạng. Thu hồi khi hết hạn."
        ),
        "signed": [_("Người giao"), _("Người nhận"), _("Ngày trả lại, chữ ký")],
        "lines": [
            {"number": line.number, "name": " ".join(line.name.split()), "year": line.year,
             "head": " ".join(line.head.split()),
             "space": mark.space, "place": mark.place}
            for line, mark in zip(lines, marks, strict=True)
        ],
    }  # fmt: skip
