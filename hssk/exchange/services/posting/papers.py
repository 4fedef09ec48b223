"""The blank workbook to fill in, and the sheet of first passwords to hand out."""

from io import BytesIO

from django.utils.translation import gettext as _

from hssk.access.rights import (
    AT_A_FACILITY,
    LOCAL,
    NAMES,
    OF_A_HAMLET,
    OF_AN_ORGANISATION,
    Role,
)
from hssk.access.services import Access, grantable
from hssk.exchange.services.posting.carrying import Handed
from hssk.kit.numbers import format_date
from hssk.kit.workbook import Column, Sheet, write_workbook

_EMPTY_LINES = 30


def blank_workbook(giver: Access) -> bytes:
    """An .xlsx file with the right headers, and a second sheet that says what to write."""
    columns = [
        Column("Tên đăng nhập", 20),
        Column("Họ và tên", 26),
        Column("Nhiệm vụ", 26),
        Column("Đơn vị (mã hoặc tên)", 24),
        Column("Tổ, bản", 20),
        Column("Từ ngày", 12),
        Column("Kết thúc ngày", 14),
        Column("Việc", 12),
    ]
    lines = [[None] * len(columns) for _line in range(_EMPTY_LINES)]
    list_sheet = Sheet(
        name="Danh sách", columns=columns, rows=lines, title="GIAO VÀ KẾT THÚC NHIỆM VỤ",
        landscape=True,
    )  # fmt: skip
    out = BytesIO()
    write_workbook([list_sheet, _guide(giver)], out)
    return out.getvalue()


def _guide(giver: Access) -> Sheet:
    def where(role: Role) -> str:
        if role in OF_A_HAMLET:
            return _("đơn vị và tổ, bản")
        return _("đơn vị") if role in LOCAL else _("đơn vị; để trống là mọi nơi có dữ liệu ở đây")

    return Sheet(
        name="Hướng dẫn",
        columns=[Column(_("Nhiệm vụ"), 34), Column(_("Phải ghi"), 44)],
        rows=[  # a post at a facility or of an organisation is given on its page alone
            [str(NAMES[role]), where(role)]
            for role in grantable(giver)
            if role not in AT_A_FACILITY | OF_AN_ORGANISATION
        ],
        title=_("Hướng dẫn"),
        notes=[
            _("Mỗi dòng một nhiệm vụ của một người; một người có hai nhiệm vụ thì hai dòng."),
            _("Tên đăng nhập mới: một tài khoản được tạo, mật khẩu tạm in ra một lần khi ghi."),
            _("Việc: “Giao” (hoặc để trống) hay “Kết thúc”."),
            _("Từ ngày để trống là hôm nay; từ “Kết thúc ngày” nhiệm vụ không còn mở gì nữa."),
        ],
    )


def password_workbook(handed: list[Handed]) -> bytes:
    """The first passwords as an .xlsx file, a line a person, to be cut apart and handed out."""
    columns = [
        Column(_("Họ và tên"), 26),
        Column(_("Tên đăng nhập"), 20),
        Column(_("Mật khẩu tạm"), 26),
        Column(_("Nhiệm vụ"), 26),
        Column(_("Địa bàn"), 30),
        Column(_("Từ ngày"), 12),
    ]
    rows = [
        [
            each.post.user.full_name, each.post.user.username, each.password,
            str(each.post.role_name), each.post.area, format_date(each.post.since),
        ]
        for each in handed
    ]  # fmt: skip
    sheet = Sheet(
        name=_("Mật khẩu tạm"), columns=columns, rows=rows, title=_("MẬT KHẨU TẠM"),
        subtitle=_("Đưa tận tay từng người, dặn đổi ngay khi vào; phát xong hãy xóa tệp này."),
        landscape=True,
    )  # fmt: skip
    out = BytesIO()
    write_workbook([sheet], out)
    return out.getvalue()
