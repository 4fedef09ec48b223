"""The blank workbook of an organisation's members."""

from io import BytesIO

from django.conf import settings
from django.utils.translation import gettext as _

from hssk.exchange.formats.mark import MARK
from hssk.kit.workbook import Column, Sheet, write_workbook

_EMPTY_LINES = 50


def blank_members() -> bytes:
    """An .xlsx file with headers that are understood, and a second sheet that says what to write.

    In a home of invented people it says of itself that its people do not exist.
    """
    columns = [
        Column("STT", 6),
        Column("Họ và tên", 28),
        Column("Ngày sinh", 14),
        Column("Giới tính", 10),
        Column("Số định danh (CCCD)", 20),
        Column("Tổ, bản", 20),
        Column("Xã, phường", 20),
    ]
    listed = Sheet(
        name="Danh sách", columns=columns, title="DANH SÁCH THÀNH VIÊN", landscape=True,
        rows=[[None] * len(columns) for _line in range(_EMPTY_LINES)],
    )  # fmt: skip
    guide = Sheet(
        name="Hướng dẫn",
        columns=[Column(_("Cột"), 26), Column(_("Ghi gì"), 60)],
        rows=[
            ["Họ và tên", _("Đủ họ và tên như trên giấy tờ. Bắt buộc.")],
            ["Ngày sinh", _("Ngày/tháng/năm, ví dụ 5/3/1988. Chỉ biết năm thì ghi năm.")],
            ["Số định danh (CCCD)", _("Có thì nhận ra chắc chắn; không bắt buộc.")],
            ["Tổ, bản; Xã, phường", _("Nơi đang ở; giúp phân biệt người trùng tên.")],
        ],
        title=_("Hướng dẫn"),
        notes=[_("Không ghi gì về sức khỏe. Không xóa dòng tiêu đề.")],
    )
    out = BytesIO()
    write_workbook([listed, guide], out, mark=MARK if settings.HSSK_INVENTED else "")
    return out.getvalue()
