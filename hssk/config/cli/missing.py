"""Write every resident of a unit who has no record on a day, with the roster row they stand on.

Columns: person, unit (commune), hamlet, household, household_head, name, birth (1958, 1958-03 or
1958-03-05), file, sheet, row.

Example: hssk missing --unit 12-105 --on 2024-03-31 --csv missing.csv
"""

COLUMNS = (
    "person", "unit", "hamlet", "household", "household_head", "name", "birth", "file", "sheet",
    "row",
)  # fmt: skip


NEEDS = "register"


def add_arguments(parser):
    from pathlib import Path

    from hssk.config.cli._words import day

    parser.add_argument("--unit", required=True, metavar="CODE", help="12, 12-105 or 03403")
    parser.add_argument("--on", required=True, metavar="DATE", type=day)
    parser.add_argument("--csv", required=True, metavar="OUT", type=Path)


def run(options, actor):
    import csv

    from hssk.config.cli import _rights
    from hssk.config.cli._output import written_whole
    from hssk.coverage.services import missing
    from hssk.places.models import Unit
    from hssk.places.services import on_map

    with _rights.within_area(actor):  # read and noted in one, before anything is written out
        people = missing(options.unit, options.on)
        _rights.note_export("hssk missing", actor, (person.id for person in people))
        rows = _roster_rows([person.id for person in people], options.on)
    units = {person.unit_id for person in people}
    codes = dict(Unit.objects.filter(id__in=units).values_list("id", "code"))
    codes.update({pk: unit.code for pk, unit in on_map(units, options.on).target.items()})
    with written_whole(options.csv) as out:
        writer = csv.writer(out)
        writer.writerow(COLUMNS)
        for person in people:
            writer.writerow(
                [
                    person.id,
                    codes[person.unit_id],
                    person.hamlet,
                    person.household,
                    person.head,
                    person.name,
                    _iso(person.birth),
                    *rows.get(person.id, ("", "", "")),
                ]
            )
    return 0


def _iso(birth):
    """1958, 1958-03 or 1958-03-05; empty when nothing is known."""
    length = {"Y": 4, "M": 7, "D": 10}
    return birth.value.isoformat()[: length[birth.precision]] if birth else ""


def _roster_rows(people, on):
    """Person → ("roster", sheet, row) of the roster row that lists them on `on`, else the last."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT DISTINCT ON (m.root) m.root, 'roster', s.sheet, s.number
            FROM people_person m
            JOIN people_listing l ON l.person_id = m.id
            JOIN exchange_sourcerow s ON s.id = l.row
            WHERE m.root = ANY(%(people)s) AND l.since <= %(on)s
            ORDER BY m.root, l.until IS NULL OR l.until > %(on)s DESC, l.decided DESC,
                     l.since DESC, l.id""",
            {"people": people, "on": on},
        )
        return {person: tuple(place) for person, *place in cursor.fetchall()}
