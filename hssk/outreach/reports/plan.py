"""The plan of a campaign as its office issues it: goal, where things stand, when who goes where,
who does what, what it costs, what it is to bring; every session in the annex.

What is official is in Vietnamese, whoever asks, so these words are in no catalogue. The figures are
those of `services.planning.telling`: nothing that the ledger's own tables do not tell.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext_noop as _n

from hssk.coverage.services.shapes import Child
from hssk.kit import official
from hssk.kit.dates import format_day
from hssk.kit.numbers import format_number, format_percent
from hssk.kit.official import (
    PERCENT,
    PLAIN,
    TEXT,
    Cell,
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
from hssk.kit.official.paper import day_open
from hssk.outreach.errors import CannotPlan
from hssk.outreach.models import Team
from hssk.outreach.reports.words import forecast_words, yield_words
from hssk.outreach.services.planning import CampaignTold, CostLine, SessionTold
from hssk.outreach.services.planning.ground import AWAY, GONE, UNWILLING
from hssk.places.services import Office, office_of

KINDS = {"pdf": official.as_pdf, "docx": official.as_word}
_DAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")
_OF = {"session": "buổi của một đội", "day": "ngày có đội đi", "hamlet": "tổ, bản của một buổi",
       "once": "cả chiến dịch", "": "ngoài dự toán"}  # fmt: skip
SHARED = (
    "Tổ, bản ít người: dự kiến theo bình quân các nơi cùng dòng trong bảng số liệu, "
    "để không ai bị nhận ra."
)


@translation.override("vi")
def plan_file(told: CampaignTold, costs: Sequence[CostLine], kind: str, made: datetime) -> bytes:
    """The paper as a file of a kind in KINDS. Raises CannotPlan as `plan_paper` does."""
    return KINDS[kind](plan_paper(told, costs, made), made)


@translation.override("vi")
def plan_paper(told: CampaignTold, costs: Sequence[CostLine], made: datetime) -> Paper:
    """The paper of a campaign. Raises CannotPlan where so few people live there that its figures
    would tell of somebody, and where there is no session to tell of."""
    if told.figures is None:
        raise CannotPlan(_n("Nơi này có dưới 30 người nên không lập kế hoạch để gửi đi."))
    if not told.sessions:
        raise CannotPlan(_n("Kế hoạch chưa có buổi nào. Hãy lập buổi trước."))
    campaign = told.campaign
    teams = list(campaign.teams.order_by("name"))
    body = [
        f"Để người dân đều có hồ sơ sức khỏe điện tử, {_office(told).name} {campaign.unit} xây "
        f"dựng kế hoạch đi các tổ, bản từ ngày {format_day(campaign.first)} đến ngày "
        f"{format_day(campaign.last)} như sau:",
        Heading("I. MỤC TIÊU"),
        *_goal(told),
        Heading("II. HIỆN TRẠNG"),
        *_standing(told),
        Heading("III. LỊCH ĐI CÁC TỔ, BẢN"),
        *_schedule(told),
        Heading("IV. LỰC LƯỢNG"),
        *_forces(teams, told.sessions),
        Heading("V. KINH PHÍ"),
        *_money(costs),
        Heading("VI. DỰ BÁO"),
        *forecast_words(campaign, told.ground, told.forecast),
        *([f"Đã tính cả {told.others} buổi lập ngoài chiến dịch này."] if told.others else []),
        yield_words(told.ground),
        Heading("VII. TỔ CHỨC THỰC HIỆN"),
        *_who_does_what(_office(told).name),
        "Trên đây là kế hoạch đi các tổ, bản lập hồ sơ sức khỏe điện tử; từng buổi ở phụ lục kèm "
        "theo./.",
    ]
    return Paper(_letter(told, made), body, [_annex(told)], invented_line())


def _office(told: CampaignTold) -> Office:
    return office_of(told.campaign.unit.level)


def _letter(told: CampaignTold, made: datetime) -> Letter:
    office, unit = _office(told), told.campaign.unit
    day = day_open(timezone.localtime(made).year)
    return Letter(
        above=f"UBND {unit}".upper(), office=office.name.upper(),
        number=f"Số:          /KH-{office.short}", place_and_day=f"{unit.name}, {day}",
        title="KẾ HOẠCH", about=f"Đi các tổ, bản lập hồ sơ sức khỏe điện tử: {told.campaign.name}",
        signed=office.head.upper(),
        receivers=[f"- Ủy ban nhân dân {unit};", "- Trạm y tế, trưởng các tổ, bản có buổi;",
                   "- Các đội;", f"- Lưu: VT, {office.short}."],
        parent=office.annexed("Kế hoạch", "KH", day),
        proof=f"Lịch lập từ phần mềm lúc {timezone.localtime(made):%H:%M} ngày "
        f"{format_day(timezone.localtime(made).date())}; buổi dời sau đó xem trên phần mềm.",
    )  # fmt: skip


def _goal(told: CampaignTold) -> list[str]:
    percent = f"{told.campaign.percent.normalize():f}".replace(".", ",")
    return [
        f"Trước hoặc đúng ngày {format_day(told.campaign.last)}, {percent} % người dân của "
        f"{told.campaign.unit} có hồ sơ sức khỏe điện tử.",
        f"Còn cần thêm {_people(told.ground.wanted)} có hồ sơ."
        if told.ground.wanted
        else "Mục tiêu này đã đạt.",
    ]


def _standing(told: CampaignTold) -> list[str | Table]:
    assert told.figures is not None
    counts, children, aside = told.figures.counts, told.figures.children, told.ground.aside
    return [
        f"Đến ngày {format_day(told.on)}, {told.campaign.unit} có {_people(counts.expected)}, "
        f"{_people(counts.found)} đã có hồ sơ, đạt "
        f"{format_percent(counts.found, counts.expected)}; "
        f"{_people(counts.to_decide)} có thể đã có hồ sơ, đang chờ người xác nhận; "
        f"{_people(counts.missing)} chưa có hồ sơ.",
        f"Trong số chưa có hồ sơ: {_people(aside.get(AWAY, 0))} đang đi vắng, "
        f"{_people(aside.get(UNWILLING, 0))} đã nói không muốn, {_people(aside.get(GONE, 0))} được "
        f"báo là đã chuyển đi hoặc đã mất. Những người này vẫn tính là chưa có hồ sơ, nhưng kế "
        f"hoạch không hứa lập được cho họ. Còn lại {_people(told.remaining)} có thể mời.",
        Table("", [Column("TT", TEXT, 4), Column("Xã, phường, tổ, bản", TEXT, 26), Column("Dân cư"),
                   Column("Đã có hồ sơ"), Column("Tỷ lệ", PERCENT), Column("Chưa có hồ sơ")],
              [_part(order, part) for order, part in enumerate(children, 1)]),
    ]  # fmt: skip


def _part(order: int, part: Child) -> Row:
    counts = part.counts
    share = Cell(format_percent(counts.found, counts.expected), None)
    return _row(order, text_cell(part.name), number_cell(counts.expected),
                number_cell(counts.found), share, number_cell(counts.missing))  # fmt: skip


def _row(order: int, *cells: Cell) -> Row:
    return Row(PLAIN, [text_cell(str(order)), *cells])


def _total(*cells: Cell) -> Row:
    return Row(0, [text_cell(""), text_cell("Cộng"), *cells])


def _people(many: int) -> str:
    return f"{format_number(many)} người"


def _schedule(told: CampaignTold) -> list[str | Table]:
    days = len({one.session.on for one in told.sessions})
    lead = (
        f"Có {len(told.sessions)} buổi trong {days} ngày, {len(told.held)} buổi đã diễn ra. "
        "Địa điểm, giờ và đội của từng buổi ở phụ lục."
    )
    return [lead, _by_commune(told.sessions), _by_week(told.sessions)]


def _by_commune(sessions: Sequence[SessionTold]) -> Table:
    """A session that goes to two communes stands in both, and once in the sum."""
    mine: dict[str, list[SessionTold]] = defaultdict(list)
    for one in sessions:
        for commune in one.communes:
            mine[commune].append(one)
    rows = [
        _row(order, text_cell(commune), number_cell(len(held)), number_cell(_hamlets(held)),
             number_cell(_sum(held)))
        for order, (commune, held) in enumerate(sorted(mine.items()), 1)
    ]  # fmt: skip
    whole = _total(number_cell(len(sessions)), number_cell(_hamlets(sessions)),
                   number_cell(_sum(sessions)))  # fmt: skip
    return Table("Theo xã, phường",
                 [Column("TT", TEXT, 4), Column("Xã, phường", TEXT, 26), Column("Buổi"),
                  Column("Tổ, bản"), Column("Dự kiến (người)", width=12)],
                 [*rows, whole])  # fmt: skip


def _by_week(sessions: Sequence[SessionTold]) -> Table:
    weeks: dict[date, list[SessionTold]] = defaultdict(list)
    for one in sessions:
        weeks[one.session.on - timedelta(days=one.session.on.weekday())].append(one)
    rows = []
    for order, (monday, held) in enumerate(sorted(weeks.items()), 1):
        often = Counter(commune for one in held for commune in one.communes)
        where = ", ".join(f"{commune}: {n}" for commune, n in sorted(often.items()))
        span = f"{format_day(monday)} – {format_day(monday + timedelta(days=6))}"
        rows.append(_row(order, text_cell(span), number_cell(len(held)), text_cell(where),
                         number_cell(_sum(held))))  # fmt: skip
    return Table("Theo tuần",
                 [Column("TT", TEXT, 4), Column("Tuần", TEXT, 18), Column("Buổi", width=6),
                  Column("Số buổi ở từng xã, phường", TEXT, 28),
                  Column("Dự kiến (người)", width=10)], rows)  # fmt: skip


def _hamlets(sessions: Iterable[SessionTold]) -> int:
    return len({stop.hamlet_id for one in sessions for stop in one.session.stops.all()})


def _sum(sessions: Iterable[SessionTold]) -> int:
    return sum(one.expected or 0 for one in sessions)


def _forces(teams: Sequence[Team], sessions: Sequence[SessionTold]) -> list[str | Table]:
    if not teams:
        return ["Người đi từng buổi được ghi ở phụ lục."]
    often = Counter(one.session.team_id for one in sessions)
    rows = [
        _row(order, text_cell(team.name), text_cell(team.staff or "–"),
             text_cell(team.skills or "–"), number_cell(team.capacity), number_cell(often[team.pk]))
        for order, team in enumerate(teams, 1)
    ]  # fmt: skip
    return [Table("", [
        Column("TT", TEXT, 4), Column("Đội", TEXT, 12), Column("Người", TEXT, 22),
        Column("Làm được", TEXT, 16), Column("Hồ sơ mỗi ngày", width=8), Column("Buổi", width=6),
    ], rows)]  # fmt: skip


def _money(costs: Sequence[CostLine]) -> list[str | Table]:
    if not costs:
        return ["Kinh phí do cơ quan tài chính dự toán riêng."]
    planned = [line for line in costs if line.key]
    rows = [
        _row(order, text_cell(line.name), text_cell(_OF[line.of]), number_cell(line.amount),
             number_cell(line.count), number_cell(line.sum))
        for order, line in enumerate(planned, 1)
    ]  # fmt: skip
    dash = text_cell("")
    whole = _total(dash, dash, dash, number_cell(sum(line.sum for line in planned)))
    spent = sum(line.spent for line in costs)
    said = [f"Đã chi đến nay: {format_number(spent)} đồng."] if spent else []
    return [Table("Đơn vị tính: đồng", [
        Column("TT", TEXT, 4), Column("Khoản chi", TEXT, 22), Column("Tính cho mỗi", TEXT, 18),
        Column("Đơn giá", width=11), Column("Số lượng", width=8), Column("Thành tiền", width=12),
    ], [*rows, whole]), *said]  # fmt: skip


def _who_does_what(office: str) -> list[str]:
    return [
        f"1. {office}: điều hành các đội, bảo đảm phương tiện và kinh phí, theo dõi kết quả từng "
        "buổi trên phần mềm, báo cáo Ủy ban nhân dân hằng tuần.",
        "2. Các đội: đi đúng ngày, giờ và địa điểm ở phụ lục; lập hồ sơ, ghi kết quả từng người và "
        "kết thúc buổi trên phần mềm trong ngày.",
        "3. Trạm y tế xã, phường: chuẩn bị địa điểm, in phiếu mời và danh sách giao trưởng tổ, "
        "bản; mời lại những người vắng.",
        "4. Trưởng tổ, bản: báo từng hộ ngày, giờ, địa điểm; giữ và trả lại danh sách được giao "
        "đúng hạn.",
        "5. Đề nghị Ủy ban nhân dân xã, phường: thông báo trên loa, bố trí địa điểm và người "
        "cùng đi.",
    ]


def _annex(told: CampaignTold) -> Table:
    rows = [_session(order, one) for order, one in enumerate(told.sessions, 1)]
    blank = [text_cell("")] * 5
    whole = _total(*blank, number_cell(_sum(told.sessions)))
    notes = [SHARED] if told.shared else []
    return Table("LỊCH CÁC BUỔI", [
        Column("TT", TEXT, 4), Column("Ngày, giờ", TEXT, 15), Column("Xã, phường", TEXT, 14),
        Column("Tổ, bản", TEXT, 24), Column("Địa điểm", TEXT, 20),
        Column("Đội, người đi", TEXT, 26), Column("Tình trạng", TEXT, 11),
        Column("Dự kiến (người)", width=9),
    ], [*rows, whole], notes)  # fmt: skip


def _session(order: int, one: SessionTold) -> Row:
    it = one.session
    when = f"{_DAYS[it.on.weekday()]}, {format_day(it.on)}, {it.begins:%H:%M}–{it.ends:%H:%M}"
    who = f"{it.team.name}: {it.team.staff}" if it.team and it.team.staff else (
        it.team.name if it.team else it.staff)  # fmt: skip
    state = "đã diễn ra" if it.state == "held" else "sẽ đi"
    return _row(order, text_cell(when), text_cell(", ".join(one.communes)),
                text_cell(", ".join(one.hamlets)), text_cell(it.place), text_cell(who),
                text_cell(state), number_cell(one.expected))  # fmt: skip
