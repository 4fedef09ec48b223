"""How many rows of each table a reader may see, counted in plain Python from the owner's rows."""

from typing import Any

import psycopg

from hssk.access.rights import Role
from tests.proof.world import Reader, World


def expected(world: World, reader: Reader, owner: psycopg.Connection) -> dict[str, int]:
    """Table → rows that the wall must show to `reader`, no more and no less."""
    seen = world.seen(reader)

    def rows(statement: str) -> list[tuple[Any, ...]]:
        return owner.execute(statement).fetchall()  # type: ignore[call-overload]

    def of(table: str, column: str = "person_id") -> int:
        keys = rows(f"SELECT {column} FROM {table}")
        return sum(world.people[key].root in seen for (key,) in keys)

    mine = sum(
        reader.sees((), {unit}) or world.people[person].root in seen
        for unit, person in world.rows.values()
    )
    looks = rows("SELECT actor_id FROM access_look")
    every = reader.role is Role.AUDITOR
    return {
        "people_person": of("people_person", "id"),
        **{f"people_{name}": of(f"people_{name}")
           for name in ("identifier", "residence", "listing", "holding")},
        "people_merge": sum(
            bool({world.people[keep].root, world.people[drop].root} & seen)
            for keep, drop in rows("SELECT keep, drop FROM people_merge")
        ),
        "exchange_sourcerow": mine,
        "exchange_linkdecision": mine,
        "exchange_review": len(rows("SELECT id FROM exchange_review")),
        "access_look": sum(every or actor == reader.user.pk for (actor,) in looks),
        "access_tie": len(rows("SELECT id FROM access_tie")) if every else 0,
        "access_question": sum(
            every or about == reader.user.pk
            for (about,) in rows("SELECT about_id FROM access_question")
        ),
        "coverage_row": sum(
            reader.sees({hamlet, *(listed or ())}, {*(units or ()), *(lost or ())})
            for hamlet, units, lost, listed in rows(
                "SELECT hamlet_id, units, lost, listed_in FROM coverage_row")
        ),
        "coverage_nobody": sum(
            reader.sees((), units or ()) or world.people[person].root in seen
            for person, units in rows("SELECT person_id, units FROM coverage_nobody")
        ),
        "coverage_due": 0,
    }  # fmt: skip
