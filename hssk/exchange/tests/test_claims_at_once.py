"""Two at the same moment: verdicts on two sendings of one visit, one file sent twice."""

import threading
import time

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from hssk.access.services import access_of, within
from hssk.exchange.models import Batch, LinkDecision, Receipt, Review
from hssk.exchange.services import gateway, importing, reviewing, working
from hssk.exchange.tests.claims import medicine, visit, write_claims
from hssk.exchange.tests.pipeline import (
    APRIL,
    CITY,
    MARCH,
    MAY,
    person,
    somebody,
    take_in,
    write_roster,
)
from hssk.exchange.tests.test_gateway import account
from hssk.people.models import Person
from hssk.places.services import unit_on
from hssk.records.services import about

DOUBTFUL = {"name": "Lò Văn Sơn", "birth": "195811220000"}


class Beside(threading.Thread):
    """Something done on a connection of its own, which is waited for; what it raised."""

    def __init__(self, work):
        super().__init__()
        self.work, self.error = work, None
        self.start()

    def run(self):
        try:
            self.work()
        except Exception as error:
            self.error = error
        finally:
            connections.close_all()

    def ended(self):
        self.join(timeout=60)
        assert not self.is_alive()
        return self.error


def somebody_waits():
    """Until another connection waits for a lock; whether one does within ten seconds."""
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return True
        time.sleep(0.02)
    return False


@pytest.fixture
def asked(fresh_database, tmp_path):
    """The rows of two sendings of one visit, about somebody who may be of the roster."""
    son = [person("Lò Văn Sơn", "05/03/1958", pid="012058000001")]
    take_in(write_roster(tmp_path / "roster.xlsx", son), "roster")
    for drug, on in (("A", APRIL), ("B", MAY)):
        sent = visit("LK1", **DOUBTFUL, rows={"XML2": [medicine(drug)]})
        take_in(write_claims(tmp_path / f"{drug}.xml", [sent]), "claims", on=on)
    asking = LinkDecision.objects.filter(decision=LinkDecision.ASK).order_by("row")
    return list(asking.values_list("row", flat=True))


def drugs():
    son = Person.objects.get(name="Lò Văn Sơn", birth_on="1958-03-05")
    current = about(son.pk).current().filter(section="medicines")
    return sorted(current.values_list("display", flat=True))


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["as they came", "the later first"])
def test_of_two_verdicts_at_once_on_one_visit_the_second_waits_and_succeeds(asked, order):
    assert len(asked) == 2
    first, second = (asked[at] for at in order)
    actor = somebody()
    with transaction.atomic():
        reviewing.decide(first, Review.SAME, actor=actor)
        beside = Beside(lambda: reviewing.decide(second, Review.SAME, actor=actor))
        assert somebody_waits()
    assert beside.ended() is None
    assert drugs() == ["B"]
    assert not LinkDecision.objects.filter(decision=LinkDecision.ASK).exists()


def test_a_file_sent_twice_at_once_is_one(fresh_database, tmp_path, monkeypatch):
    monkeypatch.setattr(working, "start", lambda *_: None)
    sender, _password = account()
    content = write_claims(tmp_path / "a.xml", [visit("LK1", **DOUBTFUL)]).read_bytes()
    day, codes = timezone.localdate(), []

    def send():
        access = access_of(sender.user, day)
        with within(access):
            codes.append(gateway.take(sender, content, on=day, access=access).code)

    access = access_of(sender.user, day)
    with within(access):
        codes.append(gateway.take(sender, content, on=day, access=access).code)
        beside = Beside(send)
        assert somebody_waits()
    assert beside.ended() is None
    assert len(codes) == 2
    assert len(set(codes)) == 1
    assert Receipt.objects.filter(sender=sender).count() == 1
    assert Batch.objects.count() == 1


def test_one_list_sent_by_two_people_at_once_is_one_batch(fresh_database, tmp_path):
    path = write_roster(tmp_path / "a.xlsx", [person("Lò Văn Sơn", "05/03/1958")])

    def sent():
        importing.open_batch(
            path, kind="auto", unit=unit_on(CITY, MARCH), on=MARCH, partial=False,
            actor=somebody(), area=None,
        )  # fmt: skip

    somebody()
    with transaction.atomic():
        sent()
        other = Beside(sent)
        assert somebody_waits()
    assert other.ended() is None
    assert Batch.objects.count() == 1
