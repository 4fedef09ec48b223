"""Who heads the households of a list, as the lists of residents say."""

from datetime import date

from django.db import connection

from hssk.coverage.services.selection import IN_FORCE
from hssk.people.rules import relation_code
from hssk.people.rules.relations import HEAD


def heads_of(hamlets: list[int], on: date, households: list[int] | None) -> dict[int, str]:
    """Household id → name of its head on `on`, where a list says who that is.

    households  those asked about; every household of the hamlets when None
    """
    # of a page everybody in its households is read, of whole hamlets their heads alone
    by_home = households is not None
    among = households if by_home else _spellings_of_head(hamlets)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""SELECT r.household_id, r.relation, p.name
            FROM people_residence r JOIN people_person m ON m.id = r.person_id
            JOIN people_person p ON p.id = m.root
            WHERE r.hamlet_id = ANY(%(hamlets)s) AND r.relation <> ''
              AND r.{"household_id" if by_home else "relation"} = ANY(%(among)s)
              AND r.household_id IS NOT NULL AND {IN_FORCE.format(fact="r")}
            ORDER BY strpos('CTP', r.kind), r.since, r.id DESC""",
            {"hamlets": hamlets, "on": on, "among": among},
        )
        said = cursor.fetchall()
    # of several the last: who was put down so by the stay that counts least, and latest
    return {home: name for home, relation, name in said if relation_code(relation) == HEAD}


def _spellings_of_head(hamlets: list[int]) -> list[str]:
    """How lists of these hamlets write that somebody is the head of a household."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT relation FROM people_residence
            WHERE hamlet_id = ANY(%s) AND relation <> ''""",
            [hamlets],
        )
        return [text for (text,) in cursor.fetchall() if relation_code(text) == HEAD]
