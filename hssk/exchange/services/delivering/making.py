"""Make a delivery: a workbook of what waits, kept as it left, each in it remembered."""

from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from io import BytesIO
from uuid import UUID

from django.db import connection, transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import HAND
from hssk.exchange import rules
from hssk.exchange.errors import Refused
from hssk.exchange.formats.outgoing import row_of, write_filled
from hssk.exchange.models import DeliveredPerson, Delivery, SoftwareLayout, TakenIn
from hssk.exchange.services.delivering.choosing import waiting_in
from hssk.exchange.services.delivering.confirming import MISSING, lines_of
from hssk.exchange.services.delivering.knowing import Known, known_of, residents, said_of
from hssk.exchange.services.delivering.layouts import can_fill, sayings_of, template_of
from hssk.kit.text import clean

MOST = 5_000  # records of one workbook: made within one request (docs/decisions/0031)
DELIVERING = 7_310_031  # the advisory lock of whoever delivers: nobody goes out twice
WORDS = {DeliveredPerson.NEW: _n("Mới"), DeliveredPerson.CHANGED: _n("Sửa")}


@transaction.atomic
def deliver(layout: SoftwareLayout, *, by: Access, at: datetime) -> Delivery:
    """Deliver what waits in the unit of a layout, at most MOST; the rest waits for the next.

    by  who holds the unit by the right to deliver: whoever calls has seen that
    Raises Refused where nothing waits, and for a layout that nobody has saved yet.
    """
    _one_at_a_time()
    waiting = waiting_in(layout.unit, by.day)
    people = dict(list(waiting.people.items())[:MOST])
    if not people:
        raise Refused(_n("Không có hồ sơ nào mới hoặc thay đổi từ lần giao trước."))
    return _made(layout, people, waiting.known, by=by, at=at)


@transaction.atomic
def deliver_again(delivery: Delivery, *, by: Access, at: datetime) -> Delivery:
    """Deliver once more, as they are known now, those of a delivery who did not arrive.

    Raises Refused where nobody is left, and for a layout that nobody has saved yet.
    """
    _one_at_a_time()
    missing = {
        line.root: line.kind for line in lines_of(delivery)
        if line.state == MISSING and line.root is not None
    }  # fmt: skip
    if not missing:
        raise Refused(_n("Không còn ai phải giao lại."))
    known = known_of(missing, by.day)
    return _made(delivery.layout, missing, known, by=by, at=at, again=delivery)


def _one_at_a_time() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DELIVERING])


def _made(
    layout: SoftwareLayout, people: Mapping[UUID, str], known: Known, *, by: Access, at: datetime,
    again: Delivery | None = None,
) -> Delivery:  # fmt: skip
    if not can_fill(layout):
        raise Refused(_n("Hãy xem và lưu cách điền các cột của mẫu trước."))
    content = _workbook(layout, people, known)
    look(by, HAND, Right.DELIVER, people)
    with as_machine(by.user, by.day):  # what is read above, the asker could see
        made = Delivery.objects.create(
            layout=layout, unit=layout.unit, software=layout.software, on=by.day, made_by=by.user,
            made_at=at, count=len(people), digest=sha256(content).hexdigest(), content=content,
            again=again,
        )  # fmt: skip
        DeliveredPerson.objects.bulk_create(
            [
                DeliveredPerson(
                    delivery=made, number=number, person=root, kind=kind,
                    unit_id=_unit(known, root),
                    digest=rules.delivered(said_of(known, root)),
                )
                for number, (root, kind) in enumerate(people.items(), 1)
            ],
            batch_size=1_000,
        )  # fmt: skip
    return made


def _unit(known: Known, root: UUID) -> int | None:
    home = known.homes.get(root)
    return home.hamlet.unit_id if home else None


def _workbook(layout: SoftwareLayout, people: Mapping[UUID, str], known: Known) -> bytes:
    """What is official is in Vietnamese, whoever asks."""
    said, out = sayings_of(layout), BytesIO()
    with translation.override("vi"):
        words = {root: _(WORDS[kind]) for root, kind in people.items()}
    told = residents(known, people, words)
    rows = (row_of(said, who, number) for number, who in enumerate(told, 1))
    write_filled(template_of(layout), rows, out)
    return out.getvalue()


def note_taken(delivery: Delivery, name: str, on: date, *, by: Access, at: datetime) -> None:
    """Write down who took a delivery into the software, and when; said again, the last holds.

    Raises Refused without a name, for a day before the delivery and for one to come.
    """
    if not clean(name):
        raise Refused(_n("Hãy ghi tên người đã nhập tệp vào phần mềm."))
    if not delivery.on <= on <= by.day:
        raise Refused(_n("Ngày nhập phải từ ngày giao đến hôm nay."))
    with as_machine(by.user, by.day):
        TakenIn.objects.create(delivery=delivery, name=clean(name)[:120], on=on, by=by.user, at=at)
