"""What somebody who sees figures alone may ask for next; nothing in these sentences is personal."""

from datetime import date

from django.utils.translation import gettext as _

from hssk.coverage.reports.content import Line
from hssk.coverage.rules import gap_to_goal
from hssk.coverage.services import Figures
from hssk.kit.numbers import format_date
from hssk.kit.words import count_of, language

OLD = 30  # days after which data are old enough to be asked for anew


def what_next(whole: Figures, lines: list[Line], *, newest: date | None, today: date) -> list[str]:
    """The steps, the most pressing first. `lines` are the parts as they are told, worst first."""
    steps = [
        _late(newest, today),
        _furthest(whole, lines),
        *_fallen(lines),
        _waiting(whole),
        _kept(whole),
    ]
    return [step for step in steps if step]


def _late(newest: date | None, today: date) -> str:
    if newest is None or (today - newest).days <= OLD:
        return ""
    return _(
        "Số liệu mới nhất là của ngày {day}: nhắc trung tâm y tế nhập danh sách nhân khẩu và trích "
        "xuất hồ sơ mới."
    ).format(day=format_date(newest, language()))


def _furthest(whole: Figures, lines: list[Line]) -> str:
    alone = [line for line in lines if len(line["keys"]) == 1]
    if not alone or not whole.gap:
        return ""
    gaps = [gap_to_goal(line["now"][1], line["now"][0], whole.goal) for line in alone]
    gap, line = max(zip(gaps, alone, strict=True), key=lambda one: one[0])
    if not gap:
        return ""
    return _(
        "{place} còn thiếu nhiều nhất, {people}: giao trạm y tế cùng trưởng tổ, bản đến từng hộ "
        "theo danh sách giao."
    ).format(place=line["name"], people=count_of(gap, "person"))


def _fallen(lines: list[Line]) -> list[str]:
    """The place in which most people lost their record since, if there is one."""
    lost = [
        (line["before"][1] - line["now"][1], line["name"])
        for line in lines
        if line["before"] and len(line["keys"]) == 1
    ]
    most, place = max(lost, default=(0, ""))
    if most <= 0:
        return []
    text = _("{place} có ít hơn trước {people} có hồ sơ: hỏi trạm y tế vì sao.")
    return [text.format(place=place, people=count_of(most, "person"))]


def _waiting(whole: Figures) -> str:
    if not whole.counts.to_decide:
        return ""
    text = _("{people} có thể đã có hồ sơ, đang chờ xác nhận: nhắc cán bộ phụ trách xem lại.")
    return text.format(people=count_of(whole.counts.to_decide, "person"))


def _kept(whole: Figures) -> str:
    if whole.gap or not whole.counts.missing:
        return ""
    text = _("Đã đạt mục tiêu; còn {people} chưa có hồ sơ nào: tiếp tục lập cho đủ.")
    return text.format(people=count_of(whole.counts.missing, "person"))
