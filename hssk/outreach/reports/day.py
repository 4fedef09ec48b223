"""The report of a session's day: who was expected and what came of it, hours, costs, problems.

A content is made of plain values: figures, names of places, of the team and of lines of costs, and
the words of whoever closed the day. Of hamlets that the ledger's tables tell as one line no figure
stands in it, and of outcomes that few people had no kind (docs/decisions/0027).
"""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.coverage.services.small import told_together
from hssk.kit import official
from hssk.kit.dates import format_day
from hssk.kit.numbers import format_date, format_number
from hssk.kit.official import (
    NUMBER,
    PLAIN,
    TEXT,
    Column,
    Heading,
    Letter,
    Paper,
    Row,
    Table,
    invented_line,
    number_cell,
    text_cell,
)
from hssk.kit.official.kept import read
from hssk.kit.official.paper import day_written
from hssk.kit.words import count_of, language
from hssk.outreach.errors import CannotPlan
from hssk.outreach.forms import OUTCOMES
from hssk.outreach.models import Closing, DayReport, Kind, Session
from hssk.outreach.rules.telling import apart
from hssk.outreach.services.closing import usual_spending
from hssk.outreach.services.daybooks.checking_in import outcomes_of
from hssk.outreach.services.naming import names_on
from hssk.outreach.services.reasons import NOBODY_WENT, reasons_in
from hssk.places.services import office_of

Content = dict[str, Any]
FILES = {"pdf": official.as_pdf, "docx": official.as_word}


def day_content(session: Session, *, by: User, today: date) -> Content:
    """The report of a session that was closed, as it would be sent now. The rows behind its counts
    are read as the machine. Raises CannotPlan for one that was not closed."""
    closing = Closing.objects.filter(session=session).first()
    if closing is None:
        raise CannotPlan(_n("Buổi này chưa kết thúc. Hãy ghi kết quả trước."))
    small: frozenset[int] = frozenset().union(*told_together(session.unit, session.on))
    with as_machine(by, today):
        found = [one for one in outcomes_of(session) if one[0].hamlet_id not in small]
        left = reasons_in([stop.hamlet_id for stop, _missing, _said in found], session.on)
    stops = list(session.stops.select_related("hamlet"))
    planned, names = usual_spending(session), names_on(session.on)
    others = sum((said for _stop, _missing, said in found), Counter[str]())
    others.pop(Kind.RECORD_MADE, None)
    return {
        "kind": "day", "session": session.pk, "unit": session.unit.code, "name": str(session.unit),
        "level": session.unit.level, "on": session.on.isoformat(), "place": session.place,
        "team": session.team.name if session.team else "",
        "hours": [f"{closing.began:%H:%M}", f"{closing.ended:%H:%M}"],
        "hamlets": [names[stop.hamlet_id] for stop in stops],
        "lines": [
            {"name": names[stop.hamlet_id], "made": stop.came, "left": missing,
             "expected": stop.expected if len(found) == len(stops) else None,
             "met": said.total() - said[Kind.RECORD_MADE]}
            for stop, missing, said in found
        ],
        "outcomes": _apart(others),
        "reasons": _apart(sum(left.values(), Counter[str]())),
        "problems": closing.problems,
        "costs": [
            [line.name, planned.get(line.name), line.amount] for line in session.spendings.all()
        ],
    }  # fmt: skip


def _apart(counted: Mapping[str, int]) -> dict[str, Any]:
    told, rest = apart(counted)
    return {"told": told, "rest": rest}


def day_told(content: Content) -> list[str | Heading | Table]:
    """A content in the words of the active language."""
    rest = len(content["hamlets"]) - len(content["lines"])
    body: list[str | Heading | Table] = [_lead(content), Heading(_("Kết quả theo tổ, bản"))]
    body += [_by_hamlet(content)] if content["lines"] else []
    if rest:
        body.append(
            _("{n} tổ, bản ít người không nêu số, để không ai bị nhận ra.").format(
                n=format_number(rest, language())
            )
        )
    body += _kinds(_("Kết quả khác của những người đã gặp"), content["outcomes"])
    body += _kinds(_("Vì sao còn người chưa có hồ sơ"), content["reasons"])
    body += [Heading(_("Khó khăn")), content["problems"] or _("Không có.")]
    body += [Heading(_("Chi phí")), _costs(content["costs"])]
    return body


def _lead(content: Content) -> str:
    made = sum(line["made"] or 0 for line in content["lines"])
    expected = [line["expected"] for line in content["lines"]]
    words = _(
        "Buổi ngày {day} tại {place} ({hamlets}), làm việc từ {began} đến {ended}, "
        "lập hồ sơ cho {made}."
    )
    if expected and None not in expected:
        words = _(
            "Buổi ngày {day} tại {place} ({hamlets}), làm việc từ {began} đến {ended}, "
            "lập hồ sơ cho {made}, dự kiến {expected}."
        )
    return words.format(
        day=format_date(date.fromisoformat(content["on"]), language()), place=content["place"],
        hamlets=", ".join(content["hamlets"]), began=content["hours"][0], ended=content["hours"][1],
        made=count_of(made, "person") if content["lines"] else _("những nơi không nêu số"),
        expected=count_of(sum(one or 0 for one in expected), "person"),
    )  # fmt: skip


def _by_hamlet(content: Content) -> Table:
    names = ("expected", "made", "met", "left")
    rows = [
        Row(PLAIN, [text_cell(str(order)), text_cell(line["name"]),
                    *(number_cell(line[name]) for name in names)])
        for order, line in enumerate(content["lines"], 1)
    ]  # fmt: skip
    if len(rows) > 1:
        sums = [[line[name] for line in content["lines"]] for name in names]
        rows.append(Row(0, [text_cell(""), text_cell(_("Cộng")), *(
            number_cell(None if None in column else sum(column)) for column in sums)]))  # fmt: skip
    return Table("", [
        Column(_("TT"), TEXT, 4), Column(_("Tổ, bản"), TEXT, 26), Column(_("Dự kiến")),
        Column(_("Lập hồ sơ")), Column(_("Kết quả khác")), Column(_("Còn thiếu")),
    ], rows)  # fmt: skip


def _kinds(title: str, counted: dict[str, Any]) -> list[str | Heading | Table]:
    names: dict[Any, Any] = {**OUTCOMES, NOBODY_WENT: _("Chưa ai đến gặp")}
    lines = [(str(names.get(kind, kind)).capitalize(), n) for kind, n in counted["told"].items()]
    if counted["rest"]:
        lines.append((_("Lý do khác, mỗi lý do ít người"), counted["rest"]))
    if not lines:
        return []
    rows = [
        Row(PLAIN, [text_cell(str(order)), text_cell(name), number_cell(many)])
        for order, (name, many) in enumerate(lines, 1)
    ]
    columns = [Column(_("TT"), TEXT, 4), Column(_("Kết quả"), TEXT, 40), Column(_("Người"))]
    return [Heading(title), Table("", columns, rows)]


def _costs(costs: list[list[Any]]) -> str | Table:
    if not costs:
        return _("Không ghi khoản chi nào.")
    rows = [
        Row(PLAIN, [text_cell(str(order)), text_cell(name), number_cell(planned),
                    number_cell(amount)])
        for order, (name, planned, amount) in enumerate(costs, 1)
    ]  # fmt: skip
    whole = sum(amount for _name, _planned, amount in costs)
    rows.append(Row(0, [*map(text_cell, ("", _("Cộng"), "")), number_cell(whole)]))
    return Table("", [
        Column(_("TT"), TEXT, 4), Column(_("Khoản chi"), TEXT, 26),
        Column(_("Dự toán (đồng)"), NUMBER, 12), Column(_("Đã chi (đồng)"), NUMBER, 12),
    ], rows)  # fmt: skip


def today_otherwise(report: DayReport, *, by: User, today: date) -> list[str]:
    """What the same report would say otherwise today, a line each; nothing where it is the same."""
    sent = set(_lines(day_told(read(report.content))))
    now = _lines(day_told(day_content(report.session, by=by, today=today)))
    return [line for line in now if line not in sent]


def _lines(body: list[str | Heading | Table]) -> list[str]:
    lines: list[str] = []
    for block in body:
        if isinstance(block, Table):
            for _row, cells in block.lines:
                lines.append("; ".join(
                    f"{column.title}: {cell.text}" for cell, column in cells[1:] if cell.text
                ))  # fmt: skip
        elif not isinstance(block, Heading):
            lines.append(block)
    return lines


@translation.override("vi")
def day_file(report: DayReport, kind: str) -> bytes:
    """A sent report as a file of a kind in FILES: the same report gives the same bytes."""
    content = read(report.content)
    paper = Paper(_letter(content, report), [*day_told(content)], invented=invented_line())
    return FILES[kind](paper, report.sent_at)


def _letter(content: Content, report: DayReport) -> Letter:
    office = office_of(content["level"])
    day = day_written(timezone.localtime(report.sent_at).date())
    return Letter(
        above=f"UBND {content['name']}".upper(), office=office.name.upper(),
        number=f"Số:          /BC-{office.short}",
        place_and_day=f"{report.session.unit.name}, {day}", title="BÁO CÁO",
        about=f"Kết quả buổi lập hồ sơ ngày {format_day(date.fromisoformat(content['on']))}",
        to=f"Kính gửi: Ủy ban nhân dân {content['name']}", signed=office.head.upper(),
        receivers=["- Như trên;", f"- Lưu: VT, {office.short}."],
        proof=f"Mã kiểm chứng của số liệu (SHA-256): {report.digest}",
    )  # fmt: skip
