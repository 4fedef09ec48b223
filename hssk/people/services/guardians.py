"""Who is the guardian of which child, recorded and ended; what that opens is `rules.guardians`."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.tiers import Kind
from hssk.people.errors import Refused
from hssk.people.models import Basis, Person
from hssk.people.rules.guardians import (
    GROWN,
    NOTHING,
    Custody,
    Life,
    Opens,
    birthday,
    child_opens,
    guardian_opens,
)
from hssk.people.services.care import end_basis

RELATIONS = ("parent", "guardian")  # by birth or adoption; by a court or the commune


@transaction.atomic
def record_guardian(
    child: UUID, guardian: UUID, relation: str, *, at: datetime, actor: User
) -> Basis:
    """Have `guardian` be a guardian of `child` from `at` until the child's 18th birthday at 00:00.

    child, guardian  roots of two people; recording the same two again gives what stands
    Raises Refused for a child without a birth date, grown up or dead, and for a guardian who is
    the child, is dead, or is not known to be grown up.
    """
    young = Person.objects.select_for_update().get(pk=child)
    old = Person.objects.get(pk=guardian)
    if child == guardian:
        raise Refused(_n("Không ai là người giám hộ của chính mình."))
    life, other = life_of(young), life_of(old)
    if life.birth is None or life.died_on or not _is_young(life, at):
        raise Refused(_n("Chỉ ghi người giám hộ cho trẻ còn sống, dưới 18 tuổi, đã rõ ngày sinh."))
    if other.birth is None or other.died_on or _is_young(other, at):
        raise Refused(_n("Người giám hộ phải đủ 18 tuổi, còn sống và đã rõ ngày sinh."))
    standing = guardians_of(child, at=at).filter(holder__in=_keys(guardian)).first()
    return standing or Basis.objects.create(
        person=child, kind=Kind.GUARDIAN, holder=guardian, why=relation, since=at,
        until=birthday(life.birth, GROWN), granted_by=actor,
    )  # fmt: skip


@transaction.atomic
def end_guardian(basis: Basis, *, at: datetime, actor: User) -> None:
    """End a guardianship at `at`: what it opened is closed from the next statement on."""
    end_basis(basis, at=at, actor=actor)


@transaction.atomic
def change_custody(
    child: UUID, guardians: dict[UUID, str], *, at: datetime, actor: User
) -> list[Basis]:
    """Have exactly `guardians` (root → relation) be the guardians of `child` from `at` on.

    One transaction: there is no moment with the old and the new ones, and none with neither.
    Raises Refused as `record_guardian`, and changes nothing then.
    """
    Person.objects.select_for_update().get(pk=child)
    kept = {key for one in guardians for key in _keys(one)}
    for basis in guardians_of(child, at=at):
        if basis.holder not in kept:
            end_basis(basis, at=at, actor=actor)
    return [
        record_guardian(child, one, relation, at=at, actor=actor)
        for one, relation in guardians.items()
    ]


def guardians_of(child: UUID, *, at: datetime) -> QuerySet[Basis]:
    """The guardianships of a child in force at `at`, whichever of its merged rows they name."""
    return Basis.objects.at(at).filter(kind=Kind.GUARDIAN, person__in=_keys(child))


def opened_to(holder: UUID, person: UUID, *, at: datetime) -> Opens:
    """What `holder` may open of the booklet of `person` at `at`: their own, or as a guardian.

    holder, person  roots; without a basis in force nothing is open, to the person neither
    """
    kind = Kind.SELF if holder == person else Kind.GUARDIAN
    mine = Basis.objects.at(at).filter(
        kind=kind, person__in=_keys(person), holder__in=_keys(holder)
    )
    held = mine.first()
    if held is None:
        return NOTHING
    life = life_of(Person.objects.get(pk=person))
    if kind is Kind.SELF:
        return child_opens(life, at)
    guardian = life_of(Person.objects.get(pk=holder))
    return guardian_opens(life, Custody(guardian, held.since, held.until), at)


def _keys(root: UUID) -> list[UUID]:
    return list(Person.objects.filter(root=root).values_list("id", flat=True))


def life_of(person: Person) -> Life:
    """The facts of a person that doors depend on; they died if any of their merged rows did."""
    died = Person.objects.filter(root=person.root).aggregate(first=Min("died_on"))["first"]
    return Life(person.birth, died)


def _is_young(life: Life, at: datetime) -> bool:
    """Whether somebody of a known birth date is under 18 at `at`."""
    return life.birth is not None and at < birthday(life.birth, GROWN)
