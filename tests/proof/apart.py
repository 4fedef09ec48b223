"""Two ways to look: after somebody else, and in a world with more hidden people in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.test import Client
from django.urls import reverse

from hssk.coverage.services import settle
from hssk.exchange.models import HandedRow, LinkDecision
from hssk.people.models import Holding, Listing, Move, Person, Release, Residence
from tests.proof.addresses import routes, same, text_of
from tests.proof.world import Reader, World
from tests.village import JANUARY, MARCH, listed, lives, person, recorded

COUNTING = ("/", "/exchange/batches/", "/exchange/review/", "/exchange/handed/", "/moves/",
            "/moves/leaving/", "/posts/")  # fmt: skip


def _signed_in(reader: Reader) -> Client:
    client = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
    client.force_login(reader.user)
    return client


def after_another(
    world: World, first: Reader, second: Reader, only: tuple[str, ...]
) -> Iterator[str]:
    """Ask addresses as `second` that `first`, who sees more, has just asked."""
    one, two = _signed_in(first), _signed_in(second)
    hidden = next(key for key, who in world.people.items() if who.root not in world.seen(second))
    known = {"person": hidden, "code": world.communes[-1].code, "count": "missing",
             "hamlet": world.hamlets[-1].pk}  # fmt: skip
    for name, wanted in routes():
        if name not in only or not known.keys() >= set(wanted):
            continue
        path = f"{reverse(name, kwargs={key: known[key] for key in wanted})}?on={MARCH}"
        before, after = one.get(path), two.get(path)
        if "person" in wanted and after.status_code == 200:
            yield f"{second.user.username}: {name} opens somebody hidden"
        if after.status_code == 200 and not after.streaming and same(before) == same(after):
            yield f"{second.user.username}: {name} answers as it answered another"
        shown = world.shown_in(text_of(after)) - world.named_elsewhere_to(second)
        if shown - world.seen(second) - world.shown_in(path):
            yield f"{second.user.username}: {name} shows hidden people"


@contextmanager
def more_hidden_people(world: World) -> Iterator[None]:
    """Somebody more at the other end of the world, with all that is said of people."""
    where, rows = world.hamlets[-1], [row for row in world.rows if row not in world.handed]
    away = [row for row in rows if world.rows[row][0] == where.unit_id]
    who = person("Zq998", sex=1)
    lives(who, where)
    listed(who, where)
    recorded(who, where.unit)
    handed = HandedRow.objects.create(row_id=away[0], unit=where.unit, digest=b"a" * 16)
    asks = LinkDecision.objects.filter(row=away[1])
    asks.update(decision=LinkDecision.ASK, against=away[0])
    said = {"kind": "P", "since": JANUARY, "state": "waiting"}
    user = world.readers[-1].user
    move = Move.objects.create(name="Ai", name_folded="ai", birth_on=JANUARY, birth_precision="D",
                               sex=1, number="1", hamlet=where, proposed_by=user,
                               proposed_on=MARCH, **said)  # fmt: skip
    Release.objects.create(move=move, person=who.pk, hamlet=where, name="Zq998", unit=where.unit,
                           asked_by=user, asked_on=MARCH, **said)  # fmt: skip
    settle()
    try:
        yield
    finally:
        Release.objects.filter(move=move).delete()
        move.delete()
        asks.update(decision=LinkDecision.NEW, against=None)
        HandedRow.objects.filter(pk=handed.pk).delete()
        for facts in (Residence, Listing, Holding):
            facts.objects.filter(person=who).delete()
        Person.objects.filter(pk=who.pk).delete()
        settle()


def counts(world: World, reader: Reader) -> Iterator[str]:
    """Pages that count, in both worlds."""
    client = _signed_in(reader)
    before = {path: same(client.get(path)) for path in COUNTING}
    with more_hidden_people(world):
        for path, told in before.items():
            if same(client.get(path)) != told:
                yield f"{reader.user.username}: {path} counts whom it does not show"
