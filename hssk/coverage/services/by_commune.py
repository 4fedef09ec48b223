"""How many residents of a count are registered with a facility, commune by commune."""

from datetime import date

from django.db import connection

from hssk.coverage.services.upkeep import settle

_SUMS = {
    "expected": "expected", "found": "found", "app_opened": "app_opened",
    "missing": "expected - found - to_decide",
}  # fmt: skip


def by_commune(on: date, facility: str, count: str = "expected") -> dict[int, int]:
    """Commune of the hamlet → how many residents on `on` are of that count and registered with a
    facility, by its code; none where there are none. As many as the lists of the same words have.

    count  expected, found, missing or app_opened, which the ledger keeps by facility
    Asked as the machine: those numbers lie behind the wall.
    """
    settle()
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT h.unit_id, sum({_SUMS[count]})
            FROM coverage_registered_on(%s) r JOIN places_hamlet h ON h.id = r.hamlet
            WHERE r.facility = %s GROUP BY 1 HAVING sum({_SUMS[count]}) <> 0""",
            [on, facility],
        )
        return dict(cursor.fetchall())
