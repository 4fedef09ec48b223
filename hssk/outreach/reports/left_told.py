"""Why people are left without a record, and who has what to open the book with: in words."""

from django.utils.translation import gettext as _

from hssk.coverage.reports.content import Content
from hssk.coverage.reports.telling import (
    Told,
    by_parts,
    change_of,
    day_of,
    heading,
    moved,
    numbered,
    numbers_of,
    percent,
    said,
    signed,
    usual_notes,
)
from hssk.kit.official import NUMBER, TEXT, Column, Row, number_cell

_IN_TABLE = (
    *("nobody_went", "told", "absent", "refused", "not_there", "other", "app_opened"),
    *("no_phone", "phone_unfit", "device_unknown"),
)


def left_told(content: Content) -> Told:
    """A content of what is left in the words of the active language."""
    rows = []
    for depth, first, line in numbered(content):
        it = numbers_of(content, line)
        cells = [
            *first,
            number_cell(it["expected"]),
            number_cell(it["missing"]),
            signed(change_of(content, line, "missing")),
            *(number_cell(it[count]) for count in _IN_TABLE),
        ]
        rows.append(Row(depth, cells, (it["missing"] - it["nobody_went"], 0, it["missing"])))
    lead = _lead(content)
    return Told(
        **heading(content),
        title=_("Lý do còn người chưa có hồ sơ, thiết bị mở sổ sức khỏe"),
        lead=lead,
        brief=[lead[2], *lead[4:]],
        table=_("Lý do còn lại và thiết bị theo {parts}").format(parts=by_parts(content)),
        columns=_columns(content),
        rows=rows,
        notes=[
            _(
                "Mỗi người chưa có hồ sơ được tính một lần, theo lần liên hệ gần nhất còn hiệu "
                "lực. Nơi còn nhiều người nhất đứng đầu."
            ),
            *usual_notes(content),
        ],
        drawn=_("Đã có người đến"),
    )


def _columns(content: Content) -> list[Column]:
    """In the order of the cells."""
    return [
        Column(_("TT"), TEXT, 4),
        Column(_("Đơn vị"), TEXT, 20),
        Column(_("Dân cư")),
        Column(_("Chưa có hồ sơ")),
        Column(_("Tăng, giảm từ {day}").format(day=day_of(content["since"])), NUMBER, 11),
        Column(_("Chưa ai đến")),
        Column(_("Đã báo, chưa làm")),
        Column(_("Đi vắng")),
        Column(_("Không đồng ý"), NUMBER, 8),
        Column(_("Đã chuyển, mất, không ai biết"), NUMBER, 10),
        Column(_("Lý do khác")),
        Column(_("Đã mở sổ trên ứng dụng")),
        Column(_("Không có điện thoại thông minh"), NUMBER, 10),
        Column(_("Máy đầy hoặc cũ")),
        Column(_("Chưa rõ thiết bị")),
    ]


def _lead(content: Content) -> list[str]:
    it = numbers_of(content, content["whole"])
    words = {
        **said(content),
        "went": number_cell(it["missing"] - it["nobody_went"]).text,
        "opened_share": percent(it["app_opened"], it["expected"]).text,
        "change": moved(change_of(content, content["whole"], "missing")),
    }
    lead = [
        _(
            "Đến ngày {day}, {unit} có {expected} người dân, trong đó {missing} người chưa có hồ "
            "sơ sức khỏe nào. Số liệu theo dữ liệu mới nhất, của ngày {data}."
        ),
        _("So với ngày {since}: số người chưa có hồ sơ {change}.")
        if content["whole"]["before"]
        else _("Chưa có số liệu ngày {since} để so sánh."),
        _(
            "Lý do, theo lần liên hệ gần nhất mà cán bộ ghi đến ngày {day}: {nobody_went} người "
            "chưa ai đến; {went} người đã có người đến, gồm {told} người đã báo mà chưa làm, "
            "{absent} người đi vắng, {refused} người không đồng ý, {not_there} người được nói là "
            "đã chuyển đi, đã mất hoặc không ai biết, {other} người vì lý do khác."
        ),
        _(
            "Sổ sức khỏe điện tử: {app_opened} người đã mở ({opened_share} dân cư), theo cột ứng "
            "dụng của trích xuất phần mềm hồ sơ và lời cán bộ ghi khi đến nhà (dữ liệu đến ngày "
            "{data})."
        ),
        _(
            "Thiết bị của người chưa mở sổ, theo lời cán bộ ghi khi đến nhà: {no_phone} người "
            "không có điện thoại thông minh; {phone_unfit} người có máy nhưng máy đầy hoặc cũ, "
            "không cài được. Người đã mở sổ có máy để mở, của mình hoặc của người nhà; "
            "trích xuất không ghi của ai."
        ),
        _(
            "Chưa biết: thiết bị của {device_unknown} người chưa mở sổ. Chưa ai ghi, nên báo cáo "
            "không đoán."
        ),
    ]
    return [sentence.format(**words) for sentence in lead]
