"""What is tried one by one of what was added since: rows added anywhere, the blind match, the log,
questions, cases; and what must stand whatever happens to the facts."""

from collections.abc import Iterator

import psycopg

from hssk.access.models import Look
from hssk.access.rights import Right
from hssk.access.tiers import Kind
from hssk.people.models import Basis, MoveQuestion
from tests.proof.guarded import widens
from tests.proof.sql import APPENDED, WALLED, Attacker
from tests.proof.world import Reader

NOT_YOURS = "ERROR 42501"
_LOOK = "'open', 'register', '', '{}', false, 'area', 'register', ''"
_NOBODY = "'x', 'x', '1990-01-01'::date, 'Y', '1', ARRAY['pid'], ARRAY['1']"
ASKED_A_DAY = 30
QUESTIONS, CASES_ASKED = 20, 5  # keys that are tried: more than there are


def sweeps(attacker: Attacker, reader: Reader) -> Iterator[str]:
    """Try all of it as `reader`; what leaked, in words."""
    for trial in (widens, adds, asks, reads_the_log, reads_looks_in_care, writes_the_log,
                  reads_cases, counts_members, borrows_care):  # fmt: skip
        attacker.connection.rollback()
        attacker.enter(reader)
        for wrong in trial(attacker, reader):
            yield f"{reader.user.username}: {wrong}"
        attacker.connection.rollback()


def adds(attacker: Attacker, reader: Reader) -> Iterator[str]:
    """Add an empty row to each table: a policy is asked before anything else may refuse."""
    for table in WALLED:
        told = attacker.what_of(f"INSERT INTO {table} DEFAULT VALUES")
        if not told.startswith(NOT_YOURS):
            yield f"may add to {table}: {told[:80]}"
    me = reader.user.pk
    told = attacker.what_of(
        "INSERT INTO access_question (about_id, kind, day, step, looks, text, by_id, at)"
        f" VALUES ({me}, 'family', '2024-03-31', 'close', 0, '', {me}, now())"
    )
    if not told.startswith(NOT_YOURS):
        yield f"closes a question about oneself: {told[:80]}"


def asks(attacker: Attacker, reader: Reader) -> Iterator[str]:
    """The blind match: by whom, how often, written down, answered later and to who asked."""
    may = reader.may(Right.MOVE)
    told = attacker.what_of(f"SELECT people_ask({_NOBODY})")
    if may == told.startswith("ERROR"):
        yield f"people_ask: {told[:80]}"
    own = set(MoveQuestion.objects.filter(actor=reader.user).values_list("pk", flat=True))
    for question in range(1, QUESTIONS):
        told = attacker.what_of(f"SELECT name FROM people_asked({question})")
        if "Zq" in told and question not in own:
            yield "reads the question of somebody else"
    if not may:
        return
    count = "SELECT last_value FROM access_look_id_seq"
    execute = attacker.connection.execute
    before = execute(count).fetchone()
    (question,) = execute(f"SELECT people_ask({_NOBODY})").fetchone() or (None,)  # type: ignore[arg-type]
    if execute(count).fetchone() == before:
        yield "asks and nobody writes it down"
    if "OK(" in attacker.what_of(f"SELECT known FROM people_asked({question})"):
        yield "is answered what can still be taken back"
    for _again in range(ASKED_A_DAY):
        (question,) = execute(f"SELECT people_ask({_NOBODY})").fetchone() or (None,)  # type: ignore[arg-type]
    if question is not None:
        yield "asks more often than thirty times a day"


def borrows_care(attacker: Attacker, reader: Reader) -> Iterator[str]:
    """Care of every unit there is that nobody sealed, or that was sealed for another statement."""
    units = "(SELECT array_agg(id)::text FROM places_unit)"
    execute = attacker.connection.execute
    sealed = execute("SELECT people_care()").fetchone()[0] or ["{}", ""]  # type: ignore[index]
    everybody = list(attacker.world.people)
    for care in (
        "ARRAY['{}', '']",
        f"ARRAY[{units}, '']",
        f"ARRAY[{units}, NULL]",
        f"ARRAY[{units}]",
        f"ARRAY[{units}, (people_care())[2]]",
        f"ARRAY['{sealed[0]}', '{sealed[1]}']",
    ):
        found = execute(
            f"SELECT count(*) FROM unnest(%s::uuid[]) AS k (key) WHERE people_in_care(key, {care})",
            [everybody],
        ).fetchone()
        if found != (0,):
            yield f"has the care of {found} people by {care[:40]}"


def reads_the_log(attacker: Attacker, reader: Reader) -> Iterator[str]:
    """Who looked at whom, and when somebody looked last."""
    everybody = ", ".join(f"'{key}'" for key in attacker.world.people)
    users = ", ".join(str(other.user.pk) for other in attacker.world.readers)
    for right, question in (
        (Right.LOOKS, f"SELECT * FROM access_looks_at(ARRAY[{everybody}]::uuid[])"),
        (Right.POSTS, f"SELECT * FROM access_last_looks(ARRAY[{users}]::bigint[])"),
    ):
        if not reader.may(right) and attacker.what_of(question) != "OK":
            yield f"reads without the right: {question[:40]}"


def reads_looks_in_care(attacker: Attacker, reader: Reader) -> Iterator[str]:
    """When somebody was looked at: all of those whom care opens to the reader, and nobody else."""
    cared_for = attacker.world.in_care(reader)
    everybody = ", ".join(f"'{key}'" for key in attacker.world.people)
    look = f"'open', 'register', 'officer#1', ARRAY[{everybody}]::uuid[], false, 'area', 'register', ''"
    attacker.connection.execute(f"SELECT access_write_look({reader.user.pk}, {look})")  # type: ignore[arg-type]
    for key, one in attacker.world.people.items():
        told = attacker.what_of(f"SELECT * FROM records_looks_in_care('{key}', 5)")
        if (told != "OK") != (one.root in cared_for):
            yield "reads the looks at somebody not in their care, or not at somebody who is"


def writes_the_log(attacker: Attacker, reader: Reader) -> Iterator[str]:
    """A look in the name of somebody else."""
    other = next(one for one in attacker.world.readers if one is not reader)
    told = attacker.what_of(f"SELECT access_write_look({other.user.pk}, {_LOOK})")
    if not told.startswith(NOT_YOURS):
        yield "writes a look in the name of another"


def reads_cases(attacker: Attacker, reader: Reader) -> Iterator[str]:
    """As many looks by each case as the log holds of those whom its basis opens to the reader."""
    for case in range(1, CASES_ASKED):
        found = attacker.connection.execute(
            "SELECT person, look FROM people_looks_in_case(%s)", [case]
        ).fetchall()
        if {look for _person, look in found} != _looks_in(attacker, reader, case):
            yield f"case {case} tells other looks than those at whom it names"


def _looks_in(attacker: Attacker, reader: Reader, case: int) -> set[int]:
    """The reference: the looks at anybody whom a case in force of the reader names."""
    world, mine = attacker.world, set()
    for one in world.bases:
        opened = one.kind is Kind.AUDIT and one.in_force and one.root in world.under_audit(reader)
        if opened and Basis.objects.get(pk=one.pk).case_id == case:
            mine |= {key for key, other in world.people.items() if other.root == one.root}
    return {look.pk for look in Look.objects.all() if mine & set(look.people)}


def counts_members(attacker: Attacker, reader: Reader) -> Iterator[str]:
    """Figures of organisations: to who may see figures, and to its own contact alone."""
    may = reader.may(Right.FIGURES)
    found = attacker.connection.execute("SELECT id FROM places_organisation ORDER BY id")
    for (key,) in found.fetchall():
        told = attacker.what_of(f"SELECT * FROM coverage_members('2024-03-31', '{{{key}}}')")
        if told.startswith("OK") != (may or key in reader.organisations):
            yield f"figures of organisation {key}: {told[:80]}"


def stands(owner: psycopg.Connection) -> Iterator[str]:
    """Where people are placed is what their facts say, also after a fact came, changed, or went."""
    placed = "SELECT id, places FROM people_person ORDER BY id"
    for change in (
        "SELECT 1",
        "DELETE FROM people_residence WHERE id % 2 = 0",
        "DELETE FROM people_listing WHERE id % 2 = 0",
        "DELETE FROM people_holding WHERE id % 2 = 0",
        *(f"UPDATE {table} SET hamlet_id = (SELECT max(hamlet_id) FROM {table})"
          for table in ("people_residence", "people_listing")),
        "UPDATE people_holding SET unit_id = (SELECT max(unit_id) FROM people_holding)",
        *(f"CREATE TEMP TABLE again AS SELECT * FROM {table} WHERE id % 2 = 1;"
          f" UPDATE again SET id = -id, {place} = (SELECT min({place}) FROM {table});"
          f" INSERT INTO {table} OVERRIDING SYSTEM VALUE SELECT * FROM again"
          for table, place in (("people_residence", "hamlet_id"), ("people_listing", "hamlet_id"),
                               ("people_holding", "unit_id"))),
        "UPDATE people_person SET root = id",
    ):  # fmt: skip
        with owner.transaction(force_rollback=True):
            owner.execute(change)  # type: ignore[arg-type]
            before = owner.execute(placed).fetchall()
            owner.execute("SELECT people_place_again(array_agg(root)) FROM people_person")
            if owner.execute(placed).fetchall() != before:
                yield f"after {change[:60]} people stand where they are not"


def keeps(machine: psycopg.Connection) -> Iterator[str]:
    """What is appended is neither changed nor removed by a command either."""
    for table in (*APPENDED, "people_glassreview", "people_auditsubject"):
        try:
            with machine.transaction(force_rollback=True):
                machine.execute(f"DELETE FROM {table}")  # type: ignore[arg-type]
            yield f"a command removes from {table}"
        except psycopg.errors.InsufficientPrivilege:
            continue
