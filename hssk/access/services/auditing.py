"""Checkpoints of the log of looks: made, told to a witness, and verified line by line."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from json import dumps
from time import sleep

from django.db import OperationalError, connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n
from psycopg.errors import LockNotAvailable

from hssk.access.checkpoints import Told, sealed
from hssk.access.merkle import root
from hssk.access.models import Checkpoint, Look, Purge, User, Witnessed
from hssk.access.services.looks import PURGE
from hssk.kit.errors import Trouble

_AT_ONCE = 5_000
_OF_VIETNAM = timedelta(hours=7)  # months are those of sql/looks.sql, wherever a command runs
KEPT_AT_LEAST = 10  # years, as sql/keeping.sql
TRIES, WAIT, PAUSE = 5, "1s", 1.0  # for looks being written: each try holds new ones up


@transaction.atomic
def make_checkpoint() -> Told | None:
    """Seal every look since the last checkpoint; the newest seal, None when there is no such look.

    Each seal is over looks of one month, so that a month can go and no seal is left half. Looks
    that are being written are waited for, so that none comes later among those sealed.
    Raises Trouble where one is being written for longer: then nothing is sealed.
    """
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE access_checkpoint IN EXCLUSIVE MODE")
    written = _all_written()
    before = newest_seal()
    told = before
    for month, looks in groupby(_looks(before.last if before else None, written), _month_of):
        reading = _Reading(looks)
        lines, digest = root(reading)
        told = sealed(told, last=reading.last, lines=lines, month=month, root=digest.hex())
        Checkpoint.objects.create(**vars(told), at=Now())
    return None if told == before else told


def _all_written() -> int:
    """The number up to which every look is there: no lower one is still to come; 0 without any.

    Whoever waits for a table holds up all who come later. So the wait is short and tried again,
    lest every page stand still behind one long file; and the lock is let go before lines are read.
    """
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT set_config('lock_timeout', %s, true)", [WAIT])
                cursor.execute("LOCK TABLE access_look IN SHARE MODE")
                cursor.execute("SELECT COALESCE(max(id), 0) FROM access_look")
                transaction.set_rollback(True)  # lets the lock go, and the time-out with it
                return int(cursor.fetchone()[0])
        except OperationalError as error:
            if not isinstance(error.__cause__, LockNotAvailable):
                raise
            if left:
                sleep(PAUSE)
    raise Trouble(
        _n("Chưa chốt được nhật ký xem: có lần xem đang ghi dở từ lâu, như một tệp lớn đang xuất. "
           "Chờ việc ấy xong rồi chạy lại; trong lúc đó các trang vẫn mở.")
    )  # fmt: skip


def newest_seal() -> Told | None:
    """The newest checkpoint; None before the first."""
    newest = Checkpoint.objects.order_by("-number").first()
    return _told(newest) if newest else None


def seals() -> list[Told]:
    """All checkpoints, as a witness keeps them."""
    return [_told(one) for one in Checkpoint.objects.order_by("number")]


def verify_log(
    witnessed: Iterable[Told] = (), *, today: date, newest: int | None = None
) -> list[str]:
    """Work every checkpoint out again from the looks themselves; what does not agree, in words.

    witnessed  what somebody else keeps: without it whoever can write the whole database can also
               write checkpoints that agree with their own log
    today      what was removed must have been past the rule by this day
    newest     work out this many of the newest alone; their chain is verified from the first on
    """
    here = seals()
    wrong = _wrong_chain(here)
    purges = list(Purge.objects.order_by("month"))
    gone = {one.month for one in purges}
    skipped = len(here) - newest if newest is not None else 0
    for before, one in list(pairwise([None, *here]))[max(skipped, 0) :]:
        assert one is not None
        wrong += _wrong_lines(before, one, gone)
    wrong += _wrong_purges(purges, today)
    return wrong + _not_as_noted(here) + _not_as_witnessed(here, witnessed)


def note_witness(witnessed: Sequence[Told], actor: User) -> None:
    """Keep that a witness was found to have all these seals, which agreed with those here."""
    newest = max(witnessed, key=lambda one: one.number)
    if not Witnessed.objects.filter(number__gte=newest.number).exists():
        Witnessed.objects.create(number=newest.number, chain=newest.chain, actor=actor, at=Now())


def last_witnessed() -> tuple[int, datetime] | None:
    """Up to which seal a witness was found to keep them, and when; None when never."""
    newest = Witnessed.objects.order_by("-number").first()
    return (newest.number, newest.at) if newest else None


def not_sealed_since() -> datetime | None:
    """When the oldest look was written that no seal is on; None when all are sealed."""
    newest = newest_seal()
    open_ones = Look.objects.filter(id__gt=newest.last if newest else 0).order_by("id")
    return open_ones.values_list("at", flat=True).first()


def latest_look(of: int = 1_000) -> datetime | None:
    """The latest time at which one of the newest looks, by their numbers, was written."""
    return max(Look.objects.order_by("-id").values_list("at", flat=True)[:of], default=None)


def last_sealed() -> datetime | None:
    """When the newest seal was made; None before the first."""
    return Checkpoint.objects.order_by("-number").values_list("at", flat=True).first()


def _wrong_chain(here: list[Told]) -> list[str]:
    wrong = []
    for number, (before, one) in enumerate(pairwise([None, *here]), start=1):
        assert one is not None
        if one.number != number:
            wrong.append(_("mốc {n} đã bị gỡ bỏ").format(n=number))
        if not one.continues(before):
            wrong.append(_("mốc {n} không nối tiếp mốc trước").format(n=one.number))
    return wrong


def _wrong_lines(before: Told | None, one: Told, gone: set[date]) -> list[str]:
    """Whether the looks under a seal are as they were sealed, all of its month; of a month that was
    removed there is none, and its root stays as the witness has it."""
    reading = _Reading(_looks(before.last if before else None, one.last))
    lines, digest = root(reading)
    if one.month in gone:
        whole = lines == 0
    else:
        whole = (lines, digest.hex()) == (one.lines, one.root) and reading.months <= {one.month}
    if whole:
        return []
    first = before.last + 1 if before else 1
    said = _("các dòng {first}–{last} không còn như khi chốt mốc {n}")
    return [said.format(first=first, last=one.last, n=one.number)]


def _wrong_purges(purges: Sequence[Purge], today: date) -> list[str]:
    """Months that say they were removed by the rule, and were not: too young, or without the line
    in the log that the removal writes, which goes with the looks of its own month in time."""
    gone = {one.month for one in purges}
    noted = set(Look.objects.filter(act=PURGE).values_list("purpose", flat=True))
    return [
        _("tháng {month} bị xóa trái quy định lưu giữ").format(month=f"{one.month:%m/%Y}")
        for one in purges
        if (f"{one.month:%Y-%m}" not in noted and _month_of(one) not in gone)
        or today.replace(day=1) <= one.month.replace(year=one.month.year + KEPT_AT_LEAST)
    ]


def _not_as_noted(here: list[Told]) -> list[str]:
    """Seals that a witness was once found to keep, by what was noted here of it."""
    known = {one.number: one.chain for one in here}
    noted = Witnessed.objects.order_by("number").values_list("number", "chain")
    said = _("mốc {n} không còn như khi đối chiếu với người làm chứng")
    return [said.format(n=number) for number, chain in noted if known.get(number) != chain]


def _not_as_witnessed(here: list[Told], witnessed: Iterable[Told]) -> list[str]:
    wrong = []
    known = {one.number: one for one in here}
    for one in witnessed:
        if one.number not in known:
            wrong.append(_("mốc {n} mà người làm chứng giữ không còn ở đây").format(n=one.number))
        elif known[one.number] != one:
            wrong.append(_("mốc {n} khác với mốc người làm chứng giữ").format(n=one.number))
    return wrong


def _told(one: Checkpoint) -> Told:
    return Told(one.number, one.last, one.lines, one.month, one.root, one.chain)


def _looks(after: int | None, last: int | None) -> Iterator[Look]:
    """Looks in their order; from the first without `after`, whatever number somebody gives what
    they slip in before it."""
    looks = Look.objects.order_by("id")
    if after is not None:
        looks = looks.filter(id__gt=after)
    if last is not None:
        looks = looks.filter(id__lte=last)
    return looks.iterator(chunk_size=_AT_ONCE)


def _month_of(one: Look | Purge) -> date:
    return (one.at.astimezone(UTC) + _OF_VIETNAM).date().replace(day=1)


class _Reading:
    """The lines of looks, one by one; afterwards the number of the last look, and their months."""

    def __init__(self, looks: Iterable[Look]) -> None:
        self.looks = looks
        self.last = 0
        self.months: set[date] = set()

    def __iter__(self) -> Iterator[bytes]:
        for look in self.looks:
            self.last = look.pk
            self.months.add(_month_of(look))
            yield from _lines(look)


def _lines(one: Look) -> Iterator[bytes]:
    """The lines to seal of one look: what it says, and each person it names, in order."""
    words = (
        *(one.pk, one.at.isoformat(), one.actor_id, one.act, one.right, one.posts, one.refused),
        *(one.basis, one.tier, one.purpose),
    )
    yield dumps(words, ensure_ascii=False).encode()
    for person in one.people:
        yield f"{one.pk}|{person}".encode()
