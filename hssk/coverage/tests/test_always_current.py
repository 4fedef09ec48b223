"""However facts come, change and go, the numbers kept are those counted afresh (I26)."""

import threading
from datetime import date, timedelta

import pytest
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from hssk.coverage import services
from hssk.coverage.services import upkeep
from hssk.coverage.services.ground import ground_of
from hssk.coverage.services.quality import doubtful
from hssk.coverage.services.registered import registered
from hssk.coverage.tests.plainly import (
    naive,
    numbers_doubted,
    places_of,
    said_to_be_registered,
)
from hssk.people.models import Holding, Identifier, Listing, Person, Residence
from hssk.people.rules import counted_stay
from tests.village import MARCH, commune, hamlet, listed, lives, person, recorded, village

START = date(2023, 11, 1)
# few days, so that stays meet, touch and overlap; a leap day and a month's last among them
DAYS = [START, date(2023, 11, 30), date(2023, 12, 1), date(2024, 1, 31), date(2024, 2, 28),
        date(2024, 2, 29), date(2024, 3, 1), date(2024, 12, 31), date(2025, 3, 1)]  # fmt: skip
NUMBERS = ["012080000001", "012180000002", "012024000003", "01208000000"]  # the last is too short
BIRTHS = [date(1980, 5, 2), date(1913, 12, 1), date(2024, 2, 28)]
days = st.sampled_from(DAYS)
ends = st.none() | days
facilities = st.sampled_from(["", "12001", "12403"])
FAR = 10**6


class Facts(RuleBasedStateMachine):
    """Random facts about five people in three hamlets, changed and taken back at random."""

    def __init__(self):
        super().__init__()
        Person.objects.update(same_as=None)
        for model in (Residence, Holding, Listing, Identifier, Person):
            model.objects.all().delete()
        services.rebuild()
        self.units = [commune("03403"), commune("03409"), None]
        self.hamlets = [hamlet("03403", "A"), hamlet("03403", "B"), hamlet("03409", "A")]
        self.people = [person(f"Người {n}") for n in range(5)]

    def _until(self, since, until):
        return None if until is None else max(since, until)

    @rule(who=st.integers(0, 4), at=st.integers(0, 2), since=days, until=ends,
          kind=st.sampled_from("CTP"), away=st.booleans(), decided=st.booleans())  # fmt: skip
    def live(self, who, at, since, until, **facts):
        lives(self.people[who], self.hamlets[at], since, until=self._until(since, until), **facts)

    @rule(who=st.integers(0, 4), at=st.integers(0, 2), since=days, until=ends, decided=st.booleans(),
          updated=st.none() | days, visits=st.integers(0, 1), dead=st.booleans(),
          app_opened=st.booleans(), insurance_place=facilities)  # fmt: skip
    def record(self, who, at, since, until, **facts):
        recorded(self.people[who], self.units[at], since, until=self._until(since, until), **facts)

    @rule(who=st.integers(0, 4), at=st.integers(0, 2), since=days, until=ends,
          insurance_place=facilities)  # fmt: skip
    def listing(self, who, at, since, until, **facts):
        listed(self.people[who], self.hamlets[at], since, until=self._until(since, until), **facts)

    @rule(who=st.integers(0, 4), value=st.sampled_from(NUMBERS), since=ends, until=ends,
          status=st.sampled_from(["stated", "doubted", "cancelled"]))  # fmt: skip
    def number(self, who, value, since, until, status):
        until = self._until(since or START, until)
        Identifier.objects.create(person=self.people[who], kind="pid", value=value, since=since,
                                  until=until, status=status)  # fmt: skip

    @rule(who=st.integers(0, 4), on=st.none() | st.sampled_from(BIRTHS), sex=st.integers(0, 2))
    def born(self, who, on, sex):
        Person.objects.filter(id=self.people[who].id).update(birth_on=on, sex=sex)

    @rule(model=st.sampled_from([Residence, Holding, Listing]), nth=st.integers(0, FAR), until=ends)
    def end(self, model, nth, until):
        if count := model.objects.count():
            fact = model.objects.order_by("id")[nth % count]
            fact.until = self._until(fact.since, until)
            fact.save()

    @rule(nth=st.integers(0, FAR), since=days)
    def vanish_from_the_extract(self, nth, since):
        if count := Holding.objects.count():
            fact = Holding.objects.order_by("id")[nth % count]
            Holding.objects.filter(id=fact.id).update(unlisted_since=max(fact.since, since))

    @rule(model=st.sampled_from([Residence, Holding, Listing, Identifier]), nth=st.integers(0, FAR))
    def take_back(self, model, nth):
        if count := model.objects.count():
            model.objects.order_by("id")[nth % count].delete()

    @rule(model=st.sampled_from([Residence, Holding, Listing]), who=st.integers(0, 4))
    def all_are_about(self, model, who):
        model.objects.update(person=self.people[who])

    @rule(drop=st.integers(0, 4), keep=st.integers(0, 4))
    def merge(self, drop, keep):
        keep, drop = (Person.objects.get(id=self.people[n].id) for n in (keep, drop))
        if keep.root != drop.root and drop.same_as_id is None:
            Person.objects.filter(root=drop.id).update(root=keep.root)
            Person.objects.filter(id=drop.id).update(same_as=keep.root)

    @rule(who=st.integers(0, 4), on=ends)
    def die(self, who, on):
        Person.objects.filter(id=self.people[who].id).update(died_on=on)

    @rule()
    def fold(self):
        services.settle()
        with connection.cursor() as cursor:
            cursor.execute("SELECT coverage_fold()")

    @invariant()
    def numbers_kept_are_numbers_counted(self):
        asked = [*DAYS[::2], DAYS[-1] + timedelta(days=400)]
        assert services.verify(asked) == []

    @invariant()
    def numbers_kept_are_those_of_the_facts(self):
        for on in (DAYS[3], DAYS[5]):
            kept = {}
            for code in ("03403", "03409"):
                for child in services.figures(code, on).children:
                    it = child.counts
                    kept[int(child.key)] = [it.expected, it.found, it.to_decide, it.fresh]
            assert {place: counts for place, counts in kept.items() if any(counts)} == naive(on)

    @invariant()
    def what_is_doubtful_is_what_the_facts_leave_doubtful(self):
        for on in (DAYS[3], DAYS[5]):
            kept = doubtful(ground_of("12-105", on), on)
            told = {place: [n["no_number"], n["wrong_number"], n["odd_age"]]
                    for place, n in kept.items()}  # fmt: skip
            assert {place: it for place, it in told.items() if any(it)} == numbers_doubted(on)

    @invariant()
    def who_is_registered_where_is_who_lives_there(self):
        for on in (DAYS[1], DAYS[3], DAYS[5], DAYS[8]):
            kept = {child.key: child.counts for child in registered(ground_of("12-105", on), on)}
            told = {key: [it.expected, it.found, it.to_decide, it.app_opened]
                    for key, it in kept.items()}  # fmt: skip
            assert told == said_to_be_registered(on)

    @invariant()
    def everybody_is_of_where_they_live_or_lived_last(self):
        with connection.cursor() as cursor:
            for who in Person.objects.all():
                cursor.execute("SELECT places FROM people_person WHERE id = %s", [who.id])
                ranges = cursor.fetchone()[0]
                kept = {place for r in ranges for place in range(r.lower, r.upper)}
                assert kept == places_of(Person.objects.filter(root=who.root))

    @invariant()
    def the_softwares_figure_is_explained_step_by_step(self):
        for on in (DAYS[3], DAYS[5]):
            held = Holding.objects.on(on)
            listed = held.exclude(unlisted_since__lte=on)
            for code in ("03403", "03409", "12-105"):
                it = services.why_different(code, on)
                assert it.remainders == (0, 0)
                mine = {} if code == "12-105" else {"unit__code": code}
                assert it.records == listed.filter(**mine).count()
                lost = services.figures(code, on).counts.records_unlisted
                assert lost == held.filter(unlisted_since__lte=on, **mine).count()


@pytest.mark.django_db
def test_after_any_history_the_numbers_are_those_of_the_facts():
    run_state_machine_as_test(
        Facts,
        settings=settings(
            max_examples=15,
            stateful_step_count=12,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
def test_large_and_small_recounts_say_the_same():
    many = "\n".join(
        f"SP | Tổ {n % 7} | Người {n} | {('yes', 'no', 'ask')[n % 3]} | updated=2023-{n % 12 + 1:02}-28"
        for n in range(130)
    )
    village(many)
    assert services.settle() == 130
    assert services.verify([MARCH, date(2024, 1, 1), date(2023, 12, 31), date(2024, 11, 28)]) == []
    for one in Residence.objects.all()[:9]:
        one.away = True
        one.save()
        services.settle()
    assert services.verify([MARCH]) == []
    assert services.figures("SP", MARCH).counts.away == 9


@pytest.mark.django_db
def test_the_residence_that_counts_is_the_one_peoples_rules_name():
    who = person("Lò Văn Sơn")
    stays = [lives(who, hamlet("SP", place), since, kind=kind)
             for place, since, kind in (("A", DAYS[0], "P"), ("B", DAYS[1], "T"), ("C", DAYS[2], "T"))]  # fmt: skip
    row = services.people_with("expected", "SP", MARCH)[0]
    named = counted_stay(stays, MARCH)
    assert row.hamlet_id == named.hamlet_id


def test_a_fact_of_a_transaction_taken_back_was_never_counted(fresh_database):
    with transaction.atomic():
        village("SP | A | Lò Văn Sơn | no")
        assert services.figures("SP", MARCH).counts.expected == 1
        transaction.set_rollback(True)
    commune("SP")
    assert services.figures("SP", MARCH).counts.expected == 0


def test_a_large_change_is_counted_when_it_is_committed(fresh_database):
    with transaction.atomic(), services.deferred():
        village("SP | A | Lò Văn Sơn | no")
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT count(*) FROM coverage_due), count(*) FROM coverage_row")
        assert cursor.fetchone() == (0, 1)


@pytest.fixture
def in_shares(monkeypatch):
    """Have even a few people counted in shares."""
    monkeypatch.setattr(upkeep, "MANY", 1)


def test_shares_counted_side_by_side_make_one_ledger(fresh_database, in_shares):
    people = village(
        "\n".join(f"SP | Tổ {n % 3} | Người {n} | {['yes', 'no'][n % 2]}" for n in range(60))
    )
    assert services.settle() == 60
    Person.objects.filter(id=people["Người 1"].id).update(root=people["Người 0"].id)
    assert services.settle() == 2
    assert services.figures("SP", MARCH).counts.expected == 59
    assert services.verify([MARCH]) == []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM coverage_due) + count(*) FROM coverage_pending"
        )
        assert cursor.fetchone() == (0,)


def test_a_share_that_nobody_came_to_count_is_counted_by_the_next(fresh_database, in_shares):
    village("\n".join(f"SP | Tổ {n % 3} | Người {n} | no" for n in range(60)))
    with connection.cursor() as cursor:
        cursor.execute("SELECT coverage_share_out(2)")
        first, second = (word for (word,) in cursor.fetchall())
        cursor.execute("SELECT coverage_settle_share(%s)", [first])
        assert services.settle() == 30
        cursor.execute("SELECT coverage_settle_share(%s)", [second])
        assert cursor.fetchone() == (0,)
    assert services.figures("SP", MARCH).counts.expected == 60
    assert services.verify([MARCH]) == []


@pytest.mark.parametrize("shares", [False, True])
def test_writers_and_readers_at_once_neither_deadlock_nor_lose_a_count(
    fresh_database, monkeypatch, shares
):
    monkeypatch.setattr(upkeep, "MANY", 1 if shares else 10**6)
    people = village("\n".join(f"SP | Tổ {n % 3} | Người {n} | no" for n in range(60)))
    order, failed = list(people.values()), []
    where, unit = hamlet("SP", "Tổ 9"), commune("SP")

    def work(which):
        try:
            mine = order if which % 2 else order[::-1]
            for start in range(0, 60, 10):
                with transaction.atomic(), services.deferred():
                    for who in mine[start : start + 10]:
                        lives(who, where, kind="T" if which % 2 else "P")
                        recorded(who, unit)
                services.figures("SP", MARCH)
        except Exception as error:
            failed.append(error)
        finally:
            close_old_connections()
            connection.close()

    threads = [threading.Thread(target=work, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    it = services.figures("SP", MARCH).counts
    assert (it.expected, it.found, it.records, it.duplicates) == (60, 60, 240, 180)
    assert services.verify([MARCH]) == []
