"""Stage what came back: every row verbatim; nothing is done yet."""

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.exchange.formats.titled import TitledRow
from hssk.exchange.services.looking_into import looking_into
from hssk.outreach.errors import CannotWork
from hssk.outreach.models import BookFile, BookRow, Session
from hssk.outreach.models.daybooks import UNDONE
from hssk.outreach.rules.daybooks import DAYBOOK, line_of


def stage(upload: UploadedFile, session: Session, *, by: User, at: datetime) -> BookFile:
    """Keep every row of a book that came back; the same file again is the one that is there.

    Raises UnreadableFile and exchange's Refused as reading does, and CannotWork for a workbook that
    has no such list.
    """
    with looking_into(upload) as file:
        digest = file.digest
        known = session.files.filter(digest=digest).exclude(state=UNDONE).first()
        if known is not None:
            return known
        rows, sheets = DAYBOOK.rows(file.grids())
    if not sheets:
        raise CannotWork(
            _n(
                "Không trang nào có dòng tiêu đề với cột “Họ và tên” và “Kết quả”. Hãy gửi đúng sổ "
                "đã tải về ở trang này."
            )
        )
    if not rows:
        raise CannotWork(_n("Dưới dòng tiêu đề chưa có dòng nào."))
    with as_machine(by, localdate(at)):
        return _kept(rows, session, digest, upload.name or "", by=by, at=at)


def session_of(upload: UploadedFile) -> Session:
    """The session whose book a file is, by the codes of its rows.

    Raises UnreadableFile and exchange's Refused as reading does, and CannotWork where no row has a
    code of ours, or rows have codes of books of several sessions.
    """
    with looking_into(upload) as file:
        rows, _sheets = DAYBOOK.rows(file.grids())
    codes = (line_of(row.said["code"][1]) for row in rows if "code" in row.said)
    serials = {code[0] for code in codes if code is not None}
    meant = list(Session.objects.filter(books__serial__in=serials).distinct())
    if len(meant) != 1:
        raise CannotWork(
            _n("Mã dòng trong tệp không cho biết đây là sổ của buổi nào. Hãy gửi tệp ở trang của "
               "buổi ấy.")
        )  # fmt: skip
    return meant[0]


@transaction.atomic
def _kept(
    rows: list[TitledRow], session: Session, digest: str, name: str, *, by: User, at: datetime
) -> BookFile:
    file = BookFile.objects.create(
        session=session, digest=digest, file_name=name[-255:], size=len(rows), actor=by,
        created_at=at,
    )  # fmt: skip
    BookRow.objects.bulk_create(
        BookRow(file=file, sheet=row.sheet[:100], number=row.number, cells=row.cells, said=row.said)
        for row in rows
    )
    return file
