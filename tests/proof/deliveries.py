"""Workbooks for the software in use in the world, and whose they are not."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping
from io import BytesIO
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone
from xlsxwriter import Workbook

from hssk.access.models import User
from hssk.exchange.models import DeliveredPerson, Delivery, SoftwareLayout, TakenIn
from hssk.places.models import Hamlet
from tests.proof.drawn import Find, keys_of

if TYPE_CHECKING:  # the world is made of what is here
    from tests.proof.world import Reader, World


def deliver(home_of: Mapping[int, tuple[UUID, str]], hamlets: Collection[Hamlet], by: User) -> None:
    """A layout of each commune, and a delivery of somebody who lives there, taken in.

    home_of  hamlet → somebody who lives there, and their name
    """
    now, today = timezone.now(), timezone.localdate()
    for hamlet in hamlets:
        if hamlet.pk not in home_of:
            continue
        who, name = home_of[hamlet.pk]
        layout = SoftwareLayout.objects.create(
            unit=hamlet.unit, software="x", sheet="x", above=[], first=1, made_by=by, made_at=now,
            columns=[{"title": "x", "way": "name", "text": ""}], saved_by=by, saved_at=now,
        )  # fmt: skip
        made = Delivery.objects.create(
            layout=layout, unit=hamlet.unit, software="x", on=today, made_by=by, made_at=now,
            count=1, digest="x", content=_workbook(name),
        )  # fmt: skip
        DeliveredPerson.objects.create(
            delivery=made, number=1, person=who, unit=hamlet.unit, kind="new", digest=bytes(16)
        )
        TakenIn.objects.create(delivery=made, name=name, on=today, by=by, at=now)


def _workbook(name: str) -> bytes:
    written = BytesIO()
    with Workbook(written) as book:
        book.add_worksheet().write(0, 0, name)
    return written.getvalue()


def of_others(units: Collection[int]) -> dict[str, Find]:
    """How to find keys of each kind that lie in units of others."""
    models = (("outgoing", SoftwareLayout), ("delivery", Delivery))
    return {kind: keys_of(model, unit__in=units) for kind, model in models}


def handed_to_others(world: World, dice: random.Random, at: Reader) -> dict[str, int]:
    """The file and the commune of rows that were handed on to somebody else; where there are any."""
    pairs = sorted(
        (world.batches[world.rows[row][0]].pk, unit)
        for row, unit in world.handed.items() if unit not in at.units
    )  # fmt: skip
    return dict(zip(("batch", "unit"), dice.choice(pairs), strict=True)) if pairs else {}
