"""Identity is confirmed: in person against a document, or by the population database."""

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.people.errors import CannotVerify
from hssk.people.models import (
    Amendment,
    Birth,
    Document,
    How,
    Person,
    Stranger,
    Verification,
)
from hssk.people.services.guardians import life_of

# why a check counts no more, kept with it
_TYPED_SINCE = "Người xác minh ghi tên hoặc số khác trong cùng ngày; cần đồng nghiệp xác minh lại."


@transaction.atomic
def verify(
    person: Person,
    how: How,
    document: Document | str = "",
    *,
    note: str = "",
    by: User,
    at: datetime,
    typed_by: Collection[int],
) -> Verification:
    """Say that `person` is who they are said to be.

    how       against a `document` that the person held, of the closed list; OTHER needs a `note`
              that says which. By the population database: no document
    by        somebody who signs in: what runs by itself verifies nobody
    typed_by  the keys of users who on that day typed anything of what is known of the person;
              whoever calls has asked for them. The same pair of hands does not write and confirm
              in one act: the act is what that user did on that day until the check. What is
              filled in after it is another; but not a name or a number (`lives.amend`)
    Raises CannotVerify, for somebody verified already and for the dead too.
    Source: protection.md §1.4 (proofing in person, a second worker co-signs); decision 21.
    """
    one = Person.objects.select_for_update().get(pk=person.root)
    if by.is_local_operator or not by.is_active:
        raise CannotVerify(_n("Xác minh danh tính là việc của một người, không phải của máy."))
    if by.pk in typed_by or by.pk in _hands_of(one.pk, localdate(at)):
        raise CannotVerify(
            _n(
                "Hôm nay chính bạn đã ghi thông tin của người này. Người ghi không tự xác minh: "
                "hãy nhờ đồng nghiệp, hoặc để đến ngày khác."
            )
        )
    if life_of(one).died_on is not None:
        raise CannotVerify(_n("Người này đã mất."))
    if standing(one.pk).exists():
        raise CannotVerify(_n("Người này đã được xác minh."))
    return Verification.objects.create(
        person=one.pk, on=localdate(at), at=at, by=by, how=how, document=document, note=note.strip()
    )


def _hands_of(person: UUID, day: date) -> set[int]:
    """The keys of users who on `day` wrote down that somebody was born or came without papers, or
    changed their name or number."""
    rows = Person.objects.filter(root=person).values("pk")
    acts = (
        Birth.objects.filter(child__in=rows, source=None), Stranger.objects.filter(person__in=rows),
        Amendment.objects.filter(person__in=rows),
    )  # fmt: skip
    return {by for act in acts for by in act.filter(at__date=day).values_list("by", flat=True)}


@transaction.atomic
def take_verifying_back(person: Person, why: str, *, by: User, at: datetime) -> int:
    """Take back what was confirmed of `person`, with a reason; how many acts were.

    It stays readable who had confirmed what, and counts on no day any more, as what was never so.
    Raises CannotVerify without a reason, and where nothing stands.
    """
    one = Person.objects.select_for_update().get(pk=person.root)
    if not why.strip():
        raise CannotVerify(_n("Hãy ghi lý do hủy xác minh."))
    count = standing(one.pk).update(taken_back_at=at, taken_back_by=by, why=why.strip())
    if not count:
        raise CannotVerify(_n("Người này chưa được xác minh."))
    return count


def not_what_was_confirmed(person: UUID, *, by: User, at: datetime) -> None:
    """Take back what `by` confirmed of `person` (a root) on the day of `at`, now that they write
    down another name or number: nobody confirms what they typed, whichever came first."""
    mine = standing(person).filter(by=by, on=localdate(at))
    mine.update(taken_back_at=at, taken_back_by=by, why=_TYPED_SINCE)


def standing(person: UUID) -> QuerySet[Verification]:
    """What stands confirmed of a human being, whichever row of theirs it was said of."""
    return verifications(person).filter(taken_back_at=None)


def verifications(person: UUID) -> QuerySet[Verification]:
    """Every confirmation of a human being, those taken back too, the latest first."""
    root = Person.objects.filter(pk=person).values("root")
    about = Verification.objects.filter(
        person__in=Person.objects.filter(root__in=root).values("pk")
    )
    return about.select_related("by", "taken_back_by").order_by("-at", "-pk")
