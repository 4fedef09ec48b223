"""How long the proof tries, and how much a user is shown."""

import os
import sys

from tests.proof.sql import WALLED

LONG = os.environ.get("HSSK_PROVE") == "long"
SEED = int(os.environ.get("HSSK_SEED", "20260"))
ATTEMPTS = 100_000 if LONG else 3_000
ROUNDS = 25 if LONG else 1
PARTS = 4 if LONG else 2  # of what is long, which can be tried beside each other
AFTER_A_HOLE = 60  # attempts, so few that a hole is found by looking well and not by looking long


def told(*words):
    """Into the report of `make prove-access`; the output proper of one who works beside others is
    their way to speak to each other."""
    print(*words, file=sys.__stderr__, flush=True)


def counted(attacker, reader):
    attacker.connection.rollback()
    attacker.enter(reader)
    return _counts(attacker)


def without_a_scope(attacker):
    attacker.connection.rollback()
    return _counts(attacker)


def _counts(attacker):
    one = attacker.connection.execute(
        "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in WALLED)
    ).fetchone()
    attacker.connection.rollback()
    return dict(zip(WALLED, one, strict=True))
