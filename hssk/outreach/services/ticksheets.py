"""A copy as a workbook: written from its lines, and read when it comes back. Nothing is stored of
what comes back but the ticks, once somebody saw what each row says and agreed."""

from hashlib import blake2b

from django.core.files.uploadedfile import UploadedFile
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.exchange.services.looking_into import looking_into
from hssk.kit.numbers import format_date, format_number
from hssk.kit.official.paper import invented_line
from hssk.outreach.errors import CannotIssue
from hssk.outreach.models import Copy
from hssk.outreach.papers.ticksheet import Sheet, set_ticksheet
from hssk.outreach.rules import Line, Purpose
from hssk.outreach.rules.copies import marks_of
from hssk.outreach.rules.ticksheets import TICKSHEET, Known, TickStep, steps_of
from hssk.outreach.services.issuing import TASKS, done_word
from hssk.outreach.services.naming import lies


@translation.override("vi")
def ticksheet_of(copy: Copy) -> bytes:
    """The workbook of a copy, in the language of whoever it is handed to: its lines in its own
    order, its six fields and no other."""
    kept = list(copy.lines.all())
    task = _(TASKS[Purpose(copy.purpose)])
    done = _(done_word(copy.purpose))
    lines = [Line(one.number, one.name, one.year, one.head, task) for one in kept]
    sheet = Sheet(
        title=_("Danh sách giao cho tổ, bản"),
        serial=copy.serial,
        facts=[
            *filter(None, [invented_line()]),
            f"{lies(copy.hamlet, copy.issued_on)}: {task}, "
            + _("{n} người").format(n=format_number(len(lines), "vi")),
            _("Số bản {serial}. Người giữ: {holder}. Trả lại trước ngày {day}.").format(
                serial=copy.serial, holder=copy.holder, day=format_date(copy.until, "vi")
            ),
            _("Chỉ dùng cho việc ghi ở trên. Không sao chụp, không gửi qua mạng. Thu hồi khi hết "
              "hạn."),
        ],
        heads=[_("Số"), _("Họ và tên"), _("Sinh năm"), _("Chủ hộ"), _("Việc"), done.capitalize()],
        answers=[done, _("đi vắng"), _("không muốn"), _("cần xem lại")],
        at=copy.issued_at,
    )  # fmt: skip
    return set_ticksheet(sheet, lines, marks_of(bytes(copy.seed), len(lines)))


def read_ticksheet(upload: UploadedFile, copy: Copy) -> list[TickStep]:
    """What each row of a workbook that came back would do to the ticks of a copy; nothing is done.

    Raises UnreadableFile and exchange's Refused as reading does, and CannotIssue where no sheet has
    the columns of a copy.
    """
    with looking_into(upload) as file:
        rows, sheets = TICKSHEET.rows(file.grids())
    if not sheets:
        raise CannotIssue(
            _n("Không trang nào có dòng tiêu đề với cột “Số”, “Họ và tên” và “Đã báo”. Hãy gửi "
               "đúng tệp đã tải về ở trang này.")
        )  # fmt: skip
    if not rows:
        raise CannotIssue(_n("Dưới dòng tiêu đề chưa có dòng nào."))
    known = {line.number: Known(line.name, line.tick) for line in copy.lines.all()}
    return steps_of(rows, known, copy.serial)


def digest_of_ticks(copy: Copy) -> str:
    """What is ticked on a copy now, as one word: it differs once anything does."""
    said = ",".join(f"{line.number}:{line.tick}" for line in copy.lines.order_by("number"))
    return blake2b(said.encode(), digest_size=8).hexdigest()
