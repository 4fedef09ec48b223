"""Who does not want their name on any list that is handed out."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.people.errors import CannotObject
from hssk.people.models import Objection, Person


@transaction.atomic
def object_to_lists(person: Person, *, by: User, at: datetime) -> Objection:
    """Write down that `person` said: do not put my name on a list. It holds from this moment.

    Raises CannotObject where that is written down already.
    Source: protection.md §1.5 (consent and objection).
    """
    one = Person.objects.select_for_update().get(pk=person.root)
    if _standing(one.pk).exists():
        raise CannotObject(_n("Người này đã đề nghị không đưa tên vào danh sách."))
    return Objection.objects.create(person=one.pk, at=at, by=by)


@transaction.atomic
def withdraw_objection(person: Person, why: str, *, by: User, at: datetime) -> int:
    """Take an objection back, with what the person said; how many were.

    Raises CannotObject without a reason, and where none stands.
    """
    one = Person.objects.select_for_update().get(pk=person.root)
    if not why.strip():
        raise CannotObject(_n("Hãy ghi vì sao người này đồng ý lại."))
    count = _standing(one.pk).update(taken_back_at=at, taken_back_by=by, why=why.strip())
    if not count:
        raise CannotObject(_n("Người này chưa đề nghị gì."))
    return count


def objections(person: UUID) -> QuerySet[Objection]:
    """Every objection of a human being, those taken back too, the latest first."""
    root = Person.objects.filter(pk=person).values("root")
    rows = Person.objects.filter(root__in=root).values("pk")
    about = Objection.objects.filter(person__in=rows)
    return about.select_related("by", "taken_back_by").order_by("-at", "-pk")


def objectors(people: Iterable[UUID]) -> frozenset[UUID]:
    """Those of `people`, by any key of theirs, who objected under any and did not take it back."""
    asked = dict(Person.objects.filter(pk__in=set(people)).values_list("pk", "root"))
    rows = dict(Person.objects.filter(root__in=set(asked.values())).values_list("pk", "root"))
    standing = Objection.objects.filter(person__in=rows, taken_back_at=None)
    object_now = {rows[person] for person in standing.values_list("person", flat=True)}
    return frozenset(key for key, root in asked.items() if root in object_now)


def _standing(person: UUID) -> QuerySet[Objection]:
    return objections(person).filter(taken_back_at=None)
