"""Why those who are still missing are: the latest outcome that stands of each."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db import connection

from hssk.coverage.rules import MISSING
from hssk.coverage.services import ground_of, settle
from hssk.places.models import Unit

NOBODY_WENT = ""  # the reason of whom nobody has been to yet

_LEFT = """
    SELECT c.hamlet_id, COALESCE(last.kind, ''), count(*)
    FROM coverage_row c
    LEFT JOIN LATERAL (
        SELECT t.kind FROM people_person m JOIN outreach_contact t ON t.person = m.id
        WHERE m.root = c.person_id AND t.taken_back_at IS NULL AND t.on <= %(on)s
        ORDER BY t.on DESC, t.at DESC, t.id DESC LIMIT 1
    ) last ON true
    WHERE c.hamlet_id = ANY(%(hamlets)s) AND c.since <= %(on)s AND c.until > %(on)s
      AND c.state = %(missing)s
    GROUP BY 1, 2
"""


def reasons_left(unit: Unit | str, on: date) -> dict[int, Counter[str]]:
    """Hamlet → how many of those missing there on a day have which latest outcome, a value of
    `Kind`, or NOBODY_WENT; hamlets where nobody is missing are left out.

    Of each hamlet they add up to its count `missing`. As far as whoever asks may see: figures for
    those who see no rows are asked as the machine, and shown by the rules of small numbers.
    """
    return reasons_in(ground_of(unit, on).hamlets, on)


def reasons_in(hamlets: Iterable[int], on: date) -> dict[int, Counter[str]]:
    """The same of some hamlets."""
    settle()
    with connection.cursor() as cursor:
        cursor.execute(_LEFT, {"hamlets": list(hamlets), "on": on, "missing": MISSING})
        left: dict[int, Counter[str]] = {}
        for hamlet, kind, count in cursor.fetchall():
            left.setdefault(hamlet, Counter())[kind] = count
    return left
