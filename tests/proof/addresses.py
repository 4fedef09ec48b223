"""Attempts by every address of the product, by everybody, about everybody.

The keys of an address are known by their names: a new address with a key that is not here fails, so
that nobody can forget to have it attacked.
"""

import random
import re
from collections.abc import Iterator
from datetime import date
from functools import cache, partial
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from python_calamine import CalamineWorkbook

from hssk.access.models import Look
from hssk.access.policy import rights_for
from hssk.access.rights import Role
from tests.proof.world import CASES, Reader, World
from tests.village import MARCH

COUNTS = ("missing", "found", "expected", "doubles", "duplicates", "nobody_unknown", "unlisted",
          "records_unlisted", "kept_elsewhere", "kept_for_others", "listed_elsewhere",
          "verified", "unverified", "content", "empty", "complete", "outdated")  # fmt: skip
# pages of the register itself: whom only a list or record of the reader's own places names, they do
# not name, on no day
REGISTER = {f"coverage:{name}" for name in (
    "person", "household", "alone", "hamlet", "hamlet-list", "changes", "change-list", "missing-file",
)}  # fmt: skip
PEOPLE = {
    "missing",
    "found",
    "expected",
    "doubles",
    "unlisted",
    "verified",
    "unverified",
    "content",
    "empty",
    "complete",
    "outdated",
}  # of COUNTS: people, not records
DAYS = (MARCH, date(2023, 12, 1))  # a day before some moved, too
NOWHERE = 999_999_999
# what changes with each answer and tells nothing
_CHANCE = re.compile(rb'(csrfmiddlewaretoken" value="|name="csrf" content=")[^"]+')
# these end the session of whoever asks
_ENDS = {"logout"}


def routes() -> Iterator[tuple[str, tuple[str, ...]]]:
    """(name, names of its keys) of every address."""
    yield from _routes(get_resolver(), "")


def _routes(resolver: URLResolver, space: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}", tuple(pattern.pattern.converters)
        else:
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from _routes(pattern, inner)


def keys(world: World, dice: random.Random) -> dict[str, Any]:
    """A key of each kind: of somebody, of a place, of a file; now and then of nothing."""
    from hssk.access.models import Post
    from hssk.coverage.models import SentReport
    from hssk.exchange.models import Delivery, MemberFile, PostFile, Review, SoftwareLayout
    from hssk.outreach.models import (
        BookFile,
        Campaign,
        Card,
        CardRun,
        Contact,
        Copy,
        Cost,
        DayReport,
        Invitation,
        Proposal,
        Session,
        Slip,
        Team,
    )
    from hssk.people.models import AuditCase, Move
    from hssk.places.models import Household, Organisation

    homes = list(Household.objects.values_list("pk", flat=True)) or [NOWHERE]
    known = {
        "person": dice.choice(list(world.people)),
        "visit": dice.choice(world.entries).visit,
        "hamlet": dice.choice(world.hamlets).pk,
        "household": dice.choice(homes),
        "code": dice.choice([*(unit.code for unit in world.communes), "12", "12-105", "12-109"]),
        "count": dice.choice(COUNTS),
        "unit": dice.choice(world.communes).pk,
        "kind": dice.choice(
            ("found", "entered", "left", "lost", "progress", "quality", "facilities")
        ),
        "batch": dice.choice(list(world.batches.values())).pk,
        "row": dice.choice(list(world.rows)),
        "verdict": dice.choice(list(Review.objects.values_list("pk", flat=True))),
        "basis": dice.choice(world.bases).pk,
        "case": dice.choice([1, *AuditCase.objects.values_list("pk", flat=True)]),
        "postings": dice.choice(list(PostFile.objects.values_list("pk", flat=True))),
        "invitation": dice.choice([*Invitation.objects.values_list("pk", flat=True), NOWHERE]),
        "slip": dice.choice([*Slip.objects.values_list("pk", flat=True)]),
        "report": dice.choice([*SentReport.objects.values_list("pk", flat=True), NOWHERE]),
        "copy": dice.choice([*Copy.objects.values_list("pk", flat=True), NOWHERE]),
        **{
            key: dice.choice([*model.objects.values_list("pk", flat=True), NOWHERE])
            for key, model in (
                ("campaign", Campaign),
                ("card", Card),
                ("run", CardRun),
                ("team", Team),
                ("cost", Cost),
                ("session", Session),
                ("proposal", Proposal),
                ("contact", Contact),
                ("book", BookFile),
                ("daily", DayReport),
                ("outgoing", SoftwareLayout),
                ("delivery", Delivery),
                ("organisation", Organisation),
                ("members", MemberFile),
            )
        },
        "move": dice.choice([*Move.objects.values_list("pk", flat=True), NOWHERE]),
        "user": dice.choice(world.readers).user.pk,
        "look": dice.choice([*Look.objects.values_list("pk", flat=True), NOWHERE]),
        "pk": NOWHERE,  # of a security key: nobody here has any
        "post": dice.choice(list(Post.objects.values_list("pk", flat=True))),
    }
    nothing = {
        "person": uuid4(),
        "visit": uuid4(),
        "slip": uuid4(),
        "code": "99999",
        "count": "nothing",
        "kind": "nothing",
    }
    if dice.random() < 0.15:
        places = ("hamlet", "household", "batch", "unit", "row", "basis", "case")
        known |= dict.fromkeys(places, NOWHERE) | nothing
    return known


def attack(world: World, reader: Reader, dice: random.Random, rounds: int) -> Iterator[str]:
    """Ask every address `rounds` times as `reader`; what leaked, in words."""
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    client.force_login(reader.user)
    shown_by = cache(partial(_shown_by, world, reader))
    for _round in range(rounds):
        for name, wanted in routes():
            if name in _ENDS:
                continue
            known = keys(world, dice)
            asked = {key: known[key] for key in wanted}
            seen, named = shown_by(posts_for(name, reader))
            on = dice.choice(DAYS)
            answer = client.get(f"{reverse(name, kwargs=asked)}?on={on}")
            if answer.status_code >= 500:
                yield f"{reader.user.username}: {name} fails with {answer.status_code}"
            if reader.holds(Role.AUDITOR):  # the log names keys to whose duty it is to read it
                named = named | world.shown_in(
                    " ".join(str(look.people) for look in Look.objects.all())
                )
            # marks that the asker typed into the address are no news
            register = name in REGISTER or (name == "coverage:list" and asked["count"] in PEOPLE)
            news = world.shown_in(text_of(answer)) - (seen if register else named)
            if news - world.shown_in(str(asked)):
                yield f"{reader.user.username}: {name} {asked} shows hidden people"
            if answer.status_code == 404 and world.shown_in(str(asked)) - seen:
                nobody = client.get(f"{reverse(name, kwargs={**asked, 'person': uuid4()})}?on={on}")
                if same(answer) != same(nobody):
                    yield f"{reader.user.username}: {name} tells who is there from who is not"


def posts_for(name: str, reader: Reader) -> Reader:
    """The reader with those posts alone that have a right which this address asks for."""
    needed = rights_for(name)
    return reader.with_right(*needed) if needed else reader


def _shown_by(world: World, reader: Reader, at: Reader) -> tuple[set[UUID], set[UUID]]:
    """Whom a page may show to a reader by these posts of theirs; and whom it may name besides, by
    rows of their files and handed on to them."""
    seen = world.seen(at) | world.behind_glass(reader) | world.told_behind_glass(reader)
    if reader.holds(*CASES):
        seen |= world.subjects
    return seen, seen | world.named_elsewhere_to(at)


def is_book(answer: Any) -> bool:
    """Whether it is a workbook, which tells the second in which it was written besides its cells."""
    return bool(answer.streaming) or "spreadsheet" in answer.headers.get("Content-Type", "")


def text_of(answer: Any) -> str:
    """The words of a page, or of the cells of a workbook."""
    if not is_book(answer):
        return answer.content.decode("utf-8", "replace")
    written = b"".join(answer.streaming_content) if answer.streaming else answer.content
    book = CalamineWorkbook.from_filelike(BytesIO(written))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return " ".join(str(cell) for row in rows for cell in row)


def same(answer: Any) -> bytes:
    """An answer without what differs by chance, and without the key that was asked for."""
    body = _CHANCE.sub(b"", answer.content)
    return re.sub(rb"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", b"", body)
