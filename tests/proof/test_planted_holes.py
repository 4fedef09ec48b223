"""That the proof is sharp: holes as careless hands leave them, each of which must be found.

The short form plants one in SHARE of them, the long form all.
"""

import random

import pytest

from hssk.access.policy import views_without_policy
from hssk.config.walls import holes
from hssk.coverage.services import settle
from tests.proof import (
    acting,
    apart,
    careless,
    doors,
    planted,
    planted_since,
    reference,
    sweeps,
)
from tests.proof.measures import AFTER_A_HOLE, LONG, PARTS, SEED, counted, told, without_a_scope


def test_the_wall_has_no_hole(app):
    assert holes(app) == []


def _before(owner, app):
    """How everything was made, so that holes are planted in it and mended again."""
    policies = owner.execute(
        "SELECT tablename, policyname, COALESCE(qual, with_check) FROM pg_policies"
        " WHERE policyname IN ('seen', 'added')"
    ).fetchall()
    triggers = owner.execute(
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal"
        " AND tgname ~ '_(stays|stands|grows)$|^people_places|^access_guard' ORDER BY 1, 2"
    ).fetchall()
    made = {(table, name): clause for table, name, clause in policies}
    return planted_since.Before(_originals(owner), made, triggers, app.info.user)


SHARE = 1 if LONG else 8
OTHER_KEYS = 12  # draws at one address: of the keys of others half may betray nothing there


@pytest.mark.parametrize("part", range(PARTS))
@pytest.mark.parametrize("when", ["first", "since"])
def test_planted_holes_are_found(world, attacker, app, owner, machine, when, part):
    by_name = {r.user.username: r for r in world.readers}
    truth = {r.user.pk: reference.expected(world, r, owner) for r in world.readers}
    every = planted_since.all_since(_before(owner, app)) if when == "since" else [
        *planted.of_tables(), *planted.of_functions(_originals(owner)),
        *planted.of_rights(app.info.user), *planted.of_months(app.info.user, attacker.month())
    ]  # fmt: skip
    planting = random.Random(SEED).sample(every, len(every) // SHARE)[part::PARTS]
    by_looking, by_trying, missed = 0, 0, []
    for hole in planting:
        app.rollback()
        owner.execute(hole.plant)
        try:
            looked = bool(holes(app))
            tried = (LONG or not looked) and any(
                _tries(world, attacker, by_name, truth, owner, machine)
            )
        finally:
            app.rollback()
            owner.execute(hole.mend)
        by_looking += looked
        by_trying += tried
        if not (looked or tried):
            missed.append(hole.name)
    told(f"planted holes, {when}, part {part + 1} of {PARTS}: {len(planting)} of {len(every)},"
         f" found by the catalogue {by_looking}, by counting and trying {by_trying},"
         f" missed {missed}")  # fmt: skip
    assert missed == []
    assert len(every) >= 100
    assert [r for r in world.readers if counted(attacker, r) != truth[r.user.pk]] == []  # mended


def _tries(world, attacker, by_name, truth, owner, machine):
    """Everything that may find a hole, the quickest first."""
    attacker.connection.rollback()
    attacker.enter(by_name["p.everywhere"])  # who sees all was on this connection just before
    yield any(without_a_scope(attacker).values())
    for reader in world.readers:
        yield counted(attacker, reader) != truth[reader.user.pk]
    clerk = by_name["p.clerk"]
    for name in ("p.clinician", "p.clerk", "p.officer", "p.auditor", "p.province"):
        yield from sweeps.sweeps(attacker, by_name[name])
        yield from attacker.opens(by_name[name])
    yield from attacker.sweeps(clerk)
    yield from sweeps.keeps(machine)
    yield from sweeps.stands(owner)
    yield from attacker.attack(clerk, AFTER_A_HOLE)


def _originals(owner):
    rows = owner.execute(
        "SELECT proname, pg_get_functiondef(oid) FROM pg_proc WHERE proname ~"
        " '^(access|people)_|^coverage_members$|^records_(emergency|looks_in_care)$' AND prokind = 'f'"
        " AND pronamespace = 'public'::regnamespace UNION ALL"
        " SELECT relname, 'CREATE OR REPLACE VIEW ' || relname || ' WITH (security_barrier) AS '"
        " || pg_get_viewdef(oid) FROM pg_class WHERE relname ~ '_(in_scope|by_basis)$'"
    ).fetchall()
    return dict(rows)


def test_holes_that_careless_hands_leave_in_the_program_are_found(world, owner):
    by_name = {r.user.username: r for r in world.readers}
    settle()
    touched = acting.Touched(owner)
    names = random.Random(SEED).sample(sorted(careless.NAMED), len(careless.NAMED) // SHARE)
    missed = []
    for name in names:
        with careless.NAMED[name]():
            found = views_without_policy() or next(
                _tries_pages(world, by_name, touched, name), None
            )
        if not found:
            missed.append(name)
    told(f"holes in the program: {len(names)} of {len(careless.NAMED)}, missed {missed}")
    assert missed == []


def _tries_pages(world, by_name, touched, name):
    at = careless.AT.get(name)
    clerk, wide = by_name["p.clerk"], by_name["p.everywhere"]
    if at:
        yield from apart.after_another(world, wide, clerk, at)
        for reader in ("p.clerk", "p.officer", "p.auditor"):
            for _again in range(OTHER_KEYS):
                yield from acting.acts(
                    world, by_name[reader], random.Random(SEED + _again), touched, only=at
                )
        return
    yield from apart.counts(world, clerk)
    yield from doors.doors(world)
    yield from doors.as_a_stranger(world)
    yield from doors.without_a_token(by_name["p.officer"])
