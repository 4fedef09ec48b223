"""Hand out a copy of a list: composed, frozen, numbered."""

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.access.models import Post, User
from hssk.access.rights import Role
from hssk.access.services import as_machine
from hssk.coverage.rules import APP_OPENED
from hssk.coverage.services import Person
from hssk.coverage.services.lists import in_hamlets
from hssk.outreach.errors import CannotIssue
from hssk.outreach.models import Copy, ListedPerson
from hssk.outreach.rules import (
    LONGEST_LOAN,
    Composed,
    Cover,
    Holder,
    Purpose,
    Resident,
    compose,
)
from hssk.outreach.rules.lists import FEWEST_OF_A_HAMLET, loan_until
from hssk.outreach.services.cards import waiting_in
from hssk.people.rules import relation_code
from hssk.people.rules.relations import HEAD
from hssk.people.services import objectors
from hssk.places.models import Hamlet

# no vowels and no look-alikes: read over the telephone, and never a word
_SIGNS = "23456789BCDFGHJKMNPQRTVWXZ"
# whom each purpose is about that the ledger tells of; the same word counts them and lists them
_ASKED: dict[Purpose, Callable[[Person], bool]] = {
    Purpose.NO_RECORD: lambda one: one.state_name == "missing",
    Purpose.UNVERIFIED: lambda one: "verified" not in one.own,
    Purpose.BOOK_UNOPENED: lambda one: not one.flags & APP_OPENED,
    Purpose.CHECK_UP: lambda one: True,
}
TASKS = {
    Purpose.NO_RECORD: _n("mời đến trạm lập hồ sơ"),
    Purpose.UNVERIFIED: _n("mời đến trạm, mang giấy tờ"),
    Purpose.BOOK_UNOPENED: _n("mời đến trạm mở sổ điện tử"),
    Purpose.CHECK_UP: _n("mời đến buổi khám chung"),
    Purpose.CARD: _n("mời nhận thẻ hồ sơ sức khỏe"),
}

# the same where it is said to which place: nobody is sent to the station and to another house
INVITED = {
    **TASKS,
    Purpose.NO_RECORD: _n("mời đến lập hồ sơ"),
    Purpose.UNVERIFIED: _n("mời đến đối chiếu giấy tờ"),
    Purpose.BOOK_UNOPENED: _n("mời đến mở sổ điện tử"),
}


def done_word(purpose: str) -> str:
    """What the first tick says on a copy for a purpose, to be translated."""
    return _n("đã giao") if purpose == Purpose.CARD else _n("đã báo")


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What somebody wants to hand out.

    on    the day whose residents are meant
    days  how long the copy may be kept, 1 to LONGEST_LOAN
    """

    hamlet: Hamlet
    purpose: Purpose
    on: date
    office: Holder
    holder: str
    holder_user: User | None = None
    days: int = LONGEST_LOAN


def purposes_of(hamlet: Hamlet, on: date) -> dict[Purpose, int]:
    """How many residents of a hamlet each purpose is about on a day, objectors not counted."""
    people = residents(hamlet, on)
    away = objectors(one.id for one in people)
    return {purpose: len(asked_of(purpose, people, hamlet, on) - away) for purpose in Purpose}


def asked_of(
    purpose: Purpose, people: Iterable[Person], hamlet: Hamlet, on: date
) -> frozenset[UUID]:
    """Those of the residents of a hamlet on a day whom a purpose is about, objectors too.

    Whose card waits is asked of now: it lies at the station or it does not.
    """
    if purpose is Purpose.CARD:
        return waiting_in(hamlet.pk, on).intersection(one.id for one in people)
    asked = _ASKED[purpose]
    return frozenset(one.id for one in people if asked(one))


@transaction.atomic
def issue(wanted: Wanted, *, by: User, at: datetime, seed: bytes | None = None) -> Copy:
    """Hand out one copy, frozen as it will be printed.

    seed     of the copy; drawn when None
    Raises CannotIssue where nobody is to be listed, where the hamlet is too small for names, and
    while a copy for that hamlet and purpose is out.
    Source: protection.md §1.5; decision 22.
    """
    today = localdate(at)
    try:
        until = loan_until(today, wanted.days)
    except ValueError:
        raise CannotIssue(
            _n("Một bản danh sách được giữ từ 1 đến {days} ngày."), days=LONGEST_LOAN
        ) from None
    if _is_head(wanted.holder_user, today):  # the office is that of whoever reads it
        wanted = replace(wanted, office=Holder.HEAD)
    Hamlet.objects.select_for_update().get(pk=wanted.hamlet.pk)
    out = Copy.objects.out().filter(hamlet=wanted.hamlet, purpose=wanted.purpose).first()
    if out is not None:
        raise CannotIssue(
            _n(
                "Bản {serial} cho việc này đang ở {holder}. Hãy nhận lại bản ấy, hoặc ghi là đã "
                "mất, rồi mới giao bản khác."
            ),
            serial=out.serial, holder=out.holder,
        )  # fmt: skip
    seed = seed or secrets.token_bytes(16)
    composed = _composed(wanted, seed)
    copy = Copy(
        serial=_serial(), hamlet=wanted.hamlet, purpose=wanted.purpose, cover=composed.cover,
        on=wanted.on, seed=seed, issued_at=at, issued_on=today, issued_by=by,
        office=wanted.office, holder=wanted.holder, holder_user=wanted.holder_user, until=until,
    )  # fmt: skip
    with as_machine(by, today):  # what is read above, the asker could see
        return _written(copy, composed)


def _is_head(user: User | None, day: date) -> bool:
    return Post.objects.on(day).filter(user=user, role=Role.HEAD).exists() if user else False


def _written(copy: Copy, composed: Composed) -> Copy:
    copy.save(force_insert=True)
    ListedPerson.objects.bulk_create(
        ListedPerson(copy=copy, number=line.number, person=person, name=line.name,
                     year=line.year, head=line.head, head_person=head)
        for line, person, head in zip(
            composed.lines, composed.people, composed.heads, strict=True)
    )  # fmt: skip
    return copy


def _composed(wanted: Wanted, seed: bytes) -> Composed:
    people = residents(wanted.hamlet, wanted.on)
    asked, heads = asked_of(wanted.purpose, people, wanted.hamlet, wanted.on), heads_of(people)
    everybody = [_resident(one, heads.get(one.household_id), one.id in asked) for one in people]
    composed = compose(
        everybody, objectors(one.id for one in people), wanted.office,
        hamlet=wanted.hamlet.pk, task=_(TASKS[wanted.purpose]), seed=seed,
    )  # fmt: skip
    if composed.cover is Cover.NO_NAMES and len(everybody) >= FEWEST_OF_A_HAMLET:
        raise CannotIssue(
            _n(
                "Chỉ vài người ở riêng cần mời, ghi tên thì ai cũng biết là ai. Hãy để nhân viên y "
                "tế giữ danh sách, hoặc mời bằng phiếu kín."
            )
        )
    if composed.cover is Cover.NO_NAMES:
        raise CannotIssue(
            _n(
                "Nơi này có {count} người: dưới 30 người thì không giao danh sách tên cho trưởng "
                "bản. Hãy để nhân viên y tế giữ danh sách."
            ),
            count=len(everybody),
        )
    if not composed.lines:
        raise CannotIssue(_n("Không có ai cần vào danh sách này."))
    return composed


def _resident(one: Person, head: Person | None, asked: bool) -> Resident:
    return Resident(
        person=one.id, household=one.household_id, name=one.name,
        year=one.birth.value.year if one.birth else None, asked=asked,
        head=head.name if head else "", head_person=head.id if head else None,
        hamlet=one.hamlet_id,
    )  # fmt: skip


def heads_of(people: Iterable[Person]) -> dict[int | None, Person]:
    """Household → its head, of those of `people` who are heads of one."""
    return {
        one.household_id: one for one in people
        if one.household_id is not None and relation_code(one.relation) == HEAD
    }  # fmt: skip


def residents(hamlet: Hamlet, on: date) -> list[Person]:
    """Everybody who lives there on the day and still does, as far as the asker may know."""
    return [one for one in in_hamlets([hamlet.pk], on) if not one.elsewhere]


def _serial() -> str:
    drawn = "".join(secrets.choice(_SIGNS) for _each in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"
