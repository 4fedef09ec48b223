"""The proof: `make prove-access` runs it long, every test run short.

HSSK_PROVE=long tries a hundred thousand times and judges time as well.
"""

import random
import statistics
import time
from uuid import uuid4

import pytest

from hssk.access.tiers import Kind
from tests.proof import addresses, reference, sweeps
from tests.proof.measures import (
    ATTEMPTS,
    LONG,
    PARTS,
    ROUNDS,
    SEED,
    counted,
    told,
    without_a_scope,
)
from tests.proof.sql import WALLED


def test_everybody_sees_as_many_rows_as_the_reference_says(world, attacker, owner):
    assert any(world.seen(reader) for reader in world.readers)
    wrong = []
    for reader in world.readers:
        told, right = counted(attacker, reader), reference.expected(world, reader, owner)
        wrong += [
            f"{reader.user.username}: {table} shows {told[table]} rows, not {right[table]}"
            for table in right if told[table] != right[table]
        ]  # fmt: skip
    assert not wrong, "\n".join(wrong)
    assert not any(without_a_scope(attacker).values())


def test_no_attempt_by_sql_shows_or_changes_anybody_hidden(world, attacker, owner, machine):
    before = _state(owner)
    leaks = []
    for _round in range(10):
        for reader in world.readers:
            leaks += attacker.attack(reader, ATTEMPTS // 10 // len(world.readers) + 1)
    for reader in world.readers:
        leaks += attacker.sweeps(reader)
        leaks += sweeps.sweeps(attacker, reader)
    leaks += [*sweeps.keeps(machine), *sweeps.stands(owner)]
    told(f"attempts by SQL: {attacker.attempts:,}, leaks: {len(leaks)}, seed {SEED}")
    assert leaks == []
    assert _state(owner) == before


def _state(owner):
    """Every row there is, so that a change of any is seen."""
    return [
        owner.execute(f"SELECT md5(COALESCE(string_agg(x::text, '' ORDER BY x::text), '')) FROM {t} x")
        .fetchone()
        for t in WALLED if t != "coverage_due"
    ]  # fmt: skip


@pytest.mark.usefixtures("menu_counts_once")
@pytest.mark.parametrize("part", range(PARTS))
def test_no_address_shows_anybody_hidden(world, part):
    """By a part of the readers: the parts can be tried beside each other."""
    how = addresses.Attack(random.Random(SEED + part), ROUNDS, share=1 if LONG else 1 / 5)
    readers = world.readers[part::PARTS]
    leaks = [words for reader in readers for words in addresses.attack(world, reader, how)]
    told(f"attempts by address, {', '.join(reader.user.username for reader in readers)}:"
         f" {how.asked:,}, leaks: {len(leaks)}, seed {SEED}")  # fmt: skip
    assert how.asked > 100 * len(readers)
    assert leaks == []


@pytest.mark.parametrize(
    ("name", "taken_away"),
    [
        ("p.clerk", "UPDATE access_post SET until = since WHERE user_id = %s"),
        ("p.clerk", "UPDATE access_user SET is_active = false WHERE id = %s"),
        ("p.everywhere", "UPDATE access_post SET until = since WHERE user_id = %s"),
        ("p.everywhere", "UPDATE access_user SET is_active = false WHERE id = %s"),
    ],
)
def test_a_right_taken_away_is_gone_at_the_next_statement(world, attacker, owner, name, taken_away):
    reader = next(r for r in world.readers if r.user.username == name)
    attacker.enter(reader)
    count = "SELECT count(*) FROM people_person"
    assert attacker.connection.execute(count).fetchone()[0] > 0
    owner.execute(taken_away, [reader.user.pk])
    assert attacker.connection.execute(count).fetchone()[0] == 0


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO people_person (id, name, name_folded, name_sort, birth_precision, sex,"
        " ethnicity, root) VALUES ('{key}', 'x', 'x', 'x', '', 1, '', '{key}')",
        "INSERT INTO people_identifier (person_id, kind, value, status)"
        " VALUES ('{key}', 'pid', '{pid}', 'verified')",
        "INSERT INTO people_merge (keep, drop, reason, actor_id, at)"
        " VALUES ('{key}', '{key}', '', 1, now())",
        "UPDATE people_person SET name = 'x' WHERE id = '{key}'",
        "SELECT * FROM people_person WHERE id = '{key}'",
        "SELECT places FROM people_person WHERE root = '{key}'",
        "SELECT * FROM people_by_basis WHERE root = '{key}'",
        "SELECT '{key}'::uuid WHERE people_in_care('{key}', people_care())",
        "SELECT people_phones('{key}')",
        "SELECT people_registered_at('{key}')",
        "INSERT INTO people_basis (person, kind, user_id, granted_by_id, since, until, why, note,"
        " source) VALUES ('{key}', 'break-glass', 1, 1, now(), now(), '', '', '')",
    ],
)
def test_keys_of_others_and_keys_of_nobody_get_one_answer(world, attacker, statement):
    """Unique checks, foreign keys and judges are no oracle."""
    reader = next(r for r in world.readers if r.user.username == "p.clerk")
    seen = world.seen(reader)
    hidden = next(key for key, one in world.people.items() if one.root not in seen)
    answers = []
    for key, pid in ((hidden, "900000000001"), (uuid4(), "999999999999")):
        attacker.connection.rollback()
        attacker.enter(reader)
        asked = statement.format(key=key, pid=pid)
        answers.append(attacker.what_of(asked))
    assert answers[0] == answers[1]


@pytest.mark.parametrize(
    "name", ["p.clinician", "p.clerk", "p.province", "p.auditor", "p.everywhere"]
)
def test_a_basis_opens_one_person_to_whom_it_is_given_and_while_it_lasts(world, attacker, name):
    reader = next(r for r in world.readers if r.user.username == name)
    assert list(attacker.opens(reader)) == []


@pytest.mark.parametrize(
    ("kind", "question"),
    [
        (Kind.CARE, "SELECT count(*) FROM people_person WHERE root = '{root}'"),
        (Kind.BREAK_GLASS, "SELECT count(*) FROM people_emergency({pk})"),
    ],
)
@pytest.mark.parametrize("how", ["by the clock", "by hand"])
def test_a_basis_that_ends_is_gone_at_the_next_statement(
    world, attacker, owner, kind, question, how
):
    """Also in a transaction that began before the end, by the database's own clock."""
    reader = next(r for r in world.readers if r.user.username == "p.clinician")
    one = next(b for b in world.bases if b.kind is kind and b.in_force and b.is_of(reader))
    until = "clock_timestamp()" + " + interval '1 second'" * (how == "by the clock")
    attacker.enter(reader)
    asked = question.format(root=one.root, pk=one.pk)
    assert attacker.connection.execute(asked).fetchone()[0] > 0
    owner.execute(f"UPDATE people_basis SET until = {until} WHERE id = %s", [one.pk])
    if how == "by the clock":
        assert attacker.connection.execute(asked).fetchone()[0] > 0
        time.sleep(1.1)
    assert attacker.connection.execute(asked).fetchone()[0] == 0


def test_a_facility_s_care_ends_with_the_post_and_broken_glass_with_the_right(
    world, attacker, owner
):
    reader = next(r for r in world.readers if r.user.username == "p.clinician")
    attacker.enter(reader)
    shown = {one.root for one in world.bases if one.in_force and one.is_of(reader)}
    question = (
        "SELECT root FROM people_by_basis UNION SELECT people_behind_glass(id) FROM people_basis"
    )
    got = {root for (root,) in attacker.connection.execute(question).fetchall()}
    assert got - {None} == shown
    owner.execute("UPDATE access_post SET until = since WHERE user_id = %s", [reader.user.pk])
    assert attacker.connection.execute(question).fetchall() == []


@pytest.mark.parametrize("table", ["people_basis", "people_auditcase", "people_auditsubject",
                                   "people_glassreview"])  # fmt: skip
def test_raw_sql_of_a_reader_adds_no_basis_and_nothing_that_leads_to_one(world, attacker, table):
    for reader in world.readers:
        attacker.connection.rollback()
        attacker.enter(reader)
        told = attacker.what_of(ADDED[table].format(
            key=next(iter(world.people)), user=reader.user.pk, unit=world.communes[0].pk
        ))  # fmt: skip
        assert told.startswith("ERROR 42501"), told


ADDED = {
    "people_basis": "INSERT INTO people_basis (person, kind, unit_id, granted_by_id, since, why,"
                    " note, source) VALUES ('{key}', 'care', {unit}, {user}, now(), 'visit', '', '')",
    "people_auditcase": "INSERT INTO people_auditcase (number, reason, opened_by_id, opened_at)"
                        " VALUES ('new', '', {user}, now())",
    "people_auditsubject": "INSERT INTO people_auditsubject (case_id, person, name)"
                           " VALUES (1, '{key}', '')",
    "people_glassreview": "INSERT INTO people_glassreview (basis_id, by_id, at, justified, note)"
                          " VALUES (1, {user}, now(), true, '')",
}  # fmt: skip


@pytest.mark.skipif(not LONG, reason="time is judged in the long form only: make prove-access")
def test_time_does_not_tell_who_is_there(world):
    """The page of somebody hidden and of nobody take the same time, within what chance does."""
    from django.test import Client

    reader = next(r for r in world.readers if r.user.username == "p.clerk")
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(reader.user)
    seen = world.seen(reader)
    hidden = next(key for key, one in world.people.items() if one.root not in seen)
    taken: dict[str, list[float]] = {"hidden": [], "nobody": []}
    for _ in range(200):
        for who, key in (("hidden", hidden), ("nobody", uuid4())):
            began = time.perf_counter()
            assert client.get(f"/coverage/person/{key}/").status_code == 404
            taken[who].append(1e3 * (time.perf_counter() - began))
    medians = {who: statistics.median(times) for who, times in taken.items()}
    spread = statistics.stdev(taken["nobody"])
    told(f"a page that is not there, ms: {medians}, spread {spread:.2f}")
    assert abs(medians["hidden"] - medians["nobody"]) <= 2 * spread
