"""Attempts by every address of the product, by everybody, about everybody."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4
from zipfile import ZipFile

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from python_calamine import CalamineWorkbook

from hssk.access.models import Look
from hssk.access.policy import rights_for
from hssk.access.rights import Role
from tests.proof.keys import keys
from tests.proof.world import CASES, Reader, World
from tests.village import MARCH

# pages of the register itself: whom only a list or record of the reader's own places names, they do
# not name, on no day
REGISTER = {f"coverage:{name}" for name in (
    "person", "household", "alone", "hamlet", "hamlet-list", "changes", "change-list", "missing-file",
)}  # fmt: skip
PEOPLE = {"missing", "found", "expected", "doubles", "unlisted", "verified", "unverified", "content",
          "empty", "complete", "outdated"}  # of the counts: people, not records  # fmt: skip
DAYS = (MARCH, date(2023, 12, 1))  # a day before some moved, too
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


class Told:
    """Whom the log names so far: what was read of it is not read again, for each look adds to it."""

    def __init__(self, world: World) -> None:
        self._world, self._last = world, 0
        self._named: set[UUID] = set()

    def __call__(self) -> set[UUID]:
        newer = Look.objects.filter(pk__gt=self._last).order_by("pk")
        for self._last, people in newer.values_list("pk", "people"):
            self._named |= self._world.shown_in(str(people))
        return self._named


@dataclass
class Attack:
    """How every address is asked.

    rounds  so many times
    share   of the addresses that the reader may not enter, by chance; of the others all
    """

    dice: random.Random
    rounds: int = 1
    share: float = 1
    asked: int = 0  # so many requests were judged


def attack(world: World, reader: Reader, how: Attack) -> Iterator[str]:
    """Ask every address as `reader`; what leaked, in words."""
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    client.force_login(reader.user)
    shown_by, told = cache(partial(_shown_by, world, reader)), Told(world)
    for _round in range(how.rounds):
        for name, wanted in routes():
            if name in _ENDS or not (lets_in(name, reader) or how.dice.random() < how.share):
                continue
            how.asked += 1
            known = keys(world, how.dice)
            asked = {key: known[key] for key in wanted}
            seen, named = shown_by(posts_for(name, reader))
            on = how.dice.choice(DAYS)
            answer = client.get(f"{reverse(name, kwargs=asked)}?on={on}")
            if answer.status_code >= 500:
                yield f"{reader.user.username}: {name} fails with {answer.status_code}"
            if reader.holds(Role.AUDITOR):  # the log names keys to whose duty it is to read it
                named = named | told()
            # marks that the asker typed into the address are no news
            register = name in REGISTER or (name == "coverage:list" and asked["count"] in PEOPLE)
            news = world.shown_in(text_of(answer)) - (seen if register else named)
            if news - world.shown_in(str(asked)):
                yield f"{reader.user.username}: {name} {asked} shows hidden people"
            if answer.status_code == 404 and world.shown_in(str(asked)) - seen:
                nobody = client.get(f"{reverse(name, kwargs={**asked, 'person': uuid4()})}?on={on}")
                if same(answer) != same(nobody):
                    yield f"{reader.user.username}: {name} tells who is there from who is not"


def lets_in(name: str, reader: Reader) -> bool:
    """Whether the reader has a right that this address asks for, or it asks for none."""
    needed = rights_for(name)
    return not needed or reader.may(*needed)


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
    """The words of a page without the tokens of its forms, one of which in a hundred thousand looks
    like a mark; of the parts of a document, or of the cells of a workbook."""
    if "wordprocessing" in answer.headers.get("Content-Type", ""):
        with ZipFile(BytesIO(answer.content)) as parts:
            return " ".join(
                parts.read(name).decode("utf-8", "replace") for name in parts.namelist()
            )
    if not is_book(answer):
        return _CHANCE.sub(b"", answer.content).decode("utf-8", "replace")
    written = b"".join(answer.streaming_content) if answer.streaming else answer.content
    book = CalamineWorkbook.from_filelike(BytesIO(written))
    rows = (row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python())
    return " ".join(str(cell) for row in rows for cell in row)


def same(answer: Any) -> bytes:
    """An answer without what differs by chance, and without the key that was asked for."""
    body = _CHANCE.sub(b"", answer.content)
    return re.sub(rb"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", b"", body)
