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
from django.utils import timezone

from hssk.access.models import Look, Post, Sitting
from hssk.access.policy import rights_for
from hssk.access.rights import Right, Role
from hssk.access.services import access_of
from hssk.access.tiers import Kind
from hssk.coverage.models import SentReport
from hssk.exchange.models import LinkDecision, PostFile, Review
from hssk.outreach.models import Contact, Invitation, Slip
from hssk.people.models import AuditCase, Move, Release
from hssk.places.models import Household
from tests.proof import copies, deliveries, gateway, organisations, plans
from tests.proof.addresses import NOWHERE, is_book, posts_for, routes, same, text_of
from tests.proof.world import CASES, GIVES_POSTS, Reader, World
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
OWN = {"access_sitting", "access_shortcode", "access_presence", "access_user", "mfa_authenticator"}
NOBODY = {"person": uuid4(), "visit": uuid4(), "slip": uuid4(), "code": "99999", **dict.fromkeys(
    ("hamlet", "household", "unit", "batch", "row", "verdict", "basis", "case", "postings", "move",
     "user", "look", "post", "pk", "copy", "invitation", "report", "campaign", "team",
     "cost", "session", "proposal", "contact", "book", "daily", "outgoing",
     "delivery", "organisation", "members", "card", "run"), NOWHERE)}  # fmt: skip


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


def others(world: World, reader: Reader, at: Reader, dice: random.Random) -> dict[str, Any]:
    """A key of each kind that is somebody else's; of nothing where all there is are the reader's.

    at  the reader with those posts alone whose rights the address asks for: what their other posts
        hold is somebody else's there, and is what is tried first
    """

    def one_of(found: Any) -> Any:
        found = list(found)
        return dice.choice(found) if found else NOWHERE

    wide = at.everything
    units = [u for u in world.communes if not wide and u.pk not in at.units]
    units = [u for u in units if u.pk in reader.units] or units
    hamlets = [h for h in world.hamlets if not wide and h.pk not in at.hamlets]
    hamlets = [h for h in hamlets if h.pk in reader.hamlets] or hamlets
    if at.holds(Role.ADMINISTRATOR, Role.AUDITOR):
        hamlets = hamlets if units else []
    keys_of_units, keys_of_hamlets = {u.pk for u in units}, {h.pk for h in hamlets}
    known = world.seen(at) | world.named_elsewhere_to(at) | world.behind_glass(reader)
    hidden = [key for key, one in world.people.items() if one.root not in known]
    theirs = world.seen(reader)
    hidden = [key for key in hidden if world.people[key].root in theirs] or hidden
    releases = dict(Release.objects.values_list("move", "hamlet"))
    cases = AuditCase.objects.exclude(opened_by=reader.user)
    if reader.holds(*CASES):
        cases = cases.exclude(confirmed_at=None)
    unit = one_of(units)
    return {
        "person": dice.choice(hidden) if hidden and not reader.holds(Role.AUDITOR) else NOBODY["person"],
        "visit": one_of(e.visit for e in world.entries if e.root in hidden) if hidden else (
            NOBODY["person"]),
        "hamlet": one_of(keys_of_hamlets),
        "household": one_of(
            Household.objects.filter(hamlet__in=keys_of_hamlets).values_list("pk", flat=True)
        ),
        "code": unit if unit == NOWHERE else unit.code,
        "unit": unit if unit == NOWHERE else unit.pk,
        "batch": one_of(b.pk for u, b in world.batches.items() if u in keys_of_units),
        "row": one_of(_asking(
            row for row, (of, person) in world.rows.items() if of in keys_of_units
            and person in hidden and world.handed.get(row, 0) not in at.units
        )),
        "verdict": one_of(Review.objects.values_list("pk", flat=True)),
        "basis": one_of(b.pk for b in world.bases if not b.is_of(reader) and not (
            reader.holds(Role.AUDITOR) and b.kind is Kind.BREAK_GLASS)),
        "case": one_of(cases.values_list("pk", flat=True)),
        "postings": NOWHERE if reader.holds(*GIVES_POSTS) else one_of(
            PostFile.objects.exclude(actor=reader.user).values_list("pk", flat=True)),
        "report": one_of(
            SentReport.objects.filter(unit__in=keys_of_units).values_list("pk", flat=True)
        ),
        **deliveries.of_others(one_of, keys_of_units),
        **copies.cards_of_others(one_of, hidden, keys_of_hamlets),
        **plans.of_others(one_of, keys_of_units, keys_of_hamlets),
        **organisations.of_others(one_of, keys_of_units, at.organisations,
                                   lambda who: at.sees(world.people[who].homes, ())),
        "copy": one_of(one.pk for one in world.copies if one not in world.copies_of(at)),
        "invitation": one_of(
            Invitation.objects.filter(hamlet__in=keys_of_hamlets).values_list("pk", flat=True)
        ),
        "slip": one_of(
            Slip.objects.filter(invitation__hamlet__in=keys_of_hamlets).values_list("pk", flat=True)
        ) if keys_of_hamlets else NOBODY["slip"],
        "contact": one_of(
            Contact.objects.filter(person__in=hidden).values_list("pk", flat=True)
        ),
        "move": one_of(m for m, h in Move.objects.values_list("pk", "hamlet")
                       if h in keys_of_hamlets and releases.get(m, h) in keys_of_hamlets),
        "user": one_of(r.user.pk for r in world.readers if r.user.pk != reader.user.pk),
        "look": NOWHERE if reader.holds(Role.AUDITOR) else one_of(
            Look.objects.exclude(actor=reader.user).values_list("pk", flat=True)),
        "post": one_of(Post.objects.filter(unit__in=keys_of_units).exclude(
            user=reader.user).values_list("pk", flat=True)),
        "pk": NOWHERE,
        "count": "missing", "kind": "found",
    }  # fmt: skip


def _asking(rows: Iterator[int]) -> list[int]:
    """Those of the rows that ask to be decided, where any do."""
    found = list(rows)
    asking = LinkDecision.objects.filter(row__in=found, decision=LinkDecision.ASK)
    return list(asking.values_list("row", flat=True)) or found


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
        if not _lets_in(name, reader):
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


def _lets_in(name: str, reader: Reader) -> bool:
    needed = rights_for(name)
    return not needed or access_of(reader.user, timezone.localdate()).allows(*needed)


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
    nothing = (NOWHERE, NOBODY["person"], "missing", "found")
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
        if name in _ENDS or name in gateway.by_token() or not _lets_in(name, reader):
            continue
        theirs = others(world, reader, Reader(reader.user), dice)
        asked = {key: theirs[key] for key in wanted if key != "provider_id"}
        said = {**body(name, world, reader, theirs), "open": "yes"}
        client.post(reverse(name, kwargs=asked), said)
        changed = touched.rows(reader)
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
