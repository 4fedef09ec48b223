"""Hand out a copy of a list: composed, frozen, numbered."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
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
from hssk.people.services import objectors
from hssk.places.models import Hamlet

# no vowels and no look-alikes: read over the telephone, and never a word
_SIGNS = "23456789BCDFGHJKMNPQRTVWXZ"
# whom each purpose is about; the same word counts them and lists them
ASKED: dict[Purpose, Callable[[Person], bool]] = {
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
}


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
    return {
        purpose: sum(asked(one) for one in people if one.id not in away)
        for purpose, asked in ASKED.items()
    }


@transaction.atomic
def issue(wanted: Wanted, *, by: User, at: datetime, seed: bytes | None = None) -> Copy:
    """Hand out one copy, frozen as it will be printed.

    seed     of the copy; drawn when None
    Raises CannotIssue where nobody is to be listed, where the hamlet is too small for names, and
    while a copy for that hamlet and purpose is out.
    Source: protection.md §1.5; decision 22.
    """
    if not 1 <= wanted.days <= LONGEST_LOAN:
        raise CannotIssue(_n("Một bản danh sách được giữ từ 1 đến {days} ngày."), days=LONGEST_LOAN)
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
    today = localdate(at)
    copy = Copy.objects.create(
        serial=_serial(), hamlet=wanted.hamlet, purpose=wanted.purpose, cover=composed.cover,
        on=wanted.on, seed=seed, issued_at=at, issued_on=today, issued_by=by,
        office=wanted.office, holder=wanted.holder, holder_user=wanted.holder_user,
        until=today + timedelta(days=wanted.days),
    )  # fmt: skip
    ListedPerson.objects.bulk_create(
        ListedPerson(copy=copy, number=line.number, person=person, name=line.name,
                     year=line.year, head=line.head)
        for line, person in zip(composed.lines, composed.people, strict=True)
    )  # fmt: skip
    return copy


def _composed(wanted: Wanted, seed: bytes) -> Composed:
    people = residents(wanted.hamlet, wanted.on)
    asked = ASKED[wanted.purpose]
    everybody = [
        Resident(
            person=one.id, household=one.household_id, name=one.name,
            year=one.birth.value.year if one.birth else None, head=one.head, asked=asked(one),
        )
        for one in people
    ]  # fmt: skip
    composed = compose(
        everybody, objectors(one.id for one in people), wanted.office,
        task=_(TASKS[wanted.purpose]), seed=seed,
    )  # fmt: skip
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


def residents(hamlet: Hamlet, on: date) -> list[Person]:
    """Everybody who lives there on the day and still does, as far as the asker may know."""
    return [one for one in in_hamlets([hamlet.pk], on) if not one.elsewhere]


def _serial() -> str:
    drawn = "".join(secrets.choice(_SIGNS) for _each in range(8))
    return f"{drawn[:4]}-{drawn[4:]}"
