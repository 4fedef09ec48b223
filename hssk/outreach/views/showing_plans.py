"""How campaigns, sessions and proposals are said on pages: words, tones, one picture."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.kit.numbers import format_date, format_decimal, format_number
from hssk.kit.words import count_of, language
from hssk.outreach.models import CANCELLED, HELD, Campaign, Proposal, Session
from hssk.outreach.planning_forms import COST_OF, WEEKDAYS
from hssk.outreach.reports.words import forecast_words
from hssk.outreach.rules.forecasting import Forecast
from hssk.outreach.services.planning import CostLine, Ground
from hssk.outreach.services.planning.ground import AWAY, GONE, UNWILLING
from hssk.places.models import Unit

TROUBLES = {
    "no-solver": gettext_lazy("Máy chủ này chưa cài phần xếp lịch (OR-Tools)."),
    "no-plan": gettext_lazy("Máy chưa tìm ra phương án nào trong thời gian cho phép."),
    "nobody": gettext_lazy(
        "Không còn ai để đi: đã đạt mục tiêu, hoặc người còn lại đều không hứa được."
    ),
    "no-team": gettext_lazy("Chưa có đội nào đi được ngày nào. Hãy thêm đội."),
    "no-day": gettext_lazy(
        "Từ nay đến ngày cuối của chiến dịch không đội nào còn trống một thứ Bảy hay Chủ nhật. Hãy "
        "sửa ngày đi của đội, hoặc lùi ngày cuối."
    ),
    "too-few": gettext_lazy(
        "Không tổ, bản nào đủ người dự kiến đến để đi một buổi. Hãy xem mỗi ngày một đội lập được "
        "bao nhiêu hồ sơ, hoặc đi từng nhà theo danh sách việc."
    ),
    "over": gettext_lazy("Ngày cuối của chiến dịch đã qua. Hãy sửa ngày."),
}
ASIDE = {
    AWAY: gettext_lazy("đang đi vắng"),
    GONE: gettext_lazy("đã chuyển đi hoặc phần mềm ghi đã mất, chuyển"),
    UNWILLING: gettext_lazy("đã nói không muốn"),
}
# the picture of the outlook, in its own units
_WIDE, _HIGH, _LEFT, _TOP = 640, 240, 4, 12


def session_line(
    session: Session, today: date, known: Mapping[int, tuple[str, Unit]],
    expected: int | None = None,
) -> dict[str, Any]:  # fmt: skip
    """A session in words and in a tone.

    known     hamlet → its name and its commune, as `known_on` gives them: two communes have a Tổ 2
    expected  how many a forecast counts on, where there is one; else what was planned stands there
    """
    stops = list(session.stops.all())
    if session.state == CANCELLED:
        state = ("away", _("đã hủy"))
    elif session.state == HELD:
        state = ("found", _("đã diễn ra"))
    elif session.is_past(today):
        state = ("missing", _("chưa ghi kết quả"))
    elif session.fixed:
        state = ("ask", _("giữ nguyên"))
    else:
        state = ("away", _("máy đề xuất"))
    came = [stop.came for stop in stops if stop.came is not None]
    return {
        "session": session, "tone": state[0], "state": state[1],
        "weekday": WEEKDAYS[session.on.weekday()],
        "hamlets": ", ".join(known[stop.hamlet_id][0] for stop in stops),
        "communes": ", ".join(dict.fromkeys(str(known[stop.hamlet_id][1]) for stop in stops)),
        "who": session.team.name if session.team else session.staff,
        "expected": sum(stop.expected or 0 for stop in stops) if expected is None else expected,
        "came": sum(came) if came else None,
    }  # fmt: skip


def facts(ground: Ground, remaining: int) -> list[dict[str, Any]]:
    """Who is still to be reached, who `remaining` may be promised, who is set aside."""
    kept = sum(ground.aside.values())
    parts = [
        f"{format_number(many, language())} {ASIDE[why]}" for why, many in ground.aside.items()
    ]
    return [
        {"label": _("Cần thêm để đạt"), "value": ground.wanted, "tone": "missing",
         "note": _("người có hồ sơ nữa thì đạt mục tiêu")},
        {"label": _("Có thể mời"), "value": remaining, "tone": "ask",
         "note": _("chưa có hồ sơ, đang ở đây")},
        {"label": _("Không hứa"), "value": kept, "tone": "plain",
         "note": ", ".join(parts) or _("không có ai")},
    ]  # fmt: skip


def picture(campaign: Campaign, ground: Ground, told: Forecast) -> SafeString:
    """People with a record over the days of the campaign: the band, the middle, the goal."""
    if not told.curves or not told.curves[1] or not ground.expected:
        return SafeString("")
    first = min(campaign.first, told.curves[1][0][0])
    last = max(campaign.last, told.curves[1][-1][0])
    goal = ground.found + ground.wanted
    top = max(goal, ground.found + told.reached[2]) or 1
    low = min(ground.found, goal) - max(1, (top - ground.found) // 5)

    def x(day: date) -> float:
        return round(
            _LEFT + (_WIDE - 2 * _LEFT) * (day - first).days / ((last - first).days or 1), 1
        )

    def y(people: int) -> float:
        return round(_TOP + (_HIGH - 2 * _TOP) * (top - people) / ((top - low) or 1), 1)

    few, some, many = (
        _stepped(
            [(x(day), y(ground.found + n)) for day, n in curve],
            (x(first), y(ground.found)),
            x(last),
        )
        for curve in told.curves
    )
    line = y(goal)
    return format_html(
        '<figure><svg class="outlook" viewBox="0 0 {} {}" role="img" aria-label="{}">'
        '<polygon class="band" points="{}"/><polyline class="middle" points="{}"/>'
        '<line class="goal" x1="0" x2="{}" y1="{}" y2="{}"/></svg>'
        "<figcaption>{}</figcaption></figure>",
        _WIDE, _HIGH, " ".join(forecast_words(campaign, ground, told)),
        _points([*many, *reversed(few)]), _points(some), _WIDE, line, line,
        _caption(goal, first, last),
    )  # fmt: skip


def _caption(goal: int, first: date, last: date) -> str:
    span = _("từ {first} đến {last}").format(
        first=format_date(first, language()), last=format_date(last, language())
    )
    drawn = _(
        "Đường đứt là mục tiêu, đường liền là dự kiến, dải nhạt là khi ít hoặc nhiều người đến."
    )
    aim = _("mục tiêu {n}").format(n=count_of(goal, "person"))
    return f"{aim[:1].upper()}{aim[1:]}, {span}. {drawn}"


def _stepped(
    points: list[tuple[float, float]], begin: tuple[float, float], end: float
) -> list[tuple[float, float]]:
    """Nothing is gained between two days: the line stays level and then rises."""
    drawn = [begin]
    for x, y in points:
        drawn += [(x, drawn[-1][1]), (x, y)]
    return [*drawn, (end, drawn[-1][1])]


def _points(points: list[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def cost_lines(lines: list[CostLine]) -> list[dict[str, Any]]:
    """Lines of costs with the words of what each is counted for."""
    unplanned = _("ngoài dự toán")
    return [{"line": line, "of": COST_OF[line.of] if line.key else unplanned} for line in lines]


def proposal(one: Proposal) -> dict[str, Any]:
    """What a proposal says on its page: each outing with its reasons."""
    plan = one.plan or {}
    teams = dict(one.campaign.teams.values_list("pk", "name"))
    rows = [_outing(place, outing, teams) for place, outing in enumerate(plan.get("outings", ()))]
    new = [row for row in rows if not row["kept"]]
    return {
        "rows": rows, "new": len(new), "kept": len(rows) - len(new),
        "gap": format_decimal(100 * plan.get("gap", 0), 1, language()),
        "share": format_decimal(100 * plan.get("share", 0), 0, language()),
        "behind": [
            _("{commune} vẫn chậm hơn mức công bằng {n}").format(
                commune=commune, n=count_of(many, "person")
            )
            for commune, many in plan.get("behind", {}).items()
        ],
    }  # fmt: skip


def _outing(place: int, outing: dict[str, Any], teams: dict[int, str]) -> dict[str, Any]:
    day = date.fromisoformat(outing["day"])
    stops, kept = outing["stops"], outing["session"] is not None
    return {
        "place": place, "day": day, "weekday": WEEKDAYS[day.weekday()],
        "kept": kept, "session": outing["session"],
        "team": teams.get(outing["team"], _("ngoài các đội")),
        "hamlets": ", ".join(stop["name"] for stop in stops),
        "commune": stops[0]["commune"] if stops else "",
        "expected": outing["expected"],
        "why": [words for stop in stops for words in _why(stop, kept=kept)]
        + _shared(stops),
    }  # fmt: skip


def _why(stop: dict[str, Any], *, kept: bool) -> list[str]:
    """Why this hamlet: how many remain, how it ranks, whether its commune is behind. A session that
    somebody made was not chosen: it says how many."""
    said = [
        _("{hamlet}: còn {remaining} chưa có hồ sơ, dự kiến {expected} đến").format(
            hamlet=stop["name"], remaining=count_of(stop["remaining"], "person"),
            expected=count_of(stop["expected"], "person"),
        )
    ]  # fmt: skip
    if kept:
        return said
    if stop["turn"] > 1:
        said.append(_("đi lần thứ {n}, cách lần trước ít nhất ba tuần").format(n=stop["turn"]))
    elif 1 <= stop["rank"] <= 10:
        said.append(_("đông người chưa có hồ sơ thứ {n} trong chiến dịch").format(n=stop["rank"]))
    if stop["behind"] >= 1:
        said.append(
            _("{commune} đang thấp hơn mức chung {points} điểm phần trăm").format(
                commune=stop["commune"], points=format_decimal(stop["behind"], 1, language())
            )
        )
    return said


def _shared(stops: list[dict[str, Any]]) -> list[str]:
    if len(stops) < 2:
        return []
    return [_("đi chung một ngày vì cùng tuyến {group}").format(group=stops[0]["group"])]
