"""Foresee: what undoing a file will change, found by doing it and taking that back."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Count, Max
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.exchange.models import Batch, LinkDecision, Review
from hssk.exchange.services.undoing import undo
from hssk.kit.home import write_whole
from hssk.people.models import (
    Amendment,
    Birth,
    Death,
    Departure,
    Enrolment,
    Merge,
    Move,
    Stranger,
)
from hssk.people.models.moves import ACCEPTED

# Each resident once, where they live by the last word on them; the definition of coverage
# (hssk/coverage/sql/recount.sql) for the days after the last change.
_LEDGER = """
    WITH home AS (
        SELECT DISTINCT ON (p.root) p.root, h.unit_id,
               bool_or(r.decided) OVER (PARTITION BY p.root) AS decided
        FROM people_residence r JOIN people_person p ON p.id = r.person_id
        JOIN places_hamlet h ON h.id = r.hamlet_id
        WHERE r.until IS NULL AND p.died_on IS NULL
        ORDER BY p.root, strpos('CTP', r.kind), r.since DESC, r.id
    ), record AS (
        SELECT p.root, bool_or(s.decided) AS decided
        FROM people_holding s JOIN people_person p ON p.id = s.person_id
        WHERE s.until IS NULL GROUP BY p.root
    )
    SELECT u.id, u.kind || ' ' || u.name, count(*),
           count(*) FILTER (WHERE r.decided AND h.decided),
           count(*) FILTER (WHERE r.root IS NOT NULL AND NOT (r.decided AND h.decided)),
           count(*) FILTER (WHERE r.root IS NULL)
    FROM home h JOIN places_unit u ON u.id = h.unit_id LEFT JOIN record r ON r.root = h.root
    GROUP BY u.id ORDER BY u.path, u.code
"""
_COUNTS = """
    SELECT (SELECT count(*) FROM people_person WHERE root = id),
           (SELECT count(*) FROM people_listing WHERE until IS NULL),
           (SELECT count(*) FROM people_holding WHERE until IS NULL)
"""
LEDGER = {
    "expected": _n("Dân cư"),
    "found": _n("Đã có hồ sơ"),
    "to_decide": _n("Còn chờ xem lại"),
    "missing": _n("Chưa có hồ sơ"),
}
# What people do by hand, and what says when such an act was taken back, where it can be.
_ACTS = (
    (Review, "taken_back_at"),
    (Merge, "undone_at"),
    (Death, "withdrawn_at"),
    (Enrolment, "taken_back_at"),
    (Departure, "taken_back_at"),
    (Birth, "at"),
    (Stranger, "at"),
    (Amendment, "at"),
)
COUNTS = {
    "people": _n("Người được biết đến"),
    "listings": _n("Dòng nhân khẩu đang dùng"),
    "records": _n("Hồ sơ đang dùng"),
}


class _Rehearsed(Exception):
    """Raised to take a rehearsal back."""


@contextmanager
def _taken_back() -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
            raise _Rehearsed
    except _Rehearsed:
        pass


def job_of(batch: Batch) -> str:
    """The name of the job that foresees the undoing of `batch`."""
    return f"foresee-{batch.id}"


def foresee(batch: Batch, *, actor: User) -> dict[str, Any]:
    """What would be different if `batch` were undone now: keeps the outcome and returns it.

    returns  before, after: people, listings, records; units: name and the ledger of each commune,
             before and after; later: the files that will be linked again, with their counts;
             asked_again: verdicts of people whose ground goes, so that their rows ask again

    Does the whole undo and rolls it back. Raises Refused when the batch is not applied.
    """
    outcome: dict[str, Any] = {"state": _fingerprint()}
    ledger = {}
    with _taken_back():
        outcome["before"], ledger["before"] = _counts(), _ledger()
        asked = _asked_despite_verdict()
        later = undo(batch, actor=actor)
        outcome["after"], ledger["after"] = _counts(), _ledger()
        outcome["asked_again"] = max(_asked_despite_verdict() - asked, 0)
        outcome["later"] = [
            {"id": file.id, "name": file.file_name, "ask": file.counts["ask"]} for file in later
        ]
    outcome["units"] = _side_by_side(**ledger)
    keys = list(ledger["after"] | ledger["before"])  # of the units, for whoever has some of them
    _path(batch).parent.mkdir(mode=0o700, exist_ok=True)
    write_whole(_path(batch), json.dumps({**outcome, "keys": keys}))
    return outcome


def foreseen(batch: Batch) -> dict[str, Any] | None:
    """What was foreseen of undoing `batch`, if nothing has changed since; else None.

    Asked as the machine, for the rehearsal knew of everything: whoever sees a part alone would
    always find it changed.
    """
    try:
        outcome = json.loads(_path(batch).read_text())
    except (FileNotFoundError, ValueError):
        return None
    return outcome if outcome["state"] == _fingerprint() else None


def told(
    outcome: dict[str, Any], units: frozenset[int] | None, files: set[int] | None
) -> dict[str, Any]:
    """An outcome as its page shows it: what changes in all, and each commune cell by cell.

    units, files   those of whoever asks, and of no others is anything told; None for all
    """
    if units is not None:
        outcome = _within(outcome, units, files or set())
        labels, before, after = LEDGER, _summed(outcome, "before"), _summed(outcome, "after")
    else:
        labels, before, after = COUNTS, outcome["before"], outcome["after"]
    changes = [
        {
            "label": _(label),
            "before": before[key],
            "after": after[key],
            "difference": after[key] - before[key],
        }
        for key, label in labels.items()
    ]
    shown = [
        {
            "name": unit["name"],
            "cells": [
                {"label": _(label), "before": unit["before"][key], "after": unit["after"][key]}
                for key, label in LEDGER.items()
            ],
        }
        for unit in outcome["units"]
    ]
    return {**outcome, "changes": changes, "units": shown}


def _within(outcome: dict[str, Any], units: frozenset[int], files: set[int]) -> dict[str, Any]:
    """What is foreseen of these units and files alone."""
    keyed = zip(outcome["keys"], outcome["units"], strict=True)
    return {
        "units": [unit for key, unit in keyed if key in units],
        "later": [file for file in outcome["later"] if file["id"] in files],
        "asked_again": None,
    }


def _summed(outcome: dict[str, Any], side: str) -> dict[str, int]:
    """The ledger of all the units together, before or after."""
    return {key: sum(unit[side][key] for unit in outcome["units"]) for key in LEDGER}


def _path(batch: Batch) -> Path:
    return settings.HOME.path / "jobs" / f"foreseen-{batch.id}.json"


def _fingerprint() -> str:
    """Changes whenever a file is applied or undone, somebody decides, moves or writes something
    down of people, or takes it back."""
    files = Batch.objects.filter(state=Batch.APPLIED).order_by("id")
    said = [*files.values_list("id", "applied_at"), *_acts(), *_moves()]
    return blake2b(repr(said).encode(), digest_size=16).hexdigest()


def _acts() -> list[dict[str, Any]]:
    return [
        model._default_manager.aggregate(all=Count("pk"), last=Max("pk"), ended=Max(ended))
        for model, ended in _ACTS
    ]


def _moves() -> list[tuple]:
    return list(Move.objects.filter(state=ACCEPTED).order_by("id").values_list("id"))


def _counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        return dict(zip(COUNTS, cursor.fetchone(), strict=True))


def _ledger() -> dict[int, tuple[str, dict[str, int]]]:
    with connection.cursor() as cursor:
        cursor.execute(_LEDGER)
        return {
            unit: (name, dict(zip(LEDGER, counts, strict=True)))
            for unit, name, *counts in cursor.fetchall()
        }


def _side_by_side(before: dict, after: dict) -> list[dict[str, Any]]:
    """Each commune that any of the two ledgers counts, with both; nothing counted is 0."""
    nothing = dict.fromkeys(LEDGER, 0)
    names = {unit: told[0] for unit, told in (after | before).items()}
    return [
        {
            "name": name,
            "before": before.get(unit, ("", nothing))[1],
            "after": after.get(unit, ("", nothing))[1],
        }
        for unit, name in names.items()
    ]


def _asked_despite_verdict() -> int:
    """How many rows ask although somebody decided of them: the ground of the verdict is gone."""
    verdicts = Review.objects.filter(taken_back_at=None).exclude(verdict=Review.LATER)
    asked = LinkDecision.objects.filter(decision=LinkDecision.ASK)
    return asked.filter(row__digest__in=verdicts.values("row_digest")).count()
