"""People examined, by group and by source of money, in words."""

from django.utils.translation import gettext as _

from hssk.coverage.reports.content import Content
from hssk.coverage.reports.telling import Told, heading, numbered, numbers_of, percent, said
from hssk.kit.official import NUMBER, PERCENT, TEXT, Column, Row, number_cell
from hssk.outreach.reports.checkups import CALLED


def checkups_told(content: Content) -> Told:
    """A content of people examined in the words of the active language."""
    rows = []
    for depth, first, line in numbered(content):
        it = numbers_of(content, line)
        numbers = (number_cell(it[count]) for count in CALLED)
        cells = [*first, *numbers, percent(it["numbered"], it["people"])]
        rows.append(Row(depth, cells, (it["numbered"], 0, it["people"])))
    return Told(
        **heading(content),
        title=_("Người được khám sức khỏe theo nhóm đối tượng và nguồn chi trả"),
        lead=_lead(content),
        table=_("Theo nhóm đối tượng"),
        columns=_columns(),
        rows=rows,
        notes=_notes(),
        drawn=_("Có số định danh cá nhân"),
    )


def _columns() -> list[Column]:
    """In the order of the cells."""
    return [
        Column(_("TT"), TEXT, 4),
        Column(_("Đối tượng"), TEXT, 30),
        *(Column(str(name), NUMBER, 9) for name in CALLED.values()),
        Column(_("Tỷ lệ"), PERCENT, 8),
    ]


def _lead(content: Content) -> list[str]:
    it = numbers_of(content, content["whole"])
    words = {**said(content), "rate": percent(it["numbered"], it["people"]).text}
    if not it["people"]:
        empty = _(
            "Sau ngày {since} đến hết ngày {day}, chưa nhận được kết quả khám sức khỏe nào của "
            "người dân {unit}. Nhập tệp khám sức khỏe (KHAMSUCKHOE) của cơ sở rồi mở lại báo cáo."
        )
        return [empty.format(**words)]
    lead = [
        _(
            "Sau ngày {since} đến hết ngày {day}, {people} người dân {unit} được khám sức khỏe và "
            "có kết quả trong hồ sơ."
        ),
        _(
            "{numbered} người ({rate}) có số định danh cá nhân, là điều kiện để kết quả lên được "
            "Sổ sức khỏe điện tử."
        ),
    ]
    return [sentence.format(**words) for sentence in lead]


def _notes() -> list[str]:
    return [
        _(
            "Mỗi người tính một lần, theo lần khám gần nhất trong kỳ. Người thuộc nhiều nhóm tính "
            "vào nhóm đứng trước trong danh mục đối tượng."
        ),
        _(
            "Chỉ tính người đang sống trong đơn vị vào ngày báo cáo, và kết quả khám mà phần mềm "
            "này đã nhận được; kết quả đã thu hồi không tính."
        ),
        _(
            "Kết quả đã lên Sổ sức khỏe điện tử trên VNeID hay chưa do cơ sở khám và Bộ Y tế biết; "
            "tệp không ghi điều đó."
        ),
        _(
            "Theo Công văn 1129/TTg-KGVX; mã đối tượng, nguồn chi trả theo QĐ 1551/QĐ-BYT, sửa đổi "
            "bởi QĐ 2062/QĐ-BYT."
        ),
    ]
