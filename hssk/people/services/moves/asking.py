"""The blind match: is anybody known who is exactly so, outside the asker's area?"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_noop as _n

from hssk.kit.dates import PartialDate
from hssk.kit.text import clean, fold
from hssk.people.errors import CannotMove
from hssk.people.rules import numbers_meant


@dataclass(frozen=True)
class Typed:
    """What somebody typed of a human being: all three, or there is no question."""

    name: str
    birth: PartialDate
    number: str


@dataclass(frozen=True)
class Answer:
    """A question as it was typed, and whether anybody is known so elsewhere: nothing else."""

    typed: Typed
    known: bool


def ask(typed: Typed) -> int:
    """Ask within the scope of whoever asks; the number of the question.

    The look at the person found, if any, is written by the database itself. The answer is told in a
    later transaction (`answer_to`), so that no question can be taken back once it was answered.
    Raises CannotMove after thirty questions on one day.
    """
    kinds, values = _pairs(typed.number)
    birth = typed.birth
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT people_ask(%s, %s, %s, %s, %s, %s, %s)",
            [clean(typed.name), fold(typed.name), birth.value, birth.precision, typed.number,
             kinds, values],
        )  # fmt: skip
        (question,) = cursor.fetchone()
    if question is None:
        raise CannotMove(
            _n("Bạn đã hỏi 30 lần hôm nay. Mai hãy hỏi tiếp, hoặc cứ gửi đề nghị không cần hỏi.")
        )
    return question


def answer_to(question: int) -> Answer | None:
    """The answer to one's own question of today; None for any other."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, birth_on, birth_precision, number, known FROM people_asked(%s)",
            [question],
        )
        row = cursor.fetchone()
    if row is None:
        return None
    name, birth_on, precision, number, known = row
    return Answer(Typed(name, PartialDate(birth_on, precision), number), known)


def who_is_meant(typed: Typed, on: date) -> tuple[UUID, int | None] | None:
    """Whom `typed` means of all whom the caller may see, and the hamlet where they count then."""
    kinds, values = _pairs(typed.number)
    birth = typed.birth
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, hamlet FROM people_meant(%s, %s, %s, %s, %s, %s)",
            [fold(typed.name), birth.value, birth.precision, kinds, values, on],
        )
        return cursor.fetchone()


def _pairs(number: str) -> tuple[list[str], list[str]]:
    meant = numbers_meant(number)
    return [kind for kind, _value in meant], [value for _kind, value in meant]
