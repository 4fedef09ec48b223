"""Two worlds that differ only in hidden people give the same bytes to whoever must not know of them:
every address, asked by each role with keys of their own and of others (protection.md, I7 and I11).

A page that differs from itself in one and the same world (a moment, a number drawn) is not compared,
and is told of. The short form asks what lists, counts, finds and exports, and one in SHARE of the rest.
"""

import random
import re

import pytest
from django.test import Client
from django.urls import reverse

from hssk.coverage.services import settle
from hssk.people.models import Membership
from tests.proof.addresses import is_book, routes, same, text_of
from tests.proof.keys import keys
from tests.proof.measures import LONG, SEED, told

SHARE = 1 if LONG else 9
NEAR = ("p.clinician", "p.collaborator", "p.head", "p.contact")  # of one commune of the city
FAR = ("p.officer", "p.clerk", "p.chair", "p.province", "p.hospital")  # nobody beyond the city
ALWAYS = {
    "coverage:home", "coverage:unit", "coverage:list", "coverage:missing-file", "coverage:find",
    "coverage:table-file", "coverage:changes", "coverage:hamlet", "coverage:hamlet-list",
    "coverage:reports", "coverage:report", "coverage:report-file", "coverage:person",
    "people:arrivals", "people:departures", "exchange:review", "exchange:handed",
    "exchange:batches", "outreach:copies", "outreach:work", "outreach:registered", "outreach:cards",
    "organisations:list", "organisations:one", "plans:sessions", "plans:overview",
}  # fmt: skip
_NOT_ASKED = {"logout"}  # it ends a session
_ASKED_LAST = {"posts-review"}  # it tells when each was last here: once everybody has been
_CLOCK = re.compile(rb"\d\d:\d\d(:\d\d)?")


def _touches(reader, one):
    """Whether anything that was ever said of somebody names a place of the reader's."""
    named = one.homes | one.before.keys() | one.listed
    return bool(reader.hamlets & named or reader.units & one.kept)


def _hidden(world, group):
    """Keys of those of whom no place, file, basis, copy or list of any reader of the group speaks."""
    members = set(Membership.objects.values_list("person", flat=True))
    known = {root for one in group for root in (
        world.seen(one) | world.named_elsewhere_to(one) | world.behind_glass(one))}  # fmt: skip
    return sorted(
        (key for key, one in world.people.items()
         if one.root not in known and key not in members and one.root not in members
         and not any(_touches(reader, one) for reader in group)), key=str
    )  # fmt: skip


def _other_world(owner, hidden):
    """Half of the hidden are hardly known any more, the others are called otherwise."""
    for table in ("people_identifier", "people_residence", "people_listing", "people_holding"):
        owner.execute(f"DELETE FROM {table} WHERE person_id = ANY(%s)", [hidden[::2]])
    owner.execute(
        "UPDATE people_person SET name = 'Zq999', name_folded = 'zq999', sex = 3 - sex"
        " WHERE id = ANY(%s)", [hidden[1::2]],
    )  # fmt: skip
    settle()


def _addresses(world, reader):
    """Paths to ask, the same in both worlds: keys of their own where they have any."""
    dice, paths = random.Random(SEED), []
    for name, wanted in routes():
        chosen = name in ALWAYS or dice.random() < 1 / SHARE
        known = keys(world, dice)
        if name in _NOT_ASKED or not chosen:
            continue
        if reader.hamlets and dice.random() < 0.8:
            known["hamlet"] = min(reader.hamlets)
        codes = sorted(unit.code for unit in world.communes if unit.pk in reader.units)
        if codes and dice.random() < 0.8:
            known["code"] = codes[0]
        mine = sorted(world.seen(reader), key=str)
        if mine and dice.random() < 0.6:
            known["person"] = mine[0]
        asked = {key: known[key] for key in wanted}
        paths.append((name, f"{reverse(name, kwargs=asked)}?on=2024-03-31&q=zq"))
        if name == "coverage:find":
            paths.append((name, f"{reverse(name)}?on=2024-03-31"))
    return paths


def _told(client, path):
    answer = client.get(path)
    if answer.status_code == 302:  # what it had to say would stand on whatever is asked next
        session = client.session
        if session.pop("_messages", None):
            session.save()
    body = text_of(answer).encode() if is_book(answer) else same(answer)
    return answer.status_code, _CLOCK.sub(b"", body)


@pytest.mark.parametrize("names", [NEAR, FAR], ids=["near", "far"])
def test_what_is_hidden_leaves_no_trace_in_what_others_see(world, owner, names):
    group = [reader for reader in world.readers if reader.user.username in names]
    assert len(group) == len(names)
    asked = [
        (reader.user.username, name, path, client)
        for reader in group
        for client in [_signed_in(reader)]
        for name, path in _addresses(world, reader)
    ]
    before, restless = {}, set()
    for who, name, path, client in sorted(asked, key=lambda each: each[1] in _ASKED_LAST):
        first = _told(client, path)
        if _told(client, path) == first:
            before[who, path] = (name, client, first)
        else:
            restless.add(name)
    hidden = _hidden(world, group)
    assert len(hidden) > 1, hidden
    _other_world(owner, hidden)
    differ = [
        f"{who}: {name} {path}"
        for (who, path), (name, client, first) in before.items()
        if _told(client, path) != first
    ]
    shown = sum(first[0] == 200 for _name, _client, first in before.values())
    told(f"two worlds, {len(hidden)} hidden: {len(before):,} answers to {len(group)} roles compared,"
         f" {shown:,} of them pages, differ: {len(differ)}; not the same twice: {sorted(restless)}")  # fmt: skip
    assert differ == []
    assert shown > 20


def _signed_in(reader):
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    client.force_login(reader.user)
    return client
