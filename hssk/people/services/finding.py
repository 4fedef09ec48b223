"""Finding one person anywhere by what is known of them exactly, and by nothing less.

It runs as the machine and says of nobody that they are there: whoever calls it opens a basis at
once, or says that no such person was found, and has the attempt written down.
"""

from functools import reduce
from operator import or_
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Q
from django.db.models.expressions import RawSQL

from hssk.access.models import User
from hssk.kit.dates import PartialDate
from hssk.kit.text import fold
from hssk.people.models import Identifier, Person
from hssk.people.rules import are_one_name, numbers_meant

_FINDING = 7_310_005  # with the key of a user: their tries wait for each other


def one_try_at_a_time(user: User) -> None:
    """Let no other try of `user` be counted until this transaction has ended, and with it what came
    of this one is written down."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_FINDING, user.pk])


def found_exactly(number: str, name: str, birth: PartialDate) -> UUID | None:
    """The root of the one person of whom number, name and birth date are all right; else None.

    number  a personal number, CMND, BHXH code or card, as written, in each shape that it may mean:
            a card is known by the BHXH code in it too; one that was cancelled finds nobody
    name    the full name, marks and capitals aside, and where a clan and a letter of sex stand
    birth   known at least as finely as it is kept here: the rule of the blind match (sql/moves.sql)
    """
    asked = numbers_meant(number)
    if not asked or not fold(name):
        return None
    shapes = (Q(kind=kind, value=value) for kind, value in asked)
    stated = Identifier.objects.filter(reduce(or_, shapes))
    roots = stated.exclude(status=Identifier.CANCELLED).values_list("person__root", flat=True)
    fits = RawSQL(
        "people_birth_fits(birth_on, COALESCE(NULLIF(birth_precision, ''), 'D'), %s, %s)",
        [birth.value, birth.precision],
        output_field=BooleanField(),
    )
    same = Person.objects.filter(root__in=list(roots)).filter(fits).values_list("root", "name")
    found = {root for root, known in same if are_one_name(known, name)}
    return found.pop() if len(found) == 1 else None
