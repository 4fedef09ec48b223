"""What is doubtful in the data of a place, as figures: whom somebody should look at again."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from django.db import connection

from hssk.coverage.reports.content import Content
from hssk.coverage.services.ground import Ground
from hssk.coverage.services.lines import Shape
from hssk.coverage.services.reporting import Before, by_places
from hssk.coverage.services.small import OWN
from hssk.coverage.services.upkeep import settle
from hssk.places.models import Unit

# numbers of people that the ledger does not keep (sql/quality.sql)
ASKED = ("no_number", "wrong_number", "odd_age", "flawed")
_OF_UNITS = ("duplicates", "records_on_nobody")
QUALITY = Shape(
    "quality",
    counts=(
        *("expected", "flawed", "no_number", "wrong_number", "odd_age", "to_decide", "unlisted"),
        *("verified", "complete", "updated", "doubles", "dead_listed", "moved_listed", *_OF_UNITS),
    ),
    compared=("expected", "flawed", "no_number", "wrong_number", "verified", "complete"),
    levels=(OWN, (*ASKED, "unlisted")),
    # records name a unit alone, and of what is rare a hamlet's number points at somebody
    of_units=frozenset({"doubles", "dead_listed", "moved_listed", *_OF_UNITS}),
    first="flawed",
)


def quality(unit: Unit, on: date, before: Before, data: date) -> Content:
    """What is doubtful in the data of a unit on a day, by its parts; as `by_places`."""
    return by_places(QUALITY, unit, on, before, data, more=doubtful)


def doubtful(ground: Ground, on: date) -> Mapping[int, Counter[str]]:
    """Hamlet → how many of its residents on a day, by each of ASKED; as numbers, never whom.

    no_number, wrong_number  no personal number is known, or only such as contradict birth or sex
    odd_age                  the birth date is not known, lies ahead, or 110 years back and more
    flawed                   any of these; waits for a decision; or the newest roster does not list
                             them, lists them twice, or the software calls them dead or gone
    """
    settle()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM coverage_quality(%s, %s)", [on, list(ground.hamlets)])
        return {
            hamlet: Counter(dict(zip(ASKED, numbers, strict=True)))
            for hamlet, *numbers in cursor.fetchall()
        }
