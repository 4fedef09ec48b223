"""Finding one person anywhere by what is known of them exactly, and by nothing less.

It runs as the machine and says of nobody that they are there: whoever calls it opens a basis at
once, or says that no such person was found, and has the attempt written down.
"""

from uuid import UUID

from hssk.kit.dates import DAY, YEAR, PartialDate
from hssk.kit.text import fold
from hssk.people.models import Identifier, Person
from hssk.people.rules import classify_number


def found_exactly(number: str, name: str, birth: PartialDate) -> UUID | None:
    """The root of the one person of whom number, name and birth date are all right; else None.

    number  a personal number, CMND, BHXH code or card, as written; one that was cancelled finds
            nobody
    name    the full name, marks and capitals aside
    birth   known at least as finely as it is kept here
    """
    asked = classify_number(number)
    if not asked.value or not fold(name):
        return None
    stated = Identifier.objects.filter(kind=asked.kind, value=asked.value)
    roots = stated.exclude(status=Identifier.CANCELLED).values_list("person__root", flat=True)
    same = Person.objects.filter(root__in=list(roots), name_folded=fold(name))
    found = {
        one.root
        for one in same
        if one.birth_on and _agree(birth, PartialDate(one.birth_on, one.birth_precision or DAY))
    }
    return found.pop() if len(found) == 1 else None


def _agree(asked: PartialDate, kept: PartialDate) -> bool:
    """Whether the date as kept is what `asked` says, to the precision of the one kept."""
    if kept.precision == YEAR:
        return asked.value.year == kept.value.year
    if kept.precision != DAY:
        same = (asked.value.year, asked.value.month) == (kept.value.year, kept.value.month)
        return same and asked.precision != YEAR
    return asked == kept
