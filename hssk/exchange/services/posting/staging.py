"""Stage: the rows of a workbook of posts, kept verbatim; nothing is done yet."""

import tempfile
from collections import Counter
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.exchange.errors import Refused
from hssk.exchange.formats import GRID, Begun, Limits
from hssk.exchange.formats.postings import Posting, postings_in
from hssk.exchange.models import PostFile, PostRow
from hssk.exchange.services.keeping import digest_of
from hssk.exchange.services.posting.units import Units
from hssk.places.models import Unit

MOST_BYTES = 5 << 20
_LIMITS = Limits(memory=1 << 30, cpu=20, wall=40)


def stage(upload: UploadedFile, *, giver: Access) -> PostFile:
    """Keep every row of a workbook of posts; the same file again while it waits is that one.

    Raises UnreadableFile, and Refused for a file that is too big or has no such list.
    """
    with tempfile.TemporaryDirectory(prefix="hssk-") as folder:
        # what a file is, its content says; a text file is a sheet of this name
        path = Path(folder) / (Path(upload.name or "").stem.replace(".", " ")[:60] or "posts")
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        digest = digest_of(path)
        mine = PostFile.objects.filter(actor=giver.user, digest=digest, state=PostFile.WAITING)
        if (known := mine.first()) is not None:
            return known
        rows = _read(path)
    return _kept(rows, digest, upload.name or "", giver)


def _read(path: Path) -> list[Posting]:
    if path.stat().st_size > MOST_BYTES:
        raise Refused(
            _n("Tệp lớn hơn 5 MB."),
            _n("Chia thành nhiều tệp (ví dụ mỗi xã một tệp), rồi gửi từng tệp."),
        )
    with Begun(path, kind=GRID, layouts={}, limits=_LIMITS) as child:
        rows, sheets = postings_in(child.grids())
    advice = _n("Tải bảng mẫu ở trang này, chép danh sách vào dưới dòng tiêu đề, rồi gửi lại.")
    if not sheets:
        message = _n("Không trang nào có dòng tiêu đề với cột “Tên đăng nhập” và “Nhiệm vụ”.")
        raise Refused(message, advice)
    if not rows:
        raise Refused(_n("Dưới dòng tiêu đề chưa có dòng nào."), advice)
    return rows


@transaction.atomic
def _kept(rows: list[Posting], digest: str, name: str, giver: Access) -> PostFile:
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


def _meant(units: Units, row: Posting) -> Unit | None:
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
