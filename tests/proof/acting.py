"""Attempts to act, and to look, with keys that are somebody else's: by every address, as everybody.

Nothing may change (triggers of the owner note every row that does), nothing of anybody hidden may be
told, and what is somebody else's must answer as what is nobody's, byte for byte.
"""

import json
import random
import re
from collections.abc import Iterator
from functools import cache, partial
from typing import Any
from uuid import UUID, uuid4

import psycopg
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from hssk.access.models import Look, Sitting
from hssk.access.rights import Right, Role
from hssk.access.tiers import Kind
from hssk.exchange.models import LinkDecision
from tests.proof import deliveries, gateway, organisations, plans
from tests.proof.addresses import is_book, lets_in, posts_for, routes, same, text_of
from tests.proof.keys import NOBODY, NOWHERE, others
from tests.proof.world import CASES, Reader, World
from tests.village import MARCH

_ENDS = {"logout", "account_logout", "lock"}  # end the session of whoever asks
_TOKEN = re.compile(r'csrfmiddlewaretoken" value="([^"]+)"')
# the log, sessions, and counts of places that reading works out
UNWATCHED = (
    "django_session",
    "access_cache",
    "access_knock",
    "access_look",
    "proof_touched",
    "coverage_standing",
)
# what the ledger draws from facts, of earlier acts too, wherever these lie: the facts are judged
FOLLOWS = {"coverage_row", "coverage_nobody", "coverage_due"}
OWN = {"access_sitting", "access_shortcode", "access_presence", "access_user", "mfa_authenticator"}


class Touched:
    """Which rows were changed since it was last asked."""

    def __init__(self, owner: psycopg.Connection) -> None:
        self.owner, self.asked = owner, 0  # so many attempts were judged by it
        owner.execute("CREATE TABLE IF NOT EXISTS proof_touched (named text, was jsonb)")
        owner.execute(
            "CREATE OR REPLACE FUNCTION proof_touch() RETURNS trigger LANGUAGE plpgsql SECURITY"
            " DEFINER SET search_path = pg_catalog, public, pg_temp AS $$ BEGIN"
            " INSERT INTO public.proof_touched VALUES (TG_TABLE_NAME,"
            " COALESCE(to_jsonb(NEW), to_jsonb(OLD))); RETURN NULL; END $$"
        )
        for table in self._tables():
            owner.execute(
                f"CREATE TRIGGER proof_touch AFTER INSERT OR UPDATE OR DELETE ON {table}"  # type: ignore[arg-type]
                " FOR EACH ROW EXECUTE FUNCTION proof_touch()"
            )

    def _tables(self) -> list[str]:
        found = self.owner.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p') AND NOT relispartition AND NOT relname = ANY(%s)",
            [list(UNWATCHED)],
        )
        return [name for (name,) in found]

    def take(self, reader: Reader) -> set[str]:
        """The tables of which rows changed that are not the reader's own account or session."""
        return {table for table, _row in self.rows(reader)}

    def rows(self, reader: Reader) -> list[tuple[str, dict[str, Any]]]:
        """(table, row) of each of those rows."""
        found = self.owner.execute("DELETE FROM proof_touched RETURNING named, was").fetchall()
        return [(table, row) for table, row in found if not _is_own(table, row, reader)]

    def gone(self) -> None:
        """Take the triggers out again."""
        self.owner.execute("DROP FUNCTION proof_touch() CASCADE; DROP TABLE proof_touched")


def _is_own(table: str, row: dict[str, Any], reader: Reader) -> bool:
    return table in OWN and reader.user.pk in (row.get("user_id"), row.get("id"))


def digests(owner: psycopg.Connection) -> list[Any]:
    """Every table whole, but for the log, sessions and sittings."""
    found = owner.execute(
        "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
        " AND relkind = 'r' AND NOT relispartition AND NOT relname = ANY(%s) ORDER BY 1",
        [[*UNWATCHED, *OWN]],
    ).fetchall()
    return [
        (name, owner.execute(
            f"SELECT md5(COALESCE(string_agg(x::text, '' ORDER BY x::text), '')) FROM {name} x"  # type: ignore[arg-type]
        ).fetchone()) for (name,) in found
    ]  # fmt: skip


def body(name: str, world: World, reader: Reader, theirs: dict[str, Any]) -> dict[str, Any]:
    """All that any form asks, filled in for the places and people of others."""
    elsewhere = Sitting.objects.exclude(user=reader.user).values_list("pk", flat=True).first()
    number = next((m for m, root in world.marks.items() if re.fullmatch(r"9\d{11}", m)), "")
    said: dict[str, Any] = {
        "verdict": "same", "reason": "here", "answer": "accept", "justified": "yes", "note": "x",
        "diagnosis": "I10", "pressure": "120/80", "medicines": "x", "asked": "zq",
        "percent": "50", "text": "x", "step": "ask", "kind": "family", "day": "2024-01-01",
        "looks": "0", "about": reader.user.pk, "which": elsewhere or NOWHERE, "username": "zz.moi",
        "full_name": "Ai Do", "role": "clerk", "unit": theirs["code"], "hamlet": theirs["hamlet"],
        "number": number, "name": "Sai Ten", "birth": "1/3/1960", "case_number": "9", "sex": "1",
        "since": "2024-03-01", "shown": "x", "on": "31/03/2024", "act": uuid4(), "sex_1": "2",
        "words": "x", "why": "x", "to": f"u{theirs['unit']}", "due": "5/12/2099",
        "at": "5/12/2099 7:30", "place": "x", "purpose": "check-up", "office": "health-worker", "holder": "x", "days": "3",
        "closing": "returned", "line-1": "told",
        f"p{theirs['post']}": [theirs["unit"], "ended"],
    }  # fmt: skip
    if name.startswith("organisations:"):
        said |= organisations.filled_in(theirs)
    if name.startswith("plans:"):
        said |= plans.filled_in(theirs)
    if name == "exchange:verdict":  # on the pair that was on the screen
        compared = LinkDecision.objects.filter(row=theirs["row"]).values_list("against", flat=True)
        said["against"] = compared.first() or ""
    if name == "posts":
        said["hamlet"] = ""
    if name == "people:new-move":
        said["kind"] = "P"
    if name == "people:new-stranger":
        said |= {"kind": "foundling", "number": ""}
    if name == "exchange:import":
        said |= {
            "kind": "roster",
            "uploads": SimpleUploadedFile("a.csv", "Họ và tên\nAi\n".encode()),
        }
    return said


def acts(
    world: World,
    reader: Reader,
    dice: random.Random,
    touched: Touched,
    *,
    share: float = 1,
    only: tuple[str, ...] = (),
) -> Iterator[str]:
    """Ask and act by every address once as `reader`, with keys of others; what went wrong, in words.

    share  of the addresses, by chance; of those that the reader may not enter a third of it
    only   these addresses
    """
    client = Client(headers={"host": "127.0.0.1"}, enforce_csrf_checks=True,
                    raise_request_exception=False)  # fmt: skip
    client.force_login(reader.user)
    page = client.get("/accounts/here/")
    token = _TOKEN.search(page.text)
    assert token, f"{reader.user.username}: {page.status_code} {page.headers}"
    touched.take(reader)
    named_by = cache(partial(_named, world, reader))
    for name, wanted in routes():
        if name in _ENDS or (only and name not in only) or dice.random() > share:
            continue
        if name in gateway.by_token():
            yield from gateway.by_session(client, token[1], name)
            if tables := touched.take(reader):
                yield f"{reader.user.username}: {name} changes {sorted(tables)}"
            continue
        at = posts_for(name, reader)
        theirs = others(world, reader, at, dice)
        if name.startswith("exchange:handed-") and not reader.everything:
            theirs |= deliveries.handed_to_others(world, dice, at)
        asked = {key: theirs[key] for key in wanted if key != "provider_id"}
        if reader.everything and {"count", "code", "hamlet"} & set(wanted):
            continue  # nothing of it is anybody else's
        if not lets_in(name, reader):
            if share == 1 or dice.random() < 1 / 3:
                yield from _turned_away(client, token[1], name, asked, reader, touched)
            continue
        for method in ("get", "post"):
            one = _Attempt(client, token[1], name, method, body(name, world, reader, theirs))
            yield from _judged(world, reader, one, asked, touched, named_by(at))


def _named(world: World, reader: Reader, at: Reader) -> set[UUID]:
    """The roots of whom a page may name to the reader by these posts of theirs."""
    named = world.seen(at) | world.behind_glass(reader) | world.named_elsewhere_to(at)
    named |= world.told_behind_glass(reader)
    if reader.holds(*CASES):
        named |= world.subjects
    if reader.holds(Role.AUDITOR):
        named |= {root for look in Look.objects.all() for root in world.shown_in(str(look.people))}
    return named


def _turned_away(
    client: Client, token: str, name: str, asked: dict[str, Any], reader: Reader, touched: Touched
) -> Iterator[str]:
    """Who has none of the rights of an address is turned away whatever is asked."""
    path = reverse(name, kwargs=asked)
    for got in (client.post(path, headers={"x-csrftoken": token}), client.get(path)):
        touched.asked += 1
        if got.status_code != 403 or touched.take(reader):
            yield f"{reader.user.username}: {name} {asked} lets in without a right"


class _Attempt:
    def __init__(
        self, client: Client, token: str, name: str, method: str, said: dict[str, Any]
    ) -> None:
        self.client, self.token, self.name, self.method = client, token, name, method
        self.said = said

    def __call__(self, asked: dict[str, Any]) -> tuple[Any, Any]:
        """The last answer, and what of it may be compared."""
        path = reverse(self.name, kwargs=asked)
        if self.method == "get":
            got = self.client.get(f"{path}?on={MARCH}", follow=True)
        else:
            told = {name: _again(value) for name, value in self.said.items()}
            got = self.client.post(path, told, headers={"x-csrftoken": self.token}, follow=True)
        text = text_of(got).encode() if is_book(got) else same(got)
        text = text.replace(path.encode(), b"")
        chain = [re.sub(r"\d+", "", url) for url, _status in getattr(got, "redirect_chain", ())]
        return got, (got.status_code, chain, text)


def _again(value: Any) -> Any:
    if isinstance(value, SimpleUploadedFile):
        value.seek(0)
    return value


def _judged(
    world: World, reader: Reader, attempt: _Attempt, asked: dict[str, Any], touched: Touched,
    named: set[UUID],
) -> Iterator[str]:  # fmt: skip
    who = f"{reader.user.username}: {attempt.method} {attempt.name} {asked}"
    got, told = attempt(asked)
    touched.asked += 1
    if got.status_code >= 500:
        yield f"{who} fails with {got.status_code}"
    if tables := touched.take(reader):
        yield f"{who} changes {sorted(tables)}"
    typed = world.shown_in(str(asked) + json.dumps(attempt.said, default=str))
    if world.shown_in(told[2].decode("utf-8", "replace")) - named - typed:
        yield f"{who} shows hidden people"
    nothing = (*NOBODY.values(), "missing", "found")
    foreign = {key for key, value in asked.items() if value not in nothing}
    if not foreign:
        return
    if got.status_code == 200 and not got.redirect_chain:
        yield f"{who} is served with what is somebody else's"
    elif not foreign & {"code", "unit"}:  # which units there are is no secret
        _got, nobody = attempt({**asked, **{key: NOBODY[key] for key in foreign}})
        touched.take(reader)
        if nobody != told:
            yield f"{who} tells what is somebody else's from what is nobody's"


def beyond_their_posts(
    world: World, reader: Reader, dice: random.Random, touched: Touched
) -> Iterator[str]:
    """Act by every address once with keys of the reader's own places, of all their posts: what that
    changed where the right of the address is not held, and whom it opened to whom, in words."""
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    client.force_login(reader.user)
    client.get("/accounts/here/")
    touched.take(reader)
    for name, wanted in routes():
        if name in _ENDS or name in gateway.by_token() or not lets_in(name, reader):
            continue
        theirs = others(world, reader, Reader(reader.user), dice)
        asked = {key: theirs[key] for key in wanted if key != "provider_id"}
        said = {**body(name, world, reader, theirs), "open": "yes"}
        client.post(reverse(name, kwargs=asked), said)
        changed = [one for one in touched.rows(reader) if one[0] not in FOLLOWS]
        touched.asked += bool(changed)
        for table, row in changed:
            if not _is_theirs(world, posts_for(name, reader), table, row):
                yield f"{reader.user.username}: {name} {asked} changes {table}: {row}"


def _is_theirs(world: World, at: Reader, table: str, row: dict[str, Any]) -> bool:
    """Whether a row lies where these posts are: its hamlet, its unit, and whom it is about."""
    planted = {copy.pk for copy in world.copies}
    if table == "outreach_listedperson" and row["copy_id"] in planted:
        # a paper is of its hamlet, wherever who stands on it lives now
        return row["copy_id"] in {copy.pk for copy in world.copies_of(at)}
    somebody = world.people.get(UUID(str(row.get("person_id") or row.get("person") or uuid4())))
    if table == "people_basis":  # care: opened by whoever treats there, to that station
        at = at.with_right(Right.RECORD)
        if somebody and row["kind"] == Kind.CARE:
            there = {unit for post in at.posts if post.reaches(somebody.homes, ())
                     for unit in post.units}  # fmt: skip
            return row["unit_id"] in there
    if somebody and somebody.root not in world.seen(at):
        return False
    # what came of a commune since, after a reform, is told by the hamlet
    elsewhere = {commune.pk for commune in world.communes} - at.units
    hamlet = row.get("hamlet_id")
    return (hamlet is None or hamlet in at.hamlets) and row.get("unit_id") not in elsewhere
