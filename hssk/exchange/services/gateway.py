"""Files that software of a facility sends: each gets one receipt, and goes the way of all files.

What is sent is first looked at as a whole by a child, so that the sender is told at once what is no
file of claims, or not its own. What became of it is told by the receipt, to its sender alone.
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from tempfile import NamedTemporaryFile
from typing import Any, cast

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.access.models import Sender
from hssk.access.services import Access
from hssk.access.services.posts import SAID_CLEARLY
from hssk.exchange.errors import Refused
from hssk.exchange.formats.claims_xml.refusals import plainly
from hssk.exchange.formats.claims_xml.stated import NOBODY
from hssk.exchange.formats.door import Begun, UnreadableFile
from hssk.exchange.formats.limits import Limits
from hssk.exchange.formats.wire import STATED
from hssk.exchange.models import Batch, Receipt
from hssk.exchange.services import working
from hssk.exchange.services.area import units_of
from hssk.exchange.services.outcome import counts_told
from hssk.exchange.services.showing import said
from hssk.places.models import Unit

_LOOKING = 7_310_008
CODE_LENGTH = 24  # some 118 bits of chance
MOST_FAULTS = 100  # of one file that are told
# a request waits for this child, so it may use less than one that a worker waits for
LOOK = Limits(memory=1 << 30, cpu=10, wall=20)
WAITS, DONE, FAILED, UNDONE = range(4)
_STATES = {Batch.APPLIED: DONE, Batch.FAILED: FAILED, Batch.UNDONE: UNDONE}
_CODE = re.compile("[0-9A-Z]{1,13}")


def is_free() -> bool:
    """Whether no other request is being looked at: true once, and until the caller's transaction
    ends. Looking at files holds a thread of the server for a minute, and pages need the others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOOKING])
        return bool(cursor.fetchone()[0])


def take(sender: Sender, content: bytes, *, on: date, access: Access) -> Receipt:
    """The receipt for a file, which a worker takes in; the one there is for a file sent before.

    on      the day of the file
    access  what the account may do: whom its files may find

    Inside the caller's transaction: the receipt and the file are there together, or neither.
    Raises Refused for what is no file of claims, has none, or names another facility.
    """
    digest = hashlib.sha256(content).hexdigest()
    if found := _receipt_for(sender, digest):
        return found
    faults = _faults(content, sender.facility.code)
    Sender.objects.select_for_update(no_key=True).get(
        pk=sender.pk
    )  # the same file twice at once is one
    if found := _receipt_for(sender, digest):
        return found
    code = get_random_string(CODE_LENGTH, SAID_CLEARLY)
    (batch,) = working.take_in(
        [SimpleUploadedFile(f"{code}.xml", content)],
        kind=Batch.CLAIMS, unit=cast(Unit, sender.post.unit), on=on, partial=False,
        actor=sender.user, area=units_of(access),
    )  # fmt: skip
    return Receipt.objects.create(
        sender=sender, code=code, digest=digest, batch=batch, faults=faults
    )


def _receipt_for(sender: Sender, digest: str) -> Receipt | None:
    """The receipt of a file sent before; one whose worker failed is tried again.

    What was taken back since comes in anew by the same bytes, as by every other door.
    """
    stand = Receipt.objects.exclude(batch__state=Batch.UNDONE).select_related("batch")
    found = stand.filter(sender=sender, digest=digest).order_by("id").first()
    if found is not None and found.batch.state == Batch.FAILED:
        working.again(found.batch)
    return found


def receipt_of(sender: Sender, code: str) -> Receipt | None:
    """The receipt of that code, if it is this sender's; None for any other, and for none."""
    return Receipt.objects.filter(sender=sender, code=code).select_related("batch").first()


def _faults(content: bytes, facility: str) -> list[tuple[int, str]]:
    """The claims of a file that cannot be read: number and why in one word."""
    faults, count = [], 0
    try:
        for ordinal, codes, why in _stated(content):
            count += 1
            if strange := [code for code in codes if code != facility]:
                raise _of_another(ordinal, strange[0], facility)
            if not codes and not why:
                raise Refused(
                    _n("Hồ sơ thứ {claim} không ghi mã cơ sở khám bệnh, chữa bệnh (MACSKCB)."),
                    _n("Ghi mã cơ sở trong phần mềm, rồi xuất lại và gửi lại tệp."),
                    claim=ordinal,
                )
            if why:
                faults.append((ordinal, why))
    except UnreadableFile as unreadable:
        raise Refused(unreadable.message, unreadable.advice) from unreadable
    if not count:
        raise Refused(_n("Tệp không có hồ sơ nào."), _n("Xuất lại hồ sơ từ phần mềm, rồi gửi lại."))
    return faults[:MOST_FAULTS]


def _stated(content: bytes) -> Iterator[tuple[int, list[str], str]]:
    with NamedTemporaryFile(dir=settings.HOME.files, prefix="gateway-") as scratch:
        scratch.write(content)
        scratch.flush()
        with Begun(scratch.name, kind=STATED, limits=LOOK, layouts={}) as child:
            for some in child.stated():
                yield from some


def _of_another(ordinal: int, code: str, facility: str) -> Refused:
    return Refused(
        _n("Hồ sơ thứ {claim} ghi mã cơ sở {found}; tài khoản này chỉ gửi cho cơ sở {own}."),
        _n("Gửi bằng tài khoản của cơ sở ấy, hoặc sửa mã cơ sở rồi xuất lại tệp."),
        claim=ordinal, found=code if _CODE.fullmatch(code) else "…", own=facility,
    )  # fmt: skip


@dataclass(frozen=True)
class Told:
    """What became of a file, as its sender may know: counts and numbers of claims, and nobody.

    state   WAITS, DONE, FAILED or UNDONE
    counts  rows, accepted, rejected; empty before it is done
    faults  number of a claim in the file, why in one word, why in words
    """

    state: int
    said: str
    counts: dict[str, int]
    faults: list[tuple[int, str, str]]


def told_of(receipt: Receipt) -> Told:
    """What became of the file of a receipt."""
    batch = receipt.batch
    state = _STATES.get(batch.state, WAITS)
    counts = counts_told(batch.counts, rows=False) if state == DONE else {}
    faults = [(number, why, _fault(number, why)) for number, why in receipt.faults]
    return Told(state, _words(state, batch.trouble), counts, faults)


def _words(state: int, trouble: dict[str, Any] | None) -> str:
    if state == FAILED and (told := said(trouble)):
        return f"{told['text']} {told['advice']}".strip()
    return {
        WAITS: _("Đã nhận, đang chờ xử lý."),
        DONE: _("Đã xử lý xong."),
        FAILED: _("Không xử lý được."),
        UNDONE: _("Đã được đơn vị tiếp nhận gỡ ra."),
    }[state]


def _fault(number: int, why: str) -> str:
    where = _("Hồ sơ thứ {claim}").format(claim=number)
    if why == NOBODY:
        lacks = _("{where} không có bảng XML1, nên không biết là của ai.")
        return f"{lacks.format(where=where)} {_('Gửi lại hồ sơ có đủ bảng XML1.')}"
    return plainly(why, where)
