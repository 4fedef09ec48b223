"""Stage a list of members: read as a roster is, rows kept verbatim, each linked; nothing done."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.exchange import rules
from hssk.exchange.errors import Refused
from hssk.exchange.formats.door import ERROR, Limits, Problem, Reading, read_in_child
from hssk.exchange.models import Batch, KnownLayout, LinkDecision, MemberFile, MemberRow
from hssk.exchange.services.importing import refuse_strange_file
from hssk.exchange.services.keeping import digest_of, name_of
from hssk.exchange.services.looking_into import MOST_BYTES, looking_into
from hssk.exchange.services.members.finding import Found, find
from hssk.people.services import roots_of
from hssk.places.models import Organisation

_LIMITS = Limits(memory=1 << 30, cpu=20, wall=40)
MOST_MEMBERS = 20_000  # somebody reads each row that asks


def stage_upload(
    upload: UploadedFile,
    organisation: Organisation,
    *,
    on: date,
    whole: bool,
    by: User,
    at: datetime,
) -> MemberFile:
    """As `stage`, of a file that a browser sent."""
    with looking_into(upload) as sent:
        return stage(
            sent.path, organisation, on=on, whole=whole, by=by, at=at, name=upload.name or ""
        )


def stage(
    path: Path,
    organisation: Organisation,
    *,
    on: date,
    whole: bool,
    by: User,
    at: datetime,
    name: str = "",
) -> MemberFile:
    """Keep every row of a list of members, with whom it is about; the same file of the same day is
    the one that is there.

    on     the day of which it speaks
    whole  whether it names all members
    Raises Refused for a file that is too big, that is of real people in a home of invented ones or
    that is the book of a session, and UnreadableFile for what is no list of people.
    """
    digest = digest_of(path)
    known = organisation.member_files.filter(digest=digest, on=on)
    if (same := known.exclude(state=MemberFile.UNDONE).first()) is not None:
        return same
    _refuse(path)
    reading = _read(path, on)
    with as_machine(by, localdate(at)), transaction.atomic():
        file = MemberFile.objects.create(
            organisation=organisation, on=on, whole=whole, digest=digest, size=len(reading),
            file_name=(name or name_of(path))[-255:], actor=by, created_at=at,
        )  # fmt: skip
        rows = list(_rows(reading, file))
        _link([row for row in rows if row.fault is None], organisation, localdate(at))
        MemberRow.objects.bulk_create(rows)
    return file


def find_again(file: MemberFile, *, by: User, today: date) -> int:
    """Look once more for those whom nobody was found for, who are gone, or of whom it is asked
    still: a list of residents may have come since. How many are known now that were not.

    Raises Refused for a file that was taken back.
    """
    if file.state == MemberFile.UNDONE:
        raise Refused(_n("Danh sách này đã được rút lại."))
    with as_machine(by, today), transaction.atomic():
        unsaid = list(file.rows.filter(said="", fault__isnull=True).select_for_update())
        there = roots_of(row.person for row in unsaid if row.person)
        rows = [r for r in unsaid if r.decision != LinkDecision.SAME or r.person not in there]
        _link(rows, file.organisation, today)
        MemberRow.objects.bulk_update(rows, ["decision", "person", "score", "evidence"])
    return sum(row.decision == LinkDecision.SAME for row in rows)


def say_who(row: MemberRow, person: UUID | None, *, by: User, today: date) -> None:
    """Somebody answers whether a row that asks is about whom it may be: that person, or None for
    nobody.

    Raises Refused where the row does not ask about that person, and once the file was taken back.
    """
    if row.decision != LinkDecision.ASK or row.file.state == MemberFile.UNDONE:
        raise Refused(_n("Dòng này không hỏi gì."))
    if person is not None and person != row.person:
        raise Refused(_n("Dòng này không hỏi về người ấy."))
    said = MemberRow.SAME if person is not None else MemberRow.DIFFERENT
    with as_machine(by, today):
        MemberRow.objects.filter(pk=row.pk).update(said=said, said_by=by)


def _read(path: Path, on: date) -> Reading:
    layouts = dict(KnownLayout.objects.values_list("shape", "layout"))
    reading = read_in_child(path, kind=Batch.ROSTER, on=on, limits=_LIMITS, layouts=layouts)
    if len(reading) > MOST_MEMBERS:
        raise Refused(
            _n("Danh sách có hơn 20.000 người."),
            _n("Chia thành nhiều tổ chức, ví dụ mỗi chi nhánh một tổ chức."),
        )
    return reading


def _refuse(path: Path) -> None:
    if path.stat().st_size > MOST_BYTES:
        raise Refused(
            _n("Tệp lớn hơn 5 MB."), _n("Chỉ giữ danh sách thành viên trong tệp, rồi gửi lại.")
        )
    refuse_strange_file(
        path, _n("Dùng bảng mẫu tải ở trang này, hoặc mở nơi giữ dữ liệu thật bằng “make real”.")
    )


def _rows(reading: Reading, file: MemberFile) -> Iterator[MemberRow]:
    for sheet, columns in reading.runs:
        every = list(zip(*columns.cells, strict=True)) or [()] * len(columns.numbers)
        lines = zip(columns.numbers, every, rules.facts_of(columns), strict=True)
        for nth, (number, cells, facts) in enumerate(lines):
            yield MemberRow(
                file=file, sheet=sheet[:100], number=number, cells=list(cells), facts=facts,
                fault=_fault(columns.problems.get(nth, ())),
            )  # fmt: skip


def _fault(problems: Any) -> dict[str, Any] | None:
    """The first thing for which a row cannot be read; None for a row that can."""
    wrong: Problem | None = next((one for one in problems if one.severity == ERROR), None)
    if wrong is None:
        return None
    said = ("column", "message", "params", "advice")
    return {name: getattr(wrong, name) for name in said}


def _link(rows: list[MemberRow], organisation: Organisation, today: date) -> None:
    found: list[Found] = find([row.facts for row in rows], organisation, today)
    for row, one in zip(rows, found, strict=True):
        row.decision, row.person = one.decision, one.person
        row.score, row.evidence = one.score, one.evidence
