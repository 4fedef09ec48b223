"""A birth: one act writes down every child of it, with home, record and the link to the mother."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import BIRTH
from hssk.kit.dates import DAY
from hssk.kit.text import clean, fold, name_sort_key
from hssk.people.errors import Refused
from hssk.people.models import Amendment, Birth, Holding, Person, Residence
from hssk.people.models.facts import STATION
from hssk.people.rules import PEOPLES, counted_stay
from hssk.people.rules.lives import called_after, doubt_of_birth, relation_of_child
from hssk.people.services.guardians import life_of, record_guardian
from hssk.people.services.identity import keys_of, refresh_people
from hssk.people.services.lives.certified import VISITS_ALONE, lives_since, yield_to_hand
from hssk.people.services.lives.waiting import refuse_too_many, while_nobody_links
from hssk.places.models import Unit

_NEAR = timedelta(days=1)  # days of birth that may be one, written down at night
DOUBTS = {
    "day": _n(
        "Khai sinh ở đây cho bé sinh trong 12 tháng qua. Bé lớn hơn thì ghi vào danh sách "
        "nhân khẩu."
    ),
    "sex": _n("Người này ghi là nam. Hãy mở trang của mẹ bé."),
    "age": _n("Ngày sinh của bé không hợp với tuổi của mẹ. Hãy xem lại cả hai."),
    "dead": _n("Mẹ đã mất trước ngày này. Hãy xem lại ngày sinh của bé."),
}


@dataclass(frozen=True)
class Child:
    """One child of a birth: sex 1, 2 or 0; `name` may be ""; `known` is who it is, if there."""

    sex: int
    name: str = ""
    known: UUID | None = None


@dataclass(frozen=True)
class Newborn:
    """A birth as it was typed; `act` is made when the form is opened: sent twice it is once.
    `ethnicity` is the code of the people that the children are of, "" for not known."""

    act: UUID
    on: date
    children: tuple[Child, ...]
    clock: time | None = None
    paper: str = ""
    ethnicity: str = ""


@dataclass(frozen=True)
class _Home:
    """With the mother as she lives now, or nowhere; `unit` keeps the record."""

    stay: Residence | None
    unit: Unit
    since: date


def record_births(
    mother: UUID, said: Newborn, *, unit: Unit | None, at: datetime, by: Access
) -> list[UUID]:
    """Write down the children of one birth; their keys, in the order of birth.

    mother   her root; each child lives in her household from its birth, or from when she came
    unit     of the station, which keeps the record of a child whose mother lives nowhere; None
             for who works at none
    returns  the same children where the act was written down before: nothing is added

    A child that is there already (`known`) gets the link, and a home and a record where it has
    none. Raises Refused outside the area, for a day that cannot be, for more people than one
    user may write down on one day, and while a file is linked.
    """
    with as_machine(by.user, by.day):
        while_nobody_links()
        one = Person.objects.select_for_update().get(pk=mother)
        written = Birth.objects.filter(act=said.act).order_by("nth")
        if found := list(written.values_list("child", flat=True)):
            return found
        refuse_too_many(by, at=at, more=len(said.children))
        life = life_of(one)
        doubt = doubt_of_birth(said.on, by.day, sex=one.sex, birth=life.birth, died_on=life.died_on)
        if doubt:
            raise Refused(DOUBTS[doubt])
        home = _home(mother, said.on, unit, by)
        writing = _Writing(one, said, home, at, by)
        born = [writing.child(nth) for nth in range(1, len(said.children) + 1)]
        look(by, BIRTH, Right.MOVE, [mother, *born])
    return born


def likely_children(mother: UUID, on: date) -> list[Person]:
    """Children who may be the one that is about to be written down: born within a day of `on`, of
    this mother, in her household, or without a name where she lives. Read as whoever asks may."""
    keys = keys_of(mother)
    homes = Residence.objects.filter(person__in=keys, until=None)
    households = [stay.household_id for stay in homes if stay.household_id is not None]
    units = [stay.hamlet.unit_id for stay in homes.select_related("hamlet")]
    lives = Residence.objects.filter(person=OuterRef("pk"), household__in=households, until=None)
    kept = Holding.objects.filter(person=OuterRef("pk"), unit__in=units, until=None)
    hers = Birth.objects.filter(child=OuterRef("pk"), mother__in=keys)
    near = Person.objects.filter(
        birth_on__range=(on - _NEAR, on + _NEAR), birth_precision=DAY, same_as=None
    )
    fits = Q(Exists(hers)) | Q(Exists(lives)) | Q(Exists(kept), name="")
    return list(near.filter(fits).order_by("birth_on", "name_sort", "pk"))


def _home(mother: UUID, on: date, unit: Unit | None, by: Access) -> _Home:
    """Where a child of hers lives, and from when: with her as she lives now."""
    stays = Residence.objects.filter(person__root=mother).select_related("hamlet__unit")
    now, then = counted_stay(stays, by.day), counted_stay(stays, on)
    where = now.hamlet.unit if now is not None else unit
    if where is None or not (
        by.holds_hamlet(now.hamlet_id, Right.MOVE) if now is not None
        else by.holds_unit(where, Right.MOVE)
    ):  # fmt: skip
        raise Refused(_n("Chỉ khai sinh được cho bé có mẹ ở địa bàn của bạn."))
    return _Home(now, where, lives_since(now, then, on))


@dataclass(frozen=True)
class _Writing:
    """One birth being written down."""

    mother: Person
    said: Newborn
    home: _Home
    at: datetime
    by: Access

    def child(self, nth: int) -> UUID:
        """Write down the child of that order, unless its birth is; its key."""
        said, mother = self.said, self.mother
        child = said.children[nth - 1]
        one = _known(child) or _made(uuid5(said.act, str(nth)), child, said.on)
        if Birth.objects.filter(child=one.pk, source=None).exists():
            return one.pk
        yield_to_hand(one.pk, at=self.at, actor=self.by.user)
        of = len(said.children)
        called = called_after(mother.name, nth, of) if mother.name else ""
        Person.objects.filter(pk=one.pk).update(called=called[:300])
        Birth.objects.create(
            act=said.act, nth=nth, of=of, child=one.pk, mother=mother.pk, on=said.on,
            clock=said.clock, paper=clean(said.paper), by=self.by.user, at=self.at,
        )  # fmt: skip
        if said.ethnicity and not one.ethnicity:
            Amendment.objects.create(
                person=one.pk, what=Amendment.ETHNICITY, after=PEOPLES[said.ethnicity],
                by=self.by.user, at=self.at,
            )  # fmt: skip
        self._give_home(one)
        self._give_record(one, child)
        refresh_people([one.pk])
        # a mother who is not grown up, or whose birth date nobody knows, is the mother all the same
        with suppress(Refused):
            record_guardian(one.pk, mother.pk, "parent", at=self.at, actor=self.by.user)
        return one.pk

    def _give_home(self, one: Person) -> None:
        stay = self.home.stay
        if stay is None or Residence.objects.filter(person__root=one.pk, until=None).exists():
            return
        Residence.objects.create(
            person=one, hamlet=stay.hamlet, household=stay.household, kind=stay.kind,
            since=self.home.since, relation=relation_of_child(stay.relation),
        )  # fmt: skip

    def _give_record(self, one: Person, child: Child) -> None:
        """A record opened here, for whom no system keeps one; it takes the place of that which
        visits alone have made."""
        home, day = self.home, self.by.day
        kept = Holding.objects.filter(person__root=one.pk, until=None)
        if kept.exclude(system=VISITS_ALONE).exists():
            return
        for made in kept:
            made.until = max(made.since, day)
            made.save(update_fields=["until"])
        Holding.objects.create(
            person=one, system=STATION, since=day, created=day, updated=day, unit=home.unit,
            hamlet=home.stay.hamlet if home.stay else None, name=clean(child.name) or one.name,
            birth_on=self.said.on, birth_precision=DAY, sex=child.sex or one.sex,
        )  # fmt: skip


def _known(child: Child) -> Person | None:
    if child.known is None:
        return None
    root = Person.objects.values_list("root", flat=True).get(pk=child.known)
    return Person.objects.get(pk=root)


def _made(key: UUID, child: Child, on: date) -> Person:
    name = clean(child.name)
    return Person.objects.create(
        id=key, root=key, name=name, name_folded=fold(name), name_sort=name_sort_key(name),
        birth_on=on, birth_precision=DAY, sex=child.sex,
    )  # fmt: skip
