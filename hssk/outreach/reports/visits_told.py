"""Visits by kind and by insurance, in words."""

from django.utils.translation import gettext as _

from hssk.coverage.reports.content import Content
from hssk.coverage.reports.telling import Told, heading, numbered, numbers_of, percent, said
from hssk.kit.official import NUMBER, PERCENT, TEXT, Column, Row, number_cell


def visits_told(content: Content) -> Told:
    """A content of visits in the words of the active language."""
    rows = []
    for depth, first, line in numbered(content):
        it = numbers_of(content, line)
        cells = [
            *first,
            number_cell(it["visits"]),
            number_cell(it["sent"]),
            percent(it["sent"], it["visits"]),
            *(number_cell(it[count]) for count in ("insured", "uninsured", "unstated", "people")),
        ]
        rows.append(Row(depth, cells, (it["sent"], 0, it["visits"])))
    return Told(
        **heading(content),
        title=_("Lượt khám, chữa bệnh và liên thông dữ liệu theo loại hình"),
        lead=_lead(content),
        table=_("Theo loại hình khám, chữa bệnh"),
        columns=_columns(),
        rows=rows,
        notes=_notes(),
        drawn=_("Đã liên thông"),
    )


def _columns() -> list[Column]:
    """In the order of the cells."""
    return [
        Column(_("TT"), TEXT, 4),
        Column(_("Loại hình"), TEXT, 30),
        Column(_("Số lượt")),
        Column(_("Đã liên thông")),
        Column(_("Tỷ lệ"), PERCENT, 8),
        Column(_("Liên thông, có BHYT"), NUMBER, 10),
        Column(_("Liên thông, không BHYT"), NUMBER, 10),
        Column(_("Chưa liên thông, không rõ BHYT"), NUMBER, 12),
        Column(_("Số người")),
    ]


def _lead(content: Content) -> list[str]:
    it = numbers_of(content, content["whole"])
    words = {**said(content), "rate": percent(it["sent"], it["visits"]).text}
    if not it["visits"]:
        empty = _(
            "Sau ngày {since} đến hết ngày {day}, chưa có lượt khám nào của người dân {unit} trong "
            "hồ sơ. Nhập tệp giám định BHYT của cơ sở rồi mở lại báo cáo."
        )
        return [empty.format(**words)]
    lead = [
        _(
            "Sau ngày {since} đến hết ngày {day}, {people} người dân {unit} có {visits} lượt khám, "
            "chữa bệnh được ghi vào hồ sơ."
        ),
        _(
            "{sent} lượt ({rate}) do phần mềm của cơ sở gửi đến: {insured} lượt có bảo hiểm y tế, "
            "{uninsured} lượt không có. {unstated} lượt do nhân viên y tế ghi tay, chưa liên thông."
        ),
    ]
    return [sentence.format(**words) for sentence in lead]


def _notes() -> list[str]:
    return [
        _(
            "Chỉ tính người đang sống trong đơn vị vào ngày báo cáo, và lượt khám mà phần mềm này "
            "đã nhận được; lượt đã thu hồi không tính. Lượt khám thuộc kỳ theo ngày vào."
        ),
        _(
            "Có bảo hiểm y tế: tệp ghi mã thẻ của người bệnh. Một người có thể ở nhiều dòng; dòng "
            "cộng tính mỗi người một lần."
        ),
        _("Theo mẫu báo cáo sáu tháng của QĐ 2733/QĐ-BYT; mã loại hình của QĐ 1804/QĐ-BYT."),
    ]
