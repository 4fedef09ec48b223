"""Who is who: names refreshed from what was stated, merges as pointers."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from hssk.access.models import User
from hssk.kit.copying import array_of
from hssk.kit.text import fold, name_sort_key
from hssk.people import rules
from hssk.people.errors import CannotMerge
from hssk.people.models import Document, Identifier, Merge, Person, Verification
from hssk.people.services.homes_kept import give_homes_back

# A decided link speaks before an asked one, whoever names the person before who does not, a roster
# before a record, a full date before a part of one, a name with its marks before one that lost
# them, a later source before an earlier and a hand before both. The people somebody is of is told
# by lists, and by hand of whom no list tells it.
_BEST_STATEMENT = """
    SELECT DISTINCT ON (person_id)
           person_id, name, birth_on, birth_precision, sex, ethnicity
    FROM (
        SELECT person_id, 0 AS rank, decided, name, birth_on, birth_precision, sex, ethnicity,
               source, row FROM people_listing WHERE person_id = ANY(%(people)s::uuid[])
        UNION ALL
        SELECT person_id, 1, decided, name, birth_on, birth_precision, sex, '',
               source, row FROM people_holding WHERE person_id = ANY(%(people)s::uuid[])
    ) stated
    ORDER BY person_id, decided DESC, name = '', rank, birth_precision = 'D' DESC,
             name ~ '[^ -~]' DESC, source DESC, row
"""
# the people that somebody is of, as a hand wrote it last
_BY_HAND = """
    SELECT a.after FROM people_amendment a
    WHERE a.person = b.person_id AND a.what = 'ethnicity' ORDER BY a.id DESC LIMIT 1
"""


def refresh_people(people: Iterable[UUID], *, by_records: bool = False) -> int:
    """Set what is shown of each of `people` to the best that is stated of them; how many changed.

    by_records  only records of them have come: where a roster speaks for sure, that changes nothing

    A person of whom nothing is stated is left as is. The order of preference is in
    `_BEST_STATEMENT`; it depends on the facts alone, so an undo brings back what was shown.
    """
    wanted = list(people)
    if not wanted:
        return 0
    with connection.cursor() as cursor:
        if by_records:
            cursor.execute(
                """SELECT person_id FROM people_listing
                WHERE decided AND person_id = ANY(%s::uuid[])""",
                [array_of(wanted)],
            )
            wanted = list(set(wanted).difference(person for (person,) in cursor.fetchall()))
        cursor.execute(
            f"""SELECT b.person_id, b.name, b.birth_on, b.birth_precision, b.sex,
                   COALESCE(NULLIF(b.ethnicity, ''), ({_BY_HAND}), ''),
                   p.ethnicity, (p.name, p.birth_on, p.birth_precision, p.sex)
                       IS DISTINCT FROM (b.name, b.birth_on, b.birth_precision, b.sex)
            FROM ({_BEST_STATEMENT}) b JOIN people_person p ON p.id = b.person_id""",
            {"people": array_of(wanted)},
        )
        codes = EthnicityCodes()
        rows = [
            (name, fold(name), name_sort_key(name), born, precision, sex, codes[stated], person)
            for person, name, born, precision, sex, stated, shown, differs in cursor.fetchall()
            if differs or codes[stated] != shown
        ]
        cursor.executemany(
            """UPDATE people_person SET name = %s, name_folded = %s, name_sort = %s, birth_on = %s,
            birth_precision = %s, sex = %s, ethnicity = %s WHERE id = %s""",
            rows,
        )
    return len(rows)


class EthnicityCodes(dict[str, str]):
    """Ethnicity as written → its code, each spelling looked up once."""

    def __missing__(self, text: str) -> str:
        self[text] = code = rules.ethnicity_code(text)
        return code


def _root_of(person: Person) -> Person:
    while person.same_as is not None:
        person = person.same_as
    return person


def _set_root(top: Person, root: UUID) -> None:
    """Have `top` and everybody merged into it, however far down, read through `root`."""
    level = [top.id]
    while level:
        Person.objects.filter(id__in=level).update(root=root)
        level = list(Person.objects.filter(same_as_id__in=level).values_list("id", flat=True))


@transaction.atomic
def merge(*, keep: Person, drop: Person, actor: User, reason: str = "") -> Person:
    """Declare that `drop` is the same human being as `keep`.

    keep, drop  two different persons; `drop` not merged away already
    returns     the person that stays. Nothing is moved: `drop` points at it, what was filed under
                it is read through the pointer, and `unmerge` takes this back at any later time

    Raises CannotMerge when both carry an active, verified personal number and the two differ, as
    when the identity of both was confirmed; a cancelled or unverified number is no bar.
    Source: docs/decisions/0004-a-merge-is-a-pointer.md
    """
    keep, drop = (Person.objects.select_for_update().get(id=p.id) for p in (keep, drop))
    if drop.same_as_id is not None:
        raise CannotMerge(_("Người này đã được gộp vào một người khác."))
    top = _root_of(keep)
    if top.id == drop.id:
        raise CannotMerge(_("Hai người được chọn là một."))
    kept, dropped = _proved_numbers(top.root), _proved_numbers(drop.root)
    if kept and dropped and not kept & dropped:
        raise CannotMerge(_("Hai người có hai số định danh đã xác thực khác nhau."))
    _point(drop, top)
    Merge.objects.create(keep=top.id, drop=drop.id, actor=actor, reason=reason)
    return top


def _proved_numbers(root: UUID) -> set[str]:
    """The personal numbers of a human being that somebody checked: those marked so, and whatever
    numbers stand where identity was confirmed, for it was by a document that bears one."""
    rows = Person.objects.filter(root=root).values("pk")
    checks = Verification.objects.filter(person__in=rows, taken_back_at=None)
    confirmed = checks.exclude(document=Document.OTHER).exists()
    proved = [Identifier.VERIFIED, Identifier.STATED] if confirmed else [Identifier.VERIFIED]
    numbers = Identifier.objects.filter(person__root=root, kind=Identifier.PID, status__in=proved)
    return set(numbers.filter(until=None).values_list("value", flat=True))


def _point(drop: Person, top: Person) -> None:
    drop.same_as = top
    drop.save(update_fields=["same_as"])
    _set_root(drop, top.id)


@transaction.atomic
def unmerge(*, drop: Person) -> None:
    """Take a merge back: `drop` is a person of its own again, with all that was filed under it.

    Raises CannotMerge when `drop` is not merged into anybody.
    """
    drop = Person.objects.select_for_update().get(id=drop.id)
    if drop.same_as_id is None:
        raise CannotMerge(_("Người này chưa được gộp vào ai."))
    Merge.objects.filter(drop=drop.id, undone_at=None).update(undone_at=Now())
    drop.same_as = None
    drop.save(update_fields=["same_as"])
    stand_alone(drop.id)


@transaction.atomic
def stand_apart(person: UUID) -> None:
    """Let this key be a person of its own again, whatever a merge that stands says of it."""
    Person.objects.filter(id=person).exclude(same_as=None).update(same_as=None)
    acts = Merge.objects.filter(drop=person, undone_at=None)
    if acts.update(undone_at=Now()):
        stand_alone(person)


def stand_alone(person: UUID) -> None:
    """Let somebody who points at nobody any more be read by their own key, with whoever is merged
    into them, and their homes be of each again."""
    were_one = keys_of(person)
    _set_root(Person.objects.get(id=person), person)
    give_homes_back({*were_one, *keys_of(person)})


def reapply_merges() -> int:
    """Let merges whose two sides exist again stand again (after a replay); how many did."""
    again = 0
    for act in Merge.objects.filter(undone_at=None).order_by("id"):
        drop = Person.objects.filter(id=act.drop, same_as=None).first()
        keep = Person.objects.filter(id=act.keep).first()
        if drop and keep and _root_of(keep).id != drop.id:
            _point(drop, _root_of(keep))
            again += 1
    return again


def roots_of(people: Iterable[UUID]) -> dict[UUID, UUID]:
    """Key → root, for those of these keys under which somebody is."""
    return dict(Person.objects.filter(id__in=set(people)).values_list("id", "root"))


def keys_of(person: UUID) -> list[UUID]:
    """Every key of the human being who has this one, those merged into it too; none for nobody."""
    root = Person.objects.filter(pk=person).values("root")
    return list(Person.objects.filter(root__in=root).order_by("id").values_list("id", flat=True))
