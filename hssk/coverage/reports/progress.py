"""How far records have come, in words."""

from django.utils.translation import gettext as _

from hssk.coverage.reports.content import Content, Line
from hssk.coverage.reports.telling import (
    Told,
    by_parts,
    change_of,
    day_of,
    heading,
    moved,
    numbered,
    numbers_of,
    per_cent,
    percent,
    said,
    signed,
    usual_notes,
)
from hssk.coverage.rules import gap_to_goal
from hssk.kit.official import NUMBER, PERCENT, TEXT, Column, Row, number_cell


def progress(content: Content) -> Told:
    """A content of progress in the words of the active language."""
    goal = content["goal"]
    return Told(
        **heading(content),
        title=_("Tiến độ tạo lập hồ sơ sức khỏe điện tử"),
        lead=_lead(content),
        table=_("Tiến độ theo {parts}").format(parts=by_parts(content)),
        columns=[
            Column(_("TT"), TEXT, 4),
            Column(_("Đơn vị"), TEXT, 26),
            Column(_("Dân cư")),
            Column(_("Đã có hồ sơ")),
            Column(_("Tỷ lệ"), PERCENT, 8),
            Column(_("Tăng, giảm từ {day}").format(day=day_of(content["since"])), NUMBER, 11),
            Column(_("Còn chờ xem lại")),
            Column(_("Chưa có hồ sơ")),
            Column(_("Còn đến {goal}").format(goal=per_cent(goal))),
            Column(_("Đã mở sổ trên ứng dụng")),
        ],
        rows=[_row(depth, first, content, line) for depth, first, line in numbered(content)],
        notes=[
            _("Mỗi người được tính một lần. Nơi còn thiếu nhiều người nhất đứng đầu."),
            *usual_notes(content),
        ],
        drawn=_("Độ bao phủ"),
        goal=goal,
    )


def _row(depth: int, first: list, content: Content, line: Line) -> Row:
    it = numbers_of(content, line)
    cells = [
        *first,
        number_cell(it["expected"]),
        number_cell(it["found"]),
        percent(it["found"], it["expected"]),
        signed(change_of(content, line, "found")),
        number_cell(it["to_decide"]),
        number_cell(it["missing"]),
        number_cell(gap_to_goal(it["found"], it["expected"], content["goal"])),
        number_cell(it["app_opened"]),
    ]
    return Row(depth, cells, (it["found"], it["to_decide"], it["expected"]))


def _lead(content: Content) -> list[str]:
    it = numbers_of(content, content["whole"])
    gap = gap_to_goal(it["found"], it["expected"], content["goal"])
    words = {
        **said(content),
        "people": number_cell(it["expected"]).text, "wait": number_cell(it["to_decide"]).text,
        "opened": number_cell(it["app_opened"]).text, "goal": per_cent(content["goal"]),
        "rate": percent(it["found"], it["expected"]).text,
        "of_found": percent(it["app_opened"], it["found"]).text, "gap": number_cell(gap).text,
    }  # fmt: skip
    lead = [
        _(
            "Đến ngày {day}, {unit} có {people} người dân, trong đó {found} người đã có hồ sơ sức "
            "khỏe, đạt {rate}. Số liệu theo dữ liệu mới nhất, của ngày {data}."
        ),
        _change(content),
        _("So với mục tiêu {goal}, còn thiếu {gap} người.")
        if gap
        else _("Đã đạt mục tiêu {goal}."),
        _(
            "Người chưa được tính là có hồ sơ gồm: {missing} người có tên trong danh sách nhân "
            "khẩu mà chưa có hồ sơ nào; {wait} người có thể đã có hồ sơ, đang chờ người xác nhận."
        ),
        _(
            "Sổ sức khỏe điện tử: {opened} người đã mở trên ứng dụng, bằng {of_found} số người đã "
            "có hồ sơ, theo cột ứng dụng của trích xuất phần mềm hồ sơ và lời cán bộ ghi khi đến "
            "nhà (dữ liệu đến ngày {data})."
        ),
        _("Vì sao còn người chưa có hồ sơ, ai không mở được sổ và vì sao: xem phần dưới đây.")
        if content.get("parts")
        else _(
            "Vì sao còn người chưa có hồ sơ, ai không mở được sổ và vì sao: xem báo cáo lý do còn "
            "lại và thiết bị của {unit}."
        ),
    ]
    return [sentence.format(**words) for sentence in lead]


def _change(content: Content) -> str:
    whole = content["whole"]
    change = change_of(content, whole, "found")
    if change is None:
        return _("Chưa có số liệu ngày {since} để so sánh.")
    was = percent(whole["before"][1], whole["before"][0]).text
    if content["against"]:
        sentence = _(
            "So với báo cáo đã gửi, số liệu ngày {since} ({was}): số người có hồ sơ {change}."
        )
    else:
        sentence = _("So với ngày {since} ({was}): số người có hồ sơ {change}.")
    return sentence.format(since=day_of(content["since"]), was=was, change=moved(change))
