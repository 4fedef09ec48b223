"""People without papers of this country: a foundling, a foreigner, a patient whom nobody can name.

Whoever has a number of this country comes by a list or by a move of two keys (decision 13), so that
nobody is pulled in by typing them.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import STRANGER
from hssk.kit.dates import PartialDate
from hssk.kit.text import clean, fold, name_sort_key
from hssk.people.errors import Refused
from hssk.people.models import Amendment, Holding, Identifier, Person, Residence, Stranger
from hssk.people.rules import PEOPLES
from hssk.people.rules.lives import called_by_words
from hssk.people.services.identity import refresh_people
from hssk.people.services.lives.births import STATION
from hssk.people.services.lives.waiting import refuse_too_many, while_nobody_links
from hssk.places.models import Hamlet, Unit

FOREIGN = "55"  # QĐ 121-TCTK/PPCĐ: "Người nước ngoài"
TELL_WITHIN = timedelta(hours=48)  # Luật Khám bệnh, chữa bệnh 15/2023/QH15, article 72
# how a home counts: a foundling lives where it is looked after, a foreigner stays for a time
_HOMES = {Stranger.FOUNDLING: Residence.CURRENT, Stranger.FOREIGNER: Residence.TEMPORARY}


@dataclass(frozen=True)
class Typed:
    """Somebody as a station typed them: a name or `words`; `birth` as nearly as it is known.

    number  of a passport, "" for none; `hamlet` where they live, None who only passes through
    act     made when the form is opened, so that sent twice is once
    """

    act: UUID
    kind: str
    name: str
    words: str
    birth: PartialDate | None
    sex: int
    number: str = ""
    nationality: str = ""
    hamlet: Hamlet | None = None


def record_stranger(said: Typed, *, unit: Unit, at: datetime, by: Access) -> UUID:
    """Write somebody down, with a record from today and a home where they live; their key.

    unit  of the station, which keeps the record of whoever lives nowhere here. A patient whom
          nobody can name never lives here, so that they count nowhere
    Raises Refused outside the area, without a name or words, for more people than one user may
    write down on one day, and while a file is being linked.
    """
    _refuse_unless_theirs(said, unit, by)
    with as_machine(by.user, by.day):
        while_nobody_links()
        if (written := Stranger.objects.filter(act=said.act).first()) is not None:
            return written.person
        refuse_too_many(by, at=at, more=1)
        one = _made(said)
        hamlet = said.hamlet if said.kind in _HOMES else None
        if hamlet is not None:
            Residence.objects.create(
                person=one, hamlet=hamlet, kind=_HOMES[said.kind], since=by.day
            )
        Holding.objects.create(
            person=one, system=STATION, since=by.day, created=by.day, updated=by.day,
            unit=hamlet.unit if hamlet else unit, hamlet=hamlet, name=one.name,
            birth_on=one.birth_on, birth_precision=one.birth_precision, sex=one.sex,
        )  # fmt: skip
        if said.number:
            Identifier.objects.create(
                person=one, kind=Identifier.PASSPORT, value=passport(said.number), since=by.day
            )
        Stranger.objects.create(
            act=said.act, person=one.pk, kind=said.kind, words=clean(said.words),
            nationality=clean(said.nationality), by=by.user, at=at,
        )  # fmt: skip
        if said.kind == Stranger.FOREIGNER:  # the list of peoples has a code for them
            Amendment.objects.create(
                person=one.pk, what=Amendment.ETHNICITY, after=PEOPLES[FOREIGN], by=by.user, at=at
            )
            refresh_people([one.pk])
        look(by, STRANGER, Right.MOVE, [one.pk])
    return one.pk


def note_told(person: UUID, *, at: datetime, by: Access) -> None:
    """Write down that the commune was told of somebody whom nobody can name; once."""
    with as_machine(by.user, by.day):
        waiting = Stranger.objects.filter(person=person, kind=Stranger.UNKNOWN, told_at=None)
        if not waiting.update(told_at=at, told_by=by.user):
            raise Refused(_n("Đã báo, hoặc không phải báo về người này."))
        look(by, STRANGER, Right.MOVE, [person])


def likely_strangers(said: Typed) -> list[Person]:
    """Whom somebody may be who is about to be written down: the same passport, or the same name and
    year of birth. Read as whoever asks may."""
    roots = set()
    if said.number:
        numbered = Identifier.objects.filter(
            kind=Identifier.PASSPORT, value=passport(said.number)
        ).exclude(status=Identifier.CANCELLED)
        roots |= set(numbered.values_list("person__root", flat=True))
    if said.name:
        alike = Person.objects.filter(name_folded=fold(said.name))
        if said.birth is not None:
            year = said.birth.value.year
            alike = alike.filter(birth_on__range=(date(year, 1, 1), date(year, 12, 31)))
        roots |= set(alike.values_list("root", flat=True))
    return list(Person.objects.filter(pk__in=roots).order_by("name_sort", "pk")[:20])


def passport(number: str) -> str:
    """A number of a passport as it is compared: letters and digits, in capitals."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def _refuse_unless_theirs(said: Typed, unit: Unit, by: Access) -> None:
    hamlet = said.hamlet
    mine = by.holds_hamlet(hamlet.pk, Right.MOVE) if hamlet else by.holds_unit(unit, Right.MOVE)
    if not mine:
        raise Refused(_n("Chỉ thêm được người ở địa bàn của bạn."))
    if not clean(said.name) and not clean(said.words):
        raise Refused(_n("Chưa có tên thì ghi vài lời mô tả, để nhận ra người này."))


def _made(said: Typed) -> Person:
    key, name, words = uuid5(said.act, "1"), clean(said.name), clean(said.words)
    return Person.objects.create(
        id=key, root=key, name=name, name_folded=fold(name), name_sort=name_sort_key(name),
        called="" if name else called_by_words(words), sex=said.sex,
        birth_on=said.birth.value if said.birth else None,
        birth_precision=said.birth.precision if said.birth else "",
    )  # fmt: skip
