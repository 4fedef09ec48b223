"""How many rows of each table a reader may see, counted in plain Python from the owner's rows."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import psycopg

from hssk.access.rights import Role
from hssk.access.tiers import Kind
from hssk.people.rules.moves import STUB_FOR
from tests.proof import reports
from tests.proof.copies import HAND_OUT
from tests.proof.organisations import DELIVER
from tests.proof.world import CASES, Reader, World
from tests.village import MARCH


def expected(world: World, reader: Reader, owner: psycopg.Connection) -> dict[str, int]:
    """Table → rows that the wall must show to `reader`, no more and no less."""
    seen = world.seen(reader)

    def rows(statement: str) -> list[tuple[Any, ...]]:
        return owner.execute(statement).fetchall()  # type: ignore[call-overload]

    def of(table: str, column: str = "person_id", *, to: set[UUID] = seen) -> int:
        keys = rows(f"SELECT {column} FROM {table}")
        return sum(world.people[key].root in to for (key,) in keys)

    decided = sum(
        reader.sees((), {unit}) or world.people[person].root in seen
        for unit, person in world.rows.values()
    )
    # who brought a row of posts sees it, and an officer those that name a unit of his
    postings = sum(
        actor == reader.user.pk or reader.sees((), {unit}, by={Role.OFFICER})
        for actor, unit in world.postings.values()
    )
    looks = rows("SELECT actor_id, act FROM access_look")
    mine = sum(
        world.has_row(reader, row) or world.people[person].root in seen
        for row, (_unit, person) in world.rows.items()
    )
    every = reader.holds(Role.AUDITOR)
    named = world.reached(reader, HAND_OUT)  # whose names go out of the house
    return {
        "people_person": of("people_person", "id"),
        "people_identifier": of("people_identifier"),
        # what a place's own lists and records say stays with it
        **{f"people_{name}": sum(
               world.people[key].root in seen or reader.sees({hamlet}, {unit})
               for key, hamlet, unit in rows(f"SELECT person_id, {there} FROM people_{name}"))
           for name, there in (("residence", "hamlet_id, NULL"), ("listing", "hamlet_id, NULL"),
                               ("holding", "NULL, unit_id"))},
        "people_merge": sum(
            bool({world.people[keep].root, world.people[drop].root} & seen)
            for keep, drop in rows("SELECT keep, drop FROM people_merge")
        ),
        **_of_bases(world, reader, rows),
        "records_entry": sum(one.entry in seen for one in world.entries),
        "outreach_copy": len(world.copies_of(reader)),
        "outreach_listedperson": sum(len(one.roots) for one in world.copies_of(reader)),
        **dict.fromkeys(("outreach_invitation", "outreach_slip"), len(world.invited_by(reader))),
        **{table: of(table, "person") for table in (
               "people_objection", "people_enrolment", "people_book", "people_departure",
               "outreach_contact")},
        "outreach_card": of("outreach_card", "person", to=named),
        "outreach_handover": sum(
            world.people[key].root in named for (key,) in rows(
                "SELECT c.person FROM outreach_handover h JOIN outreach_card c ON c.id = h.card_id")
        ),
        **{table: sum(
               reader.sees({hamlet}, (), by=HAND_OUT)
               for (hamlet,) in rows(f"SELECT hamlet_id FROM {table}")
           ) for table in ("outreach_bookline", "outreach_ticket")},
        "outreach_bookrow": sum(
            reader.sees((), {unit}, by=HAND_OUT) for (unit,) in rows(
                "SELECT s.unit_id FROM outreach_bookrow r JOIN outreach_bookfile f"
                " ON f.id = r.file_id JOIN outreach_session s ON s.id = f.session_id")
        ),
        "people_membership": of("people_membership", "person", to=named),
        "exchange_memberrow": sum(
            reader.sees((), {unit}, by=DELIVER) for (unit,) in rows(
                "SELECT o.unit_id FROM exchange_memberrow r JOIN exchange_memberfile f"
                " ON f.id = r.file_id JOIN places_organisation o ON o.id = f.organisation_id")
        ),
        "outreach_step": sum(
            reader.sees({hamlet}, {owner, other}) or code in reader.facilities
            for hamlet, owner, other, code in rows(
                "SELECT hamlet_id, owner_id, other_id, f.code FROM outreach_step s"
                " LEFT JOIN places_facility f ON f.id = COALESCE(owner_facility_id, other_facility_id)")
        ),
        "exchange_sourcerow": mine,
        "exchange_claim": 0,
        "exchange_cost": 0,
        "exchange_checkup": 0,
        "exchange_linkdecision": decided,
        "exchange_handedrow": sum(reader.sees((), {unit}) for unit in world.handed.values()),
        "exchange_pairelsewhere": sum(
            reader.sees((), {world.rows[row][0]}) and world.people[person].root in seen
            for row, person in world.pairs.items()
        ),
        "exchange_review": len(rows("SELECT id FROM exchange_review")),
        "exchange_postrow": postings,
        "exchange_postdone": postings,
        **{f"exchange_{name}": sum(
               reader.sees((), {unit}, by={Role.OFFICER})
               for (unit,) in rows(f"SELECT d.unit_id FROM exchange_{name} x JOIN exchange_delivery d"
                                   f" ON d.id = x.{key}"))
           for name, key in (("delivery", "id"), ("deliveredperson", "delivery_id"),
                             ("takenin", "delivery_id"))},
        "exchange_receipt": sum(to == reader.user.pk for to in world.receipts.values()),
        "people_move": sum(
            reader.sees({hamlet}, ()) for (hamlet,) in rows("SELECT hamlet_id FROM people_move")
        ),
        "people_release": sum(
            reader.sees({hamlet}, ())
            and (reader.everything or answered is None or answered > MARCH - STUB_FOR)
            for hamlet, answered in rows("SELECT hamlet_id, answered_on FROM people_release")
        ),
        "people_movequestion": 0,
        "people_movereview": 0,
        "access_look": sum(
            every or (actor == reader.user.pk and act not in ("match", "propose"))
            for actor, act in looks
        ),
        "access_tie": len(rows("SELECT id FROM access_tie")) if every else 0,
        "access_question": sum(
            every or about == reader.user.pk
            for (about,) in rows("SELECT about_id FROM access_question")
        ),
        "coverage_row": sum(
            reader.sees({hamlet, *(-at for at in listed or ())}, {*(units or ()), *(lost or ())})
            for hamlet, units, lost, listed in rows(
                "SELECT hamlet_id, units, lost, listed_in FROM coverage_row")
        ),
        "coverage_nobody": sum(
            reader.sees({-at for at in listed or ()}, {*(units or ()), *(lost or ())})
            for units, lost, listed in rows(
                "SELECT units, lost, listed_in FROM coverage_nobody")
        ),
        "coverage_due": 0,
        "coverage_registering": 0,
        "coverage_registered_day": 0,
        "coverage_registered_month": 0,
        "coverage_sentreport": reports.shown(
            reader, rows("SELECT unit_id, exact FROM coverage_sentreport")),
    }  # fmt: skip


def _of_bases(
    world: World, reader: Reader, rows: Callable[[str], list[tuple[Any, ...]]]
) -> dict[str, int]:
    """Whoever a basis is to reads it; who reviews, all broken glass; cases are for two roles."""
    judges = reader.holds(Role.AUDITOR)
    mine = {one.pk for one in world.bases if one.is_of(reader)
            or (judges and one.kind is Kind.BREAK_GLASS)}  # fmt: skip
    reviews = rows("SELECT basis_id FROM people_glassreview")
    return {
        "people_basis": len(mine),
        "people_glassreview": sum(basis in mine for (basis,) in reviews),
        **{f"people_{name}": len(rows(f"SELECT id FROM people_{name}")) * reader.holds(*CASES)
           for name in ("auditcase", "auditsubject")},
    }  # fmt: skip
