"""What each duty post may do: one table, and no right anywhere else.

Source: protection.md §1.2 (actors: wants, can, must never); domain.md §8.1 and §8.2. The same table
stands for readers in docs/security/rights.md; a test compares the two.
"""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Role(StrEnum):
    """A kind of duty post."""

    ADMINISTRATOR = "administrator"
    PROVINCE = "province"
    OFFICER = "officer"
    CLINICIAN = "clinician"
    CLERK = "clerk"
    COLLABORATOR = "collaborator"
    HEAD = "head"
    CHAIR = "chair"
    INTEGRATOR = "integrator"
    AUDITOR = "auditor"
    FIRST_CONTACT = "first-contact"
    ORGANISATION_CONTACT = "organisation-contact"


class Right(StrEnum):
    """Something that a post opens, within its area."""

    FIGURES = "figures"  # counts, never a row
    REGISTER = "register"  # the people behind the counts: names, households, numbers
    RECORD = "record"  # the health record: what prevention needs by area, the rest by care
    FILES = "files"  # deliver files and see what became of them
    ROWS = "rows"  # the rows of a delivered file, its columns and errors
    DECIDE = "decide"  # say whether two rows are one person
    # propose that somebody has moved into the area, or witness that they are there; births, deaths
    MOVE = "move"
    RELEASE = "release"  # say whether somebody of the area has moved away
    VERIFY = "verify"  # say that somebody's identity was confirmed, and take that back
    # hand new and changed records out, as a workbook for the record software in use
    DELIVER = "deliver"
    UNDO = "undo"  # take a file back, or have a doubted one applied
    GOALS = "goals"  # set what is to be reached
    REPORTS = "reports"  # freeze a report of figures and send it
    PLAN = "plan"  # campaigns of the unit: teams, costs, which hamlets on which weekend
    SESSIONS = "sessions"  # sessions of the area: made, moved, cancelled and noted as held
    POSTS = "posts"  # make and end accounts and posts of others
    LISTS = "lists"  # hand lists of names out to hamlets, on loan; write down who objects
    HELD = "held"  # read the copies that one was handed, till they end
    # those registered for first contact with one's station or hospital: who lacks what, whose turn
    REGISTERED = "registered"
    ORGANISATION = "organisation"  # the figures of the organisation whose contact one is
    LOOKS = "looks"  # the log of looks
    EMERGENCY = "emergency"  # break the glass: the emergency set of one person, for four hours
    CASES = "cases"  # audit cases: open and confirm them, read the log of those they name


# Rights whose pages name people: each look at one of them is written down.
NAMING = frozenset(
    {
        *(Right.REGISTER, Right.RECORD, Right.ROWS, Right.DECIDE, Right.MOVE, Right.RELEASE),
        *(Right.VERIFY, Right.LISTS, Right.REGISTERED, Right.DELIVER),
    }
)

# Rights whose pages open people's data, or give rights to others: who holds one proves a second
# factor at signing in. Without it: counts of units and of an organisation, goals, plans, sessions,
# delivering a file, and the few fields of a copy that somebody handed over.
SECOND_STEP = frozenset(Right) - {
    *(Right.FIGURES, Right.FILES, Right.GOALS, Right.HELD, Right.PLAN, Right.SESSIONS),
    Right.ORGANISATION,
}

NAMES = {
    Role.ADMINISTRATOR: _("Quản trị hệ thống"),
    Role.PROVINCE: _("Sở Y tế (xem số liệu)"),
    Role.OFFICER: _("Cán bộ trung tâm y tế"),
    Role.CLINICIAN: _("Nhân viên y tế trạm"),
    Role.CLERK: _("Cán bộ dân số, văn thư xã"),
    Role.COLLABORATOR: _("Cộng tác viên tổ, bản"),
    Role.HEAD: _("Trưởng bản, tổ trưởng"),
    Role.CHAIR: _("Lãnh đạo UBND (xem số liệu)"),
    Role.INTEGRATOR: _("Hệ thống gửi tệp"),
    Role.AUDITOR: _("Kiểm tra, bảo vệ dữ liệu"),
    Role.FIRST_CONTACT: _("Cán bộ nơi đăng ký khám ban đầu"),
    Role.ORGANISATION_CONTACT: _("Đầu mối của cơ quan, đoàn thể, trường học"),
}

# What each right opens, as the page of help says it.
OPENS = {
    Right.FIGURES: _("số liệu theo đơn vị, không có tên ai"),
    Right.REGISTER: _("người dân sau con số: tên, hộ, danh sách"),
    Right.RECORD: _("hồ sơ sức khỏe: phần dự phòng theo địa bàn, phần khám bệnh khi đang chăm sóc"),
    Right.FILES: _("gửi tệp và xem kết quả của tệp"),
    Right.ROWS: _("các dòng, cột và lỗi của tệp đã gửi; các dòng được chuyển đến"),
    Right.DECIDE: _("quyết định hai dòng có phải một người"),
    Right.MOVE: _("đề nghị cho người chuyển đến; khai sinh, ghi tên, ghi mất"),
    Right.RELEASE: _("trả lời đề nghị cho người chuyển đi"),
    Right.VERIFY: _("xác minh danh tính"),
    Right.DELIVER: _("lấy hồ sơ mới và thay đổi ra cho phần mềm đang dùng"),
    Right.UNDO: _("hoàn tác một tệp, hoặc cho ghi tệp bị giữ lại"),
    Right.GOALS: _("đặt chỉ tiêu"),
    Right.REPORTS: _("chốt và gửi báo cáo số liệu"),
    Right.PLAN: _("lập đợt làm hồ sơ: đội, chi phí, tổ, bản nào ngày nào"),
    Right.SESSIONS: _("lập, đổi và hủy buổi làm hồ sơ"),
    Right.POSTS: _("giao và kết thúc nhiệm vụ, tài khoản của người khác"),
    Right.LISTS: _("giao danh sách tên cho tổ, bản; ghi ai không muốn đưa tên"),
    Right.HELD: _("đọc bản danh sách được giao cho chính mình"),
    Right.REGISTERED: _("danh sách việc của người đăng ký khám ban đầu ở nơi mình"),
    Right.ORGANISATION: _("số liệu của cơ quan, đoàn thể mà mình là đầu mối"),
    Right.LOOKS: _("nhật ký: ai đã xem ai"),
    Right.EMERGENCY: _("mở khẩn cấp thông tin cấp cứu của một người, trong bốn giờ"),
    Right.CASES: _("mở, xác nhận vụ kiểm tra và đọc nhật ký của vụ đó"),
}

F, P, D = Right.FIGURES, Right.REGISTER, Right.DECIDE
M, R, V = Right.MOVE, Right.RELEASE, Right.VERIFY
L, H, S = Right.LISTS, Right.HELD, Right.SESSIONS
RIGHTS: dict[Role, frozenset[Right]] = {
    Role.ADMINISTRATOR: frozenset({Right.POSTS}),
    Role.PROVINCE: frozenset({F, Right.CASES}),
    Role.OFFICER: frozenset(
        {
            *(F, P, D, M, R, V, L, S, Right.FILES, Right.ROWS, Right.UNDO, Right.GOALS),
            *(Right.POSTS, Right.PLAN, Right.REPORTS, Right.DELIVER),
        }
    ),
    Role.CLINICIAN: frozenset(
        {F, P, Right.RECORD, M, V, L, H, S, Right.EMERGENCY, Right.REGISTERED}
    ),
    Role.CLERK: frozenset({F, P, D, M, R, V, L, S, Right.FILES, Right.ROWS, Right.REPORTS}),
    Role.COLLABORATOR: frozenset({F, P, H}),
    Role.HEAD: frozenset({F, H}),
    Role.CHAIR: frozenset({F}),
    Role.INTEGRATOR: frozenset({Right.FILES}),
    Role.AUDITOR: frozenset({Right.LOOKS, Right.CASES}),
    Role.FIRST_CONTACT: frozenset({Right.REGISTERED}),
    Role.ORGANISATION_CONTACT: frozenset({Right.ORGANISATION}),
}
# The work of these is in one place: a post of theirs names it.
LOCAL = frozenset(
    {
        *(Role.CLINICIAN, Role.CLERK, Role.COLLABORATOR, Role.HEAD, Role.FIRST_CONTACT),
        Role.ORGANISATION_CONTACT,
    }
)
# Posts of these roles may end at a hamlet; every other one is of a whole unit.
OF_A_HAMLET = frozenset({Role.COLLABORATOR, Role.HEAD})
# Posts of these roles are at a facility and hold no area: the unit of one says who may give it
# (docs/decisions/0028).
AT_A_FACILITY = frozenset({Role.FIRST_CONTACT})
# Those of these are of an organisation, and hold no area either (docs/decisions/0030).
OF_AN_ORGANISATION = frozenset({Role.ORGANISATION_CONTACT})
