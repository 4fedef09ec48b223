"""A report in words and tables, from its figures: what page, paper and files all show."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from hssk.coverage.reports.content import Content, Line, lines_of
from hssk.coverage.rules import gap_to_goal
from hssk.kit.numbers import (
    NO_FIGURE,
    format_date,
    format_number,
    format_percent,
    format_signed,
)
from hssk.kit.official import (
    NUMBER,
    PERCENT,
    TEXT,
    Cell,
    Column,
    Row,
    number_cell,
    text_cell,
)
from hssk.kit.words import language
from hssk.places.models import Unit


@dataclass(frozen=True)
class Told:
    """A report. `lead` says it in sentences; `rows` end with the whole; `notes` stand below."""

    kind: str
    unit: str
    level: str
    on: date
    title: str
    lead: list[str]
    table: str
    columns: list[Column]
    rows: list[Row]
    notes: list[str] = field(default_factory=list)
    goal: float | None = None

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Cell, Column]]]]:
        """The rows, each with what stands in which column."""
        return [(row, list(zip(row.cells, self.columns, strict=True))) for row in self.rows]


def told(content: Content) -> Told:
    """A content in the words of the active language."""
    return _TOLD[content["kind"]](content)


def number_of(line: Line, counts: Sequence[str], count: str) -> int:
    """One number of a line by its name."""
    return line["now"][counts.index(count)]


def _signed(value: int | None) -> Cell:
    return Cell(NO_FIGURE if value is None else format_signed(value, language()), value)


def _percent(part: int, whole: int) -> Cell:
    return Cell(format_percent(part, whole, language()), part / whole if whole else None)


def _day(text: str) -> str:
    return format_date(date.fromisoformat(text), language())


def _per_cent(goal: float) -> str:
    text = f"{goal:g}"
    return f"{text.replace('.', ',')} %" if language() == "vi" else f"{text}%"


def _progress(content: Content) -> Told:
    goal, counts = content["goal"], content["counts"]
    rows, order = [], 0
    for depth, line in lines_of(content):
        order = order + 1 if depth == 1 else order
        rows.append(_progress_row(depth, order, line, counts, goal))
    return Told(
        kind=content["kind"],
        unit=content["name"],
        level=content["level"],
        on=date.fromisoformat(content["on"]),
        title=_("Tiến độ tạo lập hồ sơ sức khỏe điện tử"),
        lead=_progress_lead(content),
        table=_("Tiến độ theo {parts}").format(
            parts=_("tổ, bản") if content["level"] == Unit.COMMUNE else _("xã, phường và tổ, bản")
        ),
        columns=[
            Column(_("TT"), TEXT, 4),
            Column(_("Đơn vị"), TEXT, 26),
            Column(_("Dân cư")),
            Column(_("Đã có hồ sơ")),
            Column(_("Tỷ lệ"), PERCENT, 8),
            Column(_("Tăng, giảm từ {day}").format(day=_day(content["since"])), NUMBER, 11),
            Column(_("Còn chờ xem lại")),
            Column(_("Chưa có hồ sơ")),
            Column(_("Còn đến {goal}").format(goal=_per_cent(goal))),
            Column(_("Đã mở sổ trên ứng dụng")),
        ],
        rows=rows,
        notes=_progress_notes(content),
        goal=goal,
    )


def _progress_row(depth: int, order: int, line: Line, counts: list[str], goal: float) -> Row:
    people, found, wait, missing, opened = (
        number_of(line, counts, count)
        for count in ("expected", "found", "to_decide", "missing", "app_opened")
    )
    return Row(
        depth,
        [
            text_cell(str(order) if depth == 1 else ""),
            text_cell(line["name"] if depth else _("Cộng")),
            number_cell(people),
            number_cell(found),
            _percent(found, people),
            _signed(found - line["before"][1] if line["before"] else None),
            number_cell(wait),
            number_cell(missing),
            number_cell(gap_to_goal(found, people, goal)),
            number_cell(opened),
        ],
        (found, wait, people),
    )


def _progress_lead(content: Content) -> list[str]:
    counts, whole, goal = content["counts"], content["whole"], content["goal"]
    people, found, wait, missing, opened = (
        number_of(whole, counts, count)
        for count in ("expected", "found", "to_decide", "missing", "app_opened")
    )
    said = {
        "unit": content["name"], "day": _day(content["on"]), "since": _day(content["since"]),
        "data": _day(content["data"]), "people": format_number(people, language()),
        "found": format_number(found, language()),
        "rate": format_percent(found, people, language()),
        "wait": format_number(wait, language()), "missing": format_number(missing, language()),
        "opened": format_number(opened, language()), "goal": _per_cent(goal),
        "of_found": format_percent(opened, found, language()),
        "gap": format_number(gap_to_goal(found, people, goal), language()),
    }  # fmt: skip
    lead = [
        _(
            "Đến ngày {day}, {unit} có {people} người dân, trong đó {found} người đã có hồ sơ sức "
            "khỏe, đạt {rate}. Số liệu theo dữ liệu mới nhất, của ngày {data}."
        ),
        _progress_change(content, found),
        _("So với mục tiêu {goal}, còn thiếu {gap} người.")
        if gap_to_goal(found, people, goal)
        else _("Đã đạt mục tiêu {goal}."),
        _(
            "Người chưa được tính là có hồ sơ gồm: {missing} người có tên trong danh sách nhân "
            "khẩu mà chưa có hồ sơ nào; {wait} người có thể đã có hồ sơ, đang chờ người xác nhận."
        ),
        _(
            "Sổ sức khỏe điện tử: {opened} người đã mở trên ứng dụng, bằng {of_found} số người đã "
            "có hồ sơ, theo cột ứng dụng của trích xuất phần mềm hồ sơ (dữ liệu đến ngày {data})."
        ),
        _(
            "Chưa biết: ai có điện thoại thông minh, ai không mở được sổ và vì sao. Chưa nguồn nào "
            "ghi những điều này, nên báo cáo không nêu con số."
        ),
    ]
    return [sentence.format(**said) for sentence in lead if sentence]


def _progress_change(content: Content, found: int) -> str:
    before, since = content["whole"]["before"], _day(content["since"])
    if not before:
        return _("Chưa có số liệu ngày {since} để so sánh.").format(since=since)
    was = format_percent(before[1], before[0], language())
    change = format_signed(found - before[1], language())
    if content["against"]:
        text = _("So với báo cáo đã gửi, số liệu ngày {since} ({was}): {change} người có hồ sơ.")
    else:
        text = _("So với ngày {since} ({was}): {change} người có hồ sơ.")
    return text.format(since=since, was=was, change=change)


def _progress_notes(content: Content) -> list[str]:
    notes = [_("Mỗi người được tính một lần. Nơi còn thiếu nhiều người nhất đứng đầu.")]
    if any(len(line["keys"]) > 1 for _depth, line in lines_of(content)):
        notes.append(
            _(
                "Nơi dưới 30 người được tính chung với nơi khác trong một dòng, "
                "để không ai bị nhận ra."
            )
        )
    if any(line["before"] is None for _depth, line in lines_of(content)):
        notes.append(
            _("Dấu – ở cột tăng, giảm: lần trước chưa có, quá ít người, hoặc được tính chung khác.")
        )
    return notes


_TOLD = {"progress": _progress}
