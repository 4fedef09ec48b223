"""Breaking the glass: the emergency set of one person, for four hours, reviewed within 72.

Source: protection.md §1.3 and invariant I12.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_noop as _n

from hssk.access.models import Post, User
from hssk.access.rights import RIGHTS, Right
from hssk.access.services import is_asleep
from hssk.access.tiers import Kind
from hssk.kit.dates import DAY, PartialDate
from hssk.people.errors import Refused
from hssk.people.models import Basis, GlassReview
from hssk.people.models.bases import BREAK_GLASS_FOR
from hssk.people.services.hands import refuse_one_hand

REVIEW_WITHIN = timedelta(hours=72)
A_DAY, BREAKS_A_DAY = timedelta(hours=24), 3


class Reason(StrEnum):
    """Why the glass may be broken at all: a closed list."""

    UNCONSCIOUS = "unconscious"
    DANGER = "danger"
    BIRTH = "birth"
    CHILD_ALONE = "child-alone"


@dataclass(frozen=True)
class EmergencySet:
    """What the register tells of `person`, a root, behind a broken glass: `phones` of theirs,
    `head_phones` of the head of their household."""

    person: UUID
    name: str
    birth_year: int | None
    sex: int
    phones: list[str]
    head: str
    head_phones: list[str]


@dataclass(frozen=True)
class Fact:
    """What else treats somebody safely: of which kind, in words, and the day it is of."""

    kind: str
    said: str
    on: PartialDate | None


_further: list[Callable[[int], list[Fact]]] = []


def tell_further(facts: Callable[[int], list[Fact]]) -> None:
    """Have a room above add to what a break-glass shows, before the first request.

    facts  of a break-glass, by its key; from a function of the database that holds to the closed
           list by itself (protection.md I12), as `emergency_set` does
    """
    _further.append(facts)


def further_facts(basis: int) -> list[Fact]:
    """What the rooms above tell behind a broken glass: nothing where it is over or not theirs."""
    return [fact for facts in _further for fact in facts(basis)]


def why_not(user: User, *, at: datetime) -> Refused | None:
    """Why `user` may not break the glass at `at`; None when they may.

    Suspended is who has one that was not reviewed within 72 hours, or that the latest review found
    without reason; and three in 24 hours are enough.
    """
    mine = Basis.objects.filter(kind=Kind.BREAK_GLASS, user=user)
    if waiting(mine).filter(since__lte=at - REVIEW_WITHIN).exists():
        return Refused(
            _n(
                "Bạn còn một lần mở khẩn cấp quá 72 giờ chưa được xem xét, nên quyền mở khẩn cấp "
                "đang tạm dừng. Hãy báo người kiểm tra, bảo vệ dữ liệu xem xét lần đó."
            )
        )
    if _judged(mine).filter(verdict=False).exists():
        return Refused(
            _n(
                "Một lần mở khẩn cấp của bạn bị kết luận là không có lý do, nên quyền mở khẩn cấp "
                "đang tạm dừng. Hãy làm việc với người kiểm tra, bảo vệ dữ liệu."
            )
        )
    if mine.filter(since__gt=at - A_DAY).count() >= BREAKS_A_DAY:
        return Refused(
            _n(
                "Bạn đã mở khẩn cấp {n} lần trong 24 giờ qua, không mở thêm được. "
                "Hãy nhờ đồng nghiệp hoặc gọi trung tâm y tế."
            ),
            n=BREAKS_A_DAY,
        )
    return None


@transaction.atomic
def break_glass(person: UUID, reason: Reason, note: str, *, at: datetime, user: User) -> Basis:
    """Open the emergency set of `person` to `user` for four hours from `at` on.

    The row itself is the alert: it waits for a review, and there is one for each. Whoever calls
    has had the second factor proved. Raises Refused as `why_not` says, also of two at one time.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if (refusal := why_not(user, at=at)) is not None:
        raise refusal
    return Basis.objects.create(
        person=person, kind=Kind.BREAK_GLASS, user=user, why=reason, note=note, since=at,
        until=at + BREAK_GLASS_FOR, granted_by=user,
    )  # fmt: skip


def emergency_set(basis: int) -> EmergencySet | None:
    """What a break-glass of whoever asks shows now; None when it is over or not theirs.

    The database decides who asks and what the time is (sql/bases.sql), whatever this is called by.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_behind_glass(%(basis)s), e.* FROM people_emergency(%(basis)s) e",
            {"basis": basis},
        )
        row = cursor.fetchone()
    if row is None:
        return None
    person, name, born, precision, sex, phones, head, head_phones = row
    year = PartialDate(born, precision or DAY).value.year if born else None
    return EmergencySet(person, name, year, sex, phones, head or "", head_phones)


def waiting(bases: QuerySet[Basis] | None = None) -> QuerySet[Basis]:
    """The broken glasses that nobody has reviewed yet, the oldest first."""
    every = Basis.objects.filter(kind=Kind.BREAK_GLASS) if bases is None else bases
    reviewed = GlassReview.objects.filter(basis=OuterRef("pk"))
    return every.filter(~Exists(reviewed)).order_by("since", "pk")


def unheard(on: date) -> int:
    """How many broken glasses wait while nobody is there to review them: whoever reads the log is
    away for long, or broke them. To be asked as the machine, who sees every one."""
    judging = [role for role, rights in RIGHTS.items() if Right.LOOKS in rights]
    posts = Post.objects.on(on).filter(role__in=judging).select_related("user")
    judges = {post.user_id for post in posts if not is_asleep(post.user, on)}
    return sum(not judges - {one.user_id} for one in waiting())


def reviewed() -> QuerySet[Basis]:
    """Those that were, the latest first, each with `verdict` of its latest review."""
    every = Basis.objects.filter(kind=Kind.BREAK_GLASS)
    return _judged(every).exclude(verdict=None).order_by("-since", "-pk")


def _judged(bases: QuerySet[Basis]) -> QuerySet[Any]:
    latest = GlassReview.objects.filter(basis=OuterRef("pk")).order_by("-at", "-pk")
    return bases.annotate(verdict=Subquery(latest.values("justified")[:1]))


@transaction.atomic
def review(basis: Basis, *, justified: bool, note: str, at: datetime, by: User) -> GlassReview:
    """Write what was found of a broken glass; a later review of it takes the place of an earlier.

    One found without reason closes at once, what is left of its four hours notwithstanding.
    Raises Refused for one's own, and for that of somebody with whom `by` is in one hand (`hands`).
    """
    if basis.kind != Kind.BREAK_GLASS or basis.user_id == by.pk:
        raise Refused(_n("Không ai tự xem xét lần mở khẩn cấp của mình. Hãy nhờ người khác."))
    if basis.user is not None:
        refuse_one_hand(by, basis.user, basis.since)
    if not justified:
        Basis.objects.filter(pk=basis.pk, until__gt=at).update(until=at, ended_by=by)
    return GlassReview.objects.create(basis=basis, by=by, at=at, justified=justified, note=note)
