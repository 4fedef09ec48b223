"""A child gets its name, its number and its people: written down by hand, with what stood there
before."""

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import NAME
from hssk.kit.text import clean
from hssk.people.errors import Refused
from hssk.people.models import Amendment, Holding, Identifier, Person, Stranger
from hssk.people.rules import PEOPLES, classify_number, pid_doubts
from hssk.people.services.guardians import life_of
from hssk.people.services.identity import keys_of, refresh_people
from hssk.people.services.lives.births import STATION
from hssk.people.services.lives.waiting import while_nobody_links
from hssk.people.services.verifying import not_what_was_confirmed

_SEXES = {1: "Nam", 2: "Nữ"}
_IN_STATEMENT = (Identifier.PID, Identifier.CMND, Identifier.BHXH)


def can_amend(person: UUID) -> bool:
    """Whether a name of a human being was typed by hand, so that a hand may write it anew."""
    return Holding.objects.filter(person__in=keys_of(person), system=STATION).exists()


def amend(
    person: UUID, *, name: str, number: str, sex: int = 0, ethnicity: str = "", at: datetime,
    by: Access,
) -> bool:  # fmt: skip
    """Write down the name and the number of `person` (a root), the sex (1 or 2) and the code of
    their people; "" and 0 leave each as it is.

    returns  whether anything is new. A number that was typed before is cancelled, not removed
    Raises Refused for whom lists and systems name, for a number of no known shape or of somebody
    without papers (one pair of hands would make two people of one), and while a file is linked.
    """
    with as_machine(by.user, by.day):
        while_nobody_links()
        Person.objects.select_for_update().get(pk=person)
        typed = list(Holding.objects.filter(person__in=keys_of(person), system=STATION))
        if not typed:
            raise Refused(
                _n("Tên và số của người này theo danh sách nhân khẩu. Hãy sửa ở danh sách.")
            )
        if number.strip():
            _refuse_without_papers(person)
        said = {
            Amendment.NAME: _named(typed, clean(name)),
            Amendment.SEX: _sexed(typed, sex),
            Amendment.ETHNICITY: _of_people(typed, ethnicity),
            Amendment.NUMBER: _numbered(typed, number.strip(), by.day),
        }
        of = {"person": typed[-1].person_id, "by": by.user, "at": at}
        new = [
            Amendment(what=what, before=told[0], after=told[1], **of)
            for what, told in said.items() if told
        ]  # fmt: skip
        Amendment.objects.bulk_create(new)
        refresh_people({held.person_id for held in typed})
        if new:
            not_what_was_confirmed(person, by=by.user, at=at)
            look(by, NAME, Right.MOVE, [person])
    return bool(new)


def _refuse_without_papers(person: UUID) -> None:
    if Stranger.objects.filter(person__in=keys_of(person)).exists():
        raise Refused(_n(
            "Người được ghi là chưa có giấy tờ thì không ghi thêm số ở đây. Nếu đã biết là ai, "
            "hãy tìm người ấy theo số và gộp hai hồ sơ."
        ))  # fmt: skip


def _named(typed: list[Holding], name: str) -> tuple[str, str] | None:
    """What stood there before, and the new name; None where nothing is new."""
    before = typed[-1].name
    if not name or name == before:
        return None
    for held in typed:
        held.name = name
        held.save(update_fields=["name"])
    return before, name


def _sexed(typed: list[Holding], sex: int) -> tuple[str, str] | None:
    """As `_named`, of the sex, in words."""
    before = typed[-1].sex
    if not sex or sex == before:
        return None
    for held in typed:
        held.sex = sex
        held.save(update_fields=["sex"])
        held.person.sex = sex  # by which a number is judged
    return _SEXES.get(before, ""), _SEXES[sex]


def _of_people(typed: list[Holding], code: str) -> tuple[str, str] | None:
    """As `_named`, of the people somebody is of; `services.identity` reads it out of the act."""
    before = typed[-1].person.ethnicity
    if not code or code == before:
        return None
    return PEOPLES.get(before, ""), PEOPLES[code]


def _numbered(typed: list[Holding], number: str, day: date) -> tuple[str, str] | None:
    """As `_named`, of a number."""
    if not number:
        return None
    said = classify_number(number)
    if not said.value:
        raise Refused(_n("Hãy ghi đủ số: 12 số định danh, 9 số CMND hoặc 10 số BHXH."))
    person = typed[-1].person
    mine = Identifier.objects.filter(
        person=person, kind=said.kind, source=None, until=None
    ).exclude(status=Identifier.CANCELLED)
    if mine.filter(value=said.value).exists():
        return None
    before = mine.values_list("value", flat=True).first() or ""
    mine.update(status=Identifier.CANCELLED, until=day)
    birth = life_of(person).birth
    doubted = said.kind == Identifier.PID and pid_doubts(
        said.value, birth.number if birth else 0, person.sex
    )
    Identifier.objects.create(
        person=person, kind=said.kind, value=said.value, since=day,
        status=Identifier.DOUBTED if doubted else Identifier.STATED,
    )  # fmt: skip
    if said.kind in _IN_STATEMENT:
        for held in typed:
            setattr(held, said.kind, said.value)
            held.save(update_fields=[said.kind])
    return before, said.value
