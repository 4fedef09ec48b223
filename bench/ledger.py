"""The gap ledger of a million residents and of half a million: `python -m bench.ledger [PEOPLE]`.

Its figures beside counting people afresh, and what it adds to a committed change of residence.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from bench import table
from bench.large_home import large_home

PEOPLE, TIMES, CHANGES, ROUNDS = 1_000_000, 21, 100, 6
MOST_NOW, MOST_PAST, MOST_ADDED = 2, 100, 25  # milliseconds, milliseconds, per cent

# what the figures would cost without a ledger: residents and their records, counted by hamlet
_AFRESH = """
    SELECT r.hamlet_id, count(DISTINCT p.root), count(DISTINCT h.person_id)
    FROM people_residence r JOIN people_person p ON p.id = r.person_id
    LEFT JOIN people_holding h ON h.person_id = r.person_id AND h.decided
        AND h.since <= %(on)s AND (h.until IS NULL OR h.until > %(on)s)
    WHERE r.since <= %(on)s AND (r.until IS NULL OR r.until > %(on)s) GROUP BY r.hamlet_id
"""


def in_database(statement: str, params: dict[str, Any], times: int = TIMES) -> float:
    """Median milliseconds that the database says it needs for a statement."""
    from django.db import connection

    taken = []
    with connection.cursor() as cursor:
        for _ in range(times):
            cursor.execute(f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) {statement}", params)
            told = cursor.fetchone()[0][0]
            taken.append(told["Execution Time"] + told["Planning Time"])
    return statistics.median(taken)


def milliseconds(work: Callable[[], object]) -> float:
    return 1000 * table.seconds(work, times=TIMES)


def figures_now(on: date) -> list[list[str]]:
    """By hamlet, today, unfiltered: the ledger and counting afresh."""
    from hssk.coverage.services.figures import STANDING, figures

    figures("12", on)  # the first question of a day makes its numbers ready
    ours = in_database(STANDING, {"on": on})
    afresh = in_database(_AFRESH, {"on": on}, times=3)
    return [
        [
            "the ledger",
            f"{ours:.2f} ms",
            "1",
            f"≤ {MOST_NOW} ms: {table.verdict(ours <= MOST_NOW)}",
        ],
        ["counting people afresh", f"{afresh:.0f} ms", f"{afresh / ours:.0f}", ""],
    ]


def figures_then(on: date) -> list[list[str]]:
    """Other days, and filters, through the service that the pages ask."""
    from hssk.coverage.services import Filters, figures
    from hssk.places.services import unit_on

    province = unit_on("12", on)
    asked = [
        ("today, unfiltered", on, None),
        ("a month ago", on - timedelta(days=30), None),
        ("three years ago", on - timedelta(days=1095), None),
        ("in five years", on + timedelta(days=1826), None),
        ("aged 6 to 17", on, Filters(age_from=6, age_to=17)),
        ("women", on, Filters(sex=2)),
        ("Thái, a phone known", on, Filters(ethnicity="03", phone=True)),
        ("living away, a year ago", on - timedelta(days=365), Filters(away=True)),
    ]
    rows = []
    for what, day, filters in asked:
        taken = milliseconds(lambda d=day, f=filters: figures(province, d, filters=f))
        reached = f"≤ {MOST_PAST} ms: {table.verdict(taken <= MOST_PAST)}"
        rows.append([what, f"{taken:.0f} ms", reached])
    return rows


class Movers:
    """People who move to the next hamlet, one committed transaction each, as commands do."""

    def __init__(self, on: date) -> None:
        import psycopg

        from hssk.kit.home import Home
        from hssk.kit.pg.connection import connection_of

        self.on = on
        self.machine = psycopg.connect(**connection_of(Home.current(), "machine").psycopg())
        self.owner = psycopg.connect(
            **connection_of(Home.current(), "owner").psycopg(), autocommit=True
        )
        self.homes = self.machine.execute(
            """SELECT id, person_id, hamlet_id FROM people_residence TABLESAMPLE SYSTEM (5)
            WHERE until IS NULL LIMIT %s""",
            [2 * CHANGES * ROUNDS + TIMES],
        ).fetchall()
        self.machine.commit()

    def move(self) -> None:
        key, person, hamlet = self.homes.pop()
        self.machine.execute("UPDATE people_residence SET until = %s WHERE id = %s", [self.on, key])
        self.machine.execute(
            """INSERT INTO people_residence (person_id, since, decided, hamlet_id, kind, away,
            relation) VALUES (%s, %s, true, %s, 'P', false, '')""",
            [person, self.on, hamlet],
        )
        self.machine.commit()

    def kept(self, counted: bool) -> None:
        """Have the ledger told of changes, or not."""
        verb = "ENABLE" if counted else "DISABLE"
        for trigger in ("coverage_insert", "coverage_update"):
            self.owner.execute(f"ALTER TABLE people_residence {verb} TRIGGER {trigger}")

    def median(self, times: int = CHANGES) -> float:
        taken = []
        for _ in range(times):
            began = time.perf_counter()
            self.move()
            taken.append(1000 * (time.perf_counter() - began))
        return statistics.median(taken)


def changes(on: date) -> list[list[str]]:
    """A committed change of residence with the ledger and without, in turns."""
    from hssk.coverage.services import settle

    movers = Movers(on)
    told: dict[bool, list[float]] = {True: [], False: []}
    try:
        for turn in range(2 * ROUNDS):
            counted = turn % 2 == 0
            movers.kept(counted)
            told[counted].append(movers.median(CHANGES))
    finally:
        movers.kept(True)
    with_it, without = statistics.median(told[True]), statistics.median(told[False])
    added = 100 * (with_it / without - 1)
    settle()
    counting = statistics.median(_counted_after_a_move(movers) for _ in range(TIMES))
    return [
        ["a move, committed, no ledger", f"{without:.2f} ms", ""],
        ["a move, committed, with the ledger", f"{with_it:.2f} ms",
         f"{added:+.0f} %, ≤ {MOST_ADDED} %: {table.verdict(added <= MOST_ADDED)}"],
        ["counting the mover, by whoever reads next", f"{counting:.2f} ms", ""],
    ]  # fmt: skip


def _counted_after_a_move(movers: Movers) -> float:
    from hssk.coverage.services import settle

    movers.move()
    return 1000 * table.seconds(settle)


def main() -> None:
    """At the size asked for."""
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    print(table.machine())
    with large_home(people) as made:
        on = date.fromisoformat(made["on"])
        print(f"{made['people']:,} residents, taken in in {made['seconds']} s")
        table.show(
            "Figures of every hamlet today, in the database",
            ["", "time", "ratio", "asked for"],
            figures_now(on),
        )
        table.show(
            "Figures of the province by commune, through the service",
            ["", "time", "asked for at 500,000"],
            figures_then(on),
        )
        table.show("A committed change of residence", ["", "time", "asked for"], changes(on))


if __name__ == "__main__":
    main()
