"""Keep the ledger: settle, make it anew, and see whether it is right."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import date
from typing import Any

from django.db import connection, transaction

from hssk.coverage.services.shapes import COUNTS

# More people than this are counted in shares, side by side.
MANY, SHARES = 5_000, 2
# What the ledger keeps of single people, by table and column.
KEPT = {
    "coverage_row": "person_id, since, until, hamlet_id, household_id, state, flags, listed, sex,"
    " birth_on, ethnicity, insurance_place, fresh_since, fresh_until, units, lost, listed_in,"
    " first_held, members, verified_since, content_since, complete_since, complete_until,"
    " updated_since, updated_until",
    "coverage_nobody": "person_id, since, until, why, listed, units, lost, listed_in, members",
    # of nobody who is there, notes may wait
    "(SELECT to_jsonb(s) AS standing FROM records_standing s JOIN people_person p"
    " ON p.id = s.person WHERE s.content IS NOT NULL) AS standing": "standing",
}


def settle() -> int:
    """Count the people whose facts have changed since they were counted; how many there were.

    Every figure and list calls it before reading. In a transaction of its own it takes a moment
    and waits for nobody but another settling; inside a transaction that wrote facts it holds the
    ledger until that ends, so a large writer calls it after its commit, or leaves it to the reader.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coverage_waiting()")
        due = cursor.fetchone()[0]
        if due is None:
            return 0
        if due > MANY and not connection.in_atomic_block:
            return _settle_in_shares(cursor)
        cursor.execute("SELECT coverage_settle()")
        return cursor.fetchone()[0]


def _settle_in_shares(cursor) -> int:
    cursor.execute("SELECT coverage_share_out(%s)", [SHARES])
    shares = [word for (word,) in cursor.fetchall()]
    with ThreadPoolExecutor(SHARES) as pool:
        counted = sum(pool.map(_settle_share, shares))
    cursor.execute("SELECT coverage_fold_shares()")
    return counted


def _settle_share(word: int) -> int:
    """Count one share; runs in a thread, so on a connection of its own."""
    with closing(connection), connection.cursor() as cursor:
        cursor.execute("SELECT coverage_settle_share(%s)", [word])
        return cursor.fetchone()[0]


@contextmanager
def deferred() -> Iterator[None]:
    """Around a large change: count whoever changed once it has been committed."""
    yield
    transaction.on_commit(settle, robust=True)


@transaction.atomic
def rebuild() -> None:
    """Forget the ledger and make it anew from the facts; writers of facts wait meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT coverage_rebuild()")


def _stored(cursor, on: date) -> dict[int, tuple]:
    cursor.execute(f"SELECT place, {', '.join(COUNTS)} FROM coverage_on(%s)", [on])
    return {place: tuple(counts) for place, *counts in cursor.fetchall() if any(counts)}


def _registered(cursor, on: date) -> list[tuple]:
    cursor.execute("SELECT * FROM coverage_registered_on(%s) ORDER BY hamlet, facility", [on])
    return cursor.fetchall()


def _kept_rows(cursor) -> dict[str, Any]:
    """How many rows each table keeps and what they add up to, a million of them in a few bytes."""
    found = {}
    for table, names in KEPT.items():
        cursor.execute(
            f"SELECT count(*), sum(hashtextextended(ROW({names})::text, 0)::numeric) FROM {table}"
        )
        found[table] = cursor.fetchone()
    return found


def _standing_faults(cursor) -> list[str]:
    """Where the numbers that stand ready for a day are not the ones added up for it."""
    cursor.execute(
        f"""SELECT s.day, s.place FROM coverage_standing s
        LEFT JOIN coverage_on(s.day, false) o ON o.place = s.place
        WHERE ({", ".join(f"s.{name}" for name in COUNTS)})
              IS DISTINCT FROM ({", ".join(f"COALESCE(o.{name}, 0)" for name in COUNTS)})"""
    )
    return [
        f"{day}: place {place} does not stand as it adds up" for day, place in cursor.fetchall()
    ]


def verify(days: list[date]) -> list[str]:
    """Compare the ledger as kept with one made anew; what differs, in words. Changes nothing.

    days  the days on which the numbers of every place are compared
    """
    settle()
    wrong = []
    with transaction.atomic(), connection.cursor() as cursor:
        kept_rows = _kept_rows(cursor)
        kept = {day: _stored(cursor, day) for day in days}
        registered = {day: _registered(cursor, day) for day in days}
        wrong.extend(_standing_faults(cursor))
        cursor.execute("SELECT coverage_rebuild()")
        if _kept_rows(cursor) != kept_rows:
            wrong.append("rows of the ledger differ from the facts")
        wrong.extend(
            f"{day}: who is registered where is not as it adds up"
            for day in days
            if registered[day] != _registered(cursor, day)
        )
        for day, numbers in kept.items():
            anew = _stored(cursor, day)
            wrong.extend(
                f"{day}: place {place} says {numbers.get(place)} and should say {anew.get(place)}"
                for place in sorted(numbers.keys() | anew.keys())
                if numbers.get(place) != anew.get(place)
            )
        transaction.set_rollback(True)
    return wrong
