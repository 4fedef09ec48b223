"""Cases of audit: opened by one officer, confirmed by another, over after fourteen days.

Source: protection.md §1.3 (AUDIT opens the log, not the record).
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.tiers import Kind
from hssk.people.errors import Refused
from hssk.people.models import AuditCase, AuditSubject, Basis
from hssk.people.models.bases import AUDIT_FOR
from hssk.people.services.care import end_basis
from hssk.people.services.hands import refuse_one_hand

LARGEST_CASE = 20  # people; more is no case but a search through everybody


@dataclass(frozen=True)
class CaseLook:
    """One look at somebody whom a case names; nobody else of that look is told."""

    person: UUID
    at: datetime
    actor: User
    act: str
    posts: str
    refused: bool


def open_case(number: str, reason: str, *, at: datetime, by: User) -> AuditCase:
    """A new case, which opens nothing until a second officer confirms it.

    Raises Refused when there is one of that number.
    """
    try:
        with transaction.atomic():
            return AuditCase.objects.create(
                number=number, reason=reason, opened_by=by, opened_at=at
            )
    except IntegrityError:
        raise Refused(_n("Đã có vụ mang số {number}. Hãy xem lại số."), number=number) from None


def why_not_opened(number: str) -> Refused | None:
    """Why no case of that number can be opened; None where it can. It is asked before anybody is
    looked for: a refusal afterwards would tell that somebody was found, and leave no line of it."""
    if AuditCase.objects.filter(number=number).exists():
        return Refused(_n("Đã có vụ mang số {number}. Hãy xem lại số."), number=number)
    return None


def why_not_named(case: AuditCase, *, by: User) -> Refused | None:
    """Why nobody more can be named in a case by `by`; None where it can. Asked first, as above."""
    if case.opened_by_id != by.pk or case.confirmed_at or case.closed_at:
        return Refused(_n("Chỉ người mở vụ thêm được người, và chỉ trước khi vụ được xác nhận."))
    if case.subjects.count() >= LARGEST_CASE:
        return Refused(_n("Một vụ nêu nhiều nhất {n} người. Hãy mở vụ khác."), n=LARGEST_CASE)
    return None


@transaction.atomic
def name_in_case(case: AuditCase, person: UUID, name: str, *, by: User) -> AuditSubject:
    """Have a case be about `person` too, by the name that the officer typed.

    Raises Refused unless it is `by`'s own and not confirmed yet, and when it names too many.
    """
    locked = AuditCase.objects.select_for_update().get(pk=case.pk)
    if (refusal := why_not_named(locked, by=by)) is not None:
        raise refusal
    return AuditSubject.objects.get_or_create(case=locked, person=person, defaults={"name": name})[
        0
    ]


@transaction.atomic
def confirm_case(case: AuditCase, *, at: datetime, by: User) -> None:
    """The second officer's yes: for fourteen days from now whoever opened the case may read the log
    of those it names.

    Raises Refused to the officer who opened it and to whoever is in one hand with them (`hands`),
    and for a case that names nobody, is confirmed or closed.
    """
    locked = AuditCase.objects.select_for_update().get(pk=case.pk)
    if locked.opened_by_id == by.pk:
        raise Refused(_n("Vụ phải do một cán bộ khác xác nhận."))
    refuse_one_hand(by, locked.opened_by, locked.opened_at)
    if locked.confirmed_at or locked.closed_at or not locked.subjects.exists():
        raise Refused(_n("Vụ này không còn chờ xác nhận, hoặc chưa nêu người nào."))
    locked.confirmed_by, locked.confirmed_at = by, at
    locked.save(update_fields=["confirmed_by", "confirmed_at"])
    Basis.objects.bulk_create(
        Basis(
            person=one.person, kind=Kind.AUDIT, user=locked.opened_by, why="case", case=locked,
            since=at, until=at + AUDIT_FOR, granted_by=by,
        )
        for one in locked.subjects.all()
    )  # fmt: skip


@transaction.atomic
def refuse_case(case: AuditCase, why: str, *, at: datetime, by: User) -> None:
    """The second officer's no: the case is over and has opened nothing. Anybody but the officer who
    opened it may say so; whoever is in one hand with them too, for it opens nobody's log.

    Raises Refused to the officer who opened it, and for a case that waits no longer.
    """
    locked = AuditCase.objects.select_for_update().get(pk=case.pk)
    if locked.opened_by_id == by.pk:
        raise Refused(_n("Vụ phải do một cán bộ khác xác nhận."))
    if locked.confirmed_at or locked.closed_at:
        raise Refused(_n("Vụ này không còn chờ xác nhận, hoặc chưa nêu người nào."))
    locked.closed_by, locked.closed_at, locked.refused_why = by, at, why
    locked.save(update_fields=["closed_by", "closed_at", "refused_why"])


@transaction.atomic
def close_case(case: AuditCase, *, at: datetime, by: User) -> None:
    """End a case, confirmed or not; either of its officers may. Raises Refused to others."""
    locked = AuditCase.objects.select_for_update().get(pk=case.pk)
    if by.pk not in (locked.opened_by_id, locked.confirmed_by_id) or locked.closed_at:
        raise Refused(_n("Chỉ người mở hoặc người xác nhận đóng được vụ này."))
    locked.closed_by, locked.closed_at = by, at
    locked.save(update_fields=["closed_by", "closed_at"])
    for basis in locked.bases.all():
        end_basis(basis, at=at, actor=by)


def cases_of(user: User, *, at: datetime) -> QuerySet[AuditCase]:
    """The cases that somebody may do something about: their own, and those that wait for a second
    officer or that they confirmed or refused; those that are over last."""
    answered = Q(confirmed_by=user) | Q(closed_by=user)
    open_ones = Q(opened_by=user) | answered | Q(confirmed_at=None, closed_at=None)
    return AuditCase.objects.filter(open_ones).order_by("-opened_at", "-pk")


def to_confirm(user: User) -> int:
    """How many cases of others wait for a second officer."""
    return (
        AuditCase.objects.filter(confirmed_at=None, closed_at=None).exclude(opened_by=user).count()
    )


def looks_in_case(case: AuditCase) -> list[CaseLook]:
    """Who looked at those whom a case of whoever asks names, the latest first.

    Empty for a case that is not theirs, not confirmed or over: the database decides
    (sql/bases.sql).
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, at, actor_id, act, posts, refused FROM people_looks_in_case(%s)",
            [case.pk],
        )
        rows = cursor.fetchall()
    actors = User.objects.in_bulk({row[2] for row in rows})
    return [CaseLook(row[0], row[1], actors[row[2]], *row[3:]) for row in rows]
