"""Where residents are registered for first contact, in words."""

from django.utils.translation import gettext as _

from hssk.coverage.reports.content import Content
from hssk.coverage.reports.telling import (
    Told,
    change_of,
    day_of,
    heading,
    numbered,
    numbers_of,
    percent,
    said,
    signed,
    usual_notes,
)
from hssk.kit.official import NUMBER, PERCENT, TEXT, Column, Row, number_cell

UNKNOWN = "-"  # the key of those whose facility nobody has said


def facilities(content: Content) -> Told:
    """A content of facilities in the words of the active language."""
    rows = []
    for depth, first, line in numbered(content):
        it = numbers_of(content, line)
        cells = [
            *first,
            number_cell(it["expected"]),
            number_cell(it["near"]),
            number_cell(it["found"]),
            percent(it["found"], it["expected"]),
            signed(change_of(content, line, "found")),
            number_cell(it["to_decide"]),
            number_cell(it["missing"]),
            number_cell(it["app_opened"]),
        ]
        rows.append(Row(depth, cells, (it["found"], it["to_decide"], it["expected"])))
    return Told(
        **heading(content),
        title=_("Hồ sơ sức khỏe theo nơi đăng ký khám chữa bệnh ban đầu"),
        lead=_lead(content),
        table=_("Theo nơi đăng ký khám chữa bệnh ban đầu"),
        columns=_columns(content),
        rows=rows,
        notes=_notes(content),
        drawn=_("Độ bao phủ"),
        goal=content["goal"],
    )


def _columns(content: Content) -> list[Column]:
    """In the order of the cells."""
    return [
        Column(_("TT"), TEXT, 4),
        Column(_("Cơ sở"), TEXT, 30),
        Column(_("Người đăng ký, sống ở đây"), NUMBER, 10),
        Column(_("Trong đó cùng xã với trạm"), NUMBER, 10),
        Column(_("Đã có hồ sơ")),
        Column(_("Tỷ lệ"), PERCENT, 8),
        Column(_("Tăng, giảm từ {day}").format(day=day_of(content["since"])), NUMBER, 11),
        Column(_("Còn chờ xem lại")),
        Column(_("Chưa có hồ sơ")),
        Column(_("Đã mở sổ trên ứng dụng")),
    ]


def _lead(content: Content) -> list[str]:
    it = numbers_of(content, content["whole"])
    words = {**said(content), "rate": percent(it["found"], it["expected"]).text}
    lead = [
        _(
            "Đến ngày {day}, {unit} có {expected} người dân, trong đó {found} người đã có hồ sơ "
            "sức khỏe, đạt {rate}; {missing} người chưa có hồ sơ nào. Số liệu theo dữ liệu mới "
            "nhất, của ngày {data}."
        ),
        _unknown(content),
        _elsewhere(content),
        _(
            "Nơi đăng ký ghi theo danh sách nhân khẩu, không có thì theo hồ sơ ở phần mềm. Thẻ đã "
            "đổi nơi đăng ký mà chưa nguồn nào ghi thì báo cáo chưa biết."
        ),
    ]
    return [sentence.format(**words) for sentence in lead]


def _unknown(content: Content) -> str:
    """How many are of no known facility, where that is a line of its own."""
    line = next((line for line in content["lines"] if UNKNOWN in line["keys"]), None)
    if line is None:
        return _("Ai cũng có nơi đăng ký khám chữa bệnh ban đầu.")
    if len(line["keys"]) > 1:
        return _("Số người chưa rõ nơi đăng ký khám chữa bệnh ban đầu ít nên được tính chung.")
    it = numbers_of(content, line)
    return _(
        "{people} người chưa rõ nơi đăng ký khám chữa bệnh ban đầu, trong đó {without} người chưa "
        "có hồ sơ nào."
    ).format(people=number_cell(it["expected"]).text, without=number_cell(it["missing"]).text)


def _elsewhere(content: Content) -> str:
    """How many are registered where they live; the others are elsewhere, or nobody said where."""
    if any(UNKNOWN in line["keys"] for line in content["lines"]):
        return _(
            "{near} người đăng ký tại trạm y tế của chính xã, phường nơi họ sống; những người còn "
            "lại đăng ký ở nơi khác hoặc chưa rõ nơi đăng ký."
        )
    return _(
        "{near} người đăng ký tại trạm y tế của chính xã, phường nơi họ sống; những người còn lại "
        "đăng ký ở nơi khác."
    )


def _notes(content: Content) -> list[str]:
    return [
        _(
            "Chỉ tính người đang sống ở {unit} vào ngày báo cáo: người đăng ký ở cơ sở mà sống nơi "
            "khác không tính. Mỗi người được tính một lần."
        ).format(unit=content["name"]),
        *usual_notes(content),
    ]
