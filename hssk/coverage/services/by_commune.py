"""How many residents of a count live in which commune, in all there is."""

from datetime import date

from django.db import connection

from hssk.coverage.services.selection import where
from hssk.coverage.services.shapes import Filters
from hssk.coverage.services.upkeep import settle


def by_commune(on: date, filters: Filters, count: str = "expected") -> dict[int, int]:
    """Commune of the hamlet → how many residents on `on` are of that count and filter; none where
    there are none. As many as the lists of the same words have."""
    settle()
    condition, params = where(on, filters, count)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT h.unit_id, count(*) FROM coverage_row c
            JOIN places_hamlet h ON h.id = c.hamlet_id WHERE {condition} GROUP BY h.unit_id""",
            params,
        )
        return dict(cursor.fetchall())
