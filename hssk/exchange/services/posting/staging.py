"""Stage: the rows of a workbook of posts, kept verbatim; nothing is done yet."""

from collections import Counter

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.exchange.errors import Refused
from hssk.exchange.formats.postings import POSTINGS
from hssk.exchange.formats.titled import TitledRow
from hssk.exchange.models import PostFile, PostRow
from hssk.exchange.services.looking_into import looking_into
from hssk.exchange.services.posting.units import Units
from hssk.places.models import Unit


def stage(upload: UploadedFile, *, giver: Access) -> PostFile:
    """Keep every row of a workbook of posts; the same file again while it waits is that one.

    Raises UnreadableFile, and Refused for a file that is too big or has no such list.
    """
    with looking_into(upload) as file:
        mine = PostFile.objects.filter(actor=giver.user, digest=file.digest)
        if (known := mine.filter(state=PostFile.WAITING).first()) is not None:
            return known
        rows, sheets = POSTINGS.rows(file.grids())
    advice = _n("Tải bảng mẫu ở trang này, chép danh sách vào dưới dòng tiêu đề, rồi gửi lại.")
    if not sheets:
        message = _n("Không trang nào có dòng tiêu đề với cột “Tên đăng nhập” và “Nhiệm vụ”.")
        raise Refused(message, advice)
    if not rows:
        raise Refused(_n("Dưới dòng tiêu đề chưa có dòng nào."), advice)
    return _kept(rows, file.digest, upload.name or "", giver)


@transaction.atomic
def _kept(rows: list[TitledRow], digest: str, name: str, giver: Access) -> PostFile:
    file = PostFile.objects.create(
        digest=digest, file_name=name[-255:], size=len(rows), actor=giver.user
    )
    units = Units(giver)
    PostRow.objects.bulk_create(
        PostRow(
            file=file,
            sheet=row.sheet[:100],
            number=row.number,
            cells=row.cells,
            said=row.said,
            unit=_meant(units, row),
        )
        for row in rows
    )
    return file


def _meant(units: Units, row: TitledRow) -> Unit | None:
    found = units.meant(row.said["unit"][1]) if "unit" in row.said else None
    return found if isinstance(found, Unit) else None


def files_for(giver: Access) -> list[PostFile]:
    """The files that one brought, and those done whose every row is of one's own area; the latest
    first. A file with a row that names no unit is shown to nobody else."""
    files = PostFile.objects.select_related("actor", "undone_by").order_by("-id")
    rows = PostRow.objects.exclude(file__actor=giver.user).exclude(unit=None)
    units = Unit.objects.filter(id__in=rows.values("unit")).select_related("parent")
    held = [unit.pk for unit in units if giver.holds_unit(unit, Right.POSTS)]
    seen = Counter(rows.filter(unit__in=held).values_list("file", flat=True))
    whole = [file.pk for file in files if seen[file.pk] == file.size]
    return list(files.filter(Q(actor=giver.user) | Q(id__in=whole) & ~Q(state=PostFile.WAITING)))
