"""A small world of marked people, and in plain Python who may see whom in it.

Every word about somebody carries a mark that names them (`Zq017`, a number, a phone, a key), so that
whatever an attempt brings back tells by itself whom it shows.
"""

import random
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models.functions import Now

from hssk.access.models import Look, Post, Sender, User
from hssk.access.rights import RIGHTS, Right, Role
from hssk.access.services.looks import MATCH, PROPOSE
from hssk.access.tiers import Kind, Tier
from hssk.exchange.models import (
    Batch,
    Checkup,
    Claim,
    Cost,
    HandedRow,
    LinkDecision,
    PairElsewhere,
    PostDone,
    PostFile,
    PostRow,
    Receipt,
    Review,
    SourceRow,
)
from hssk.exchange.services.keeping import kept_file
from hssk.exchange.tests.pipeline import person as line
from hssk.exchange.tests.pipeline import write_roster
from hssk.people.models import (
    AuditCase,
    AuditSubject,
    Basis,
    GlassReview,
    Identifier,
    Merge,
    Move,
    MoveQuestion,
    MoveReview,
    Objection,
    Person,
    Release,
)
from hssk.people.models.moves import ACCEPTED, WAITING
from hssk.places.models import Facility, Hamlet, Household, Unit
from tests.proof.copies import HAND_OUT, Handed, hand_out
from tests.proof.deliveries import deliver
from tests.proof.organisations import belong, found_organisations
from tests.proof.plans import go_out, send_books
from tests.proof.records import Written, write_entries
from tests.proof.reports import send_reports
from tests.village import JANUARY, MARCH, listed, lives, on_duty, person, post, recorded

CITY, OUTSIDE = "12-105", "12-109"
HOSPITAL, ANOTHER = "12H01", "12H02"
NOTHING_SAID = dict.fromkeys(
    ("rows", "accepted", "rejected", "unchanged", "new", "same", "ask", "warnings"), 0
)
PEOPLE, SEED = 80, 20260
FAR_AWAY = range(40, 46)  # who live beyond the city, and have never been spoken of anywhere else
MARK = re.compile(r"[Zz]q\d{3}|9\d{11}|07\d{8}|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
CASES = {Role.PROVINCE, Role.AUDITOR}
SEES_PEOPLE = {Role.OFFICER, Role.CLINICIAN, Role.CLERK, Role.COLLABORATOR}
HOLD = {Role.HEAD, Role.COLLABORATOR, Role.CLINICIAN}
GIVES_POSTS = {Role.OFFICER, Role.ADMINISTRATOR}


@dataclass
class Somebody:
    """A person as the reference knows them: by root, where they live, where they lived last, and the
    hamlets and units whose lists and records speak of them."""

    root: UUID
    homes: set[int] = field(default_factory=set)
    before: dict[int, date] = field(default_factory=dict)
    listed: set[int] = field(default_factory=set)
    kept: set[int] = field(default_factory=set)
    # the facilities that lists, and that records, state for first contact, by code
    said: set[str] = field(default_factory=set)
    recorded: set[str] = field(default_factory=set)

    @property
    def registered(self) -> str:
        """With which facility the register states them to be registered: by lists before records."""
        return max(self.said, default="") or max(self.recorded, default="")

    @property
    def hamlets(self) -> set[int]:
        """Whose they are: of their homes alone, while they have any."""
        last = {at for at, until in self.before.items() if until == max(self.before.values())}
        return self.homes or last | self.listed

    @property
    def units(self) -> set[int]:
        return set() if self.homes else self.kept

    def joined_by(self, other: "Somebody") -> None:
        self.homes |= other.homes
        self.before |= other.before
        self.listed |= other.listed
        self.kept |= other.kept
        self.said |= other.said
        self.recorded |= other.recorded


@dataclass(frozen=True)
class Held:
    """A post, and the keys of its area; `everything` for a post of all there is; `facility` is the
    code of that of which it is the office of first contact, `organisation` the key of that whose
    contact it is."""

    role: Role
    hamlets: frozenset[int] = frozenset()
    units: frozenset[int] = frozenset()
    everything: bool = False
    facility: str = ""
    organisation: int = 0

    def reaches(self, hamlets: Iterable[int], units: Iterable[int]) -> bool:
        """Whether any of these places lies in its area."""
        return self.everything or bool(self.hamlets & set(hamlets) or self.units & set(units))


@dataclass(frozen=True)
class Reader:
    """A user and their posts: each gives its own rights in its own area, and none in another's."""

    user: User
    posts: tuple[Held, ...] = ()

    def sees(
        self, hamlets: Iterable[int], units: Iterable[int], *, by: Collection[Role] = SEES_PEOPLE
    ) -> bool:
        """Whether something said of these places is theirs, by a post of one of these roles."""
        there = (set(hamlets), set(units))
        return any(post.role in by and post.reaches(*there) for post in self.posts)

    def holds(self, *roles: Role) -> bool:
        """Whether they hold a post of one of these roles anywhere."""
        return any(post.role in roles for post in self.posts)

    def may(self, *rights: Right) -> bool:
        """Whether they hold one of these rights anywhere."""
        return any(RIGHTS[post.role].intersection(rights) for post in self.posts)

    def with_right(self, *rights: Right) -> "Reader":
        """The same user with those posts alone that have one of these rights."""
        return Reader(
            self.user, tuple(p for p in self.posts if RIGHTS[p.role].intersection(rights))
        )

    @property
    def hamlets(self) -> frozenset[int]:
        """Of all their posts."""
        return frozenset[int]().union(*(post.hamlets for post in self.posts))

    @property
    def units(self) -> frozenset[int]:
        """Of all their posts."""
        return frozenset[int]().union(*(post.units for post in self.posts))

    @property
    def everything(self) -> bool:
        return any(post.everything for post in self.posts)

    @property
    def facilities(self) -> frozenset[str]:
        """Those of which they are the officer of first contact: none beside a post of another kind."""
        return frozenset(p.facility for p in self.posts if self.roles == {Role.FIRST_CONTACT})

    @property
    def organisations(self) -> frozenset[int]:
        """Those whose contact they are."""
        return frozenset(post.organisation for post in self.posts if post.organisation)

    @property
    def roles(self) -> frozenset[Role]:
        return frozenset(post.role for post in self.posts)


@dataclass(frozen=True)
class Given:
    """A basis as the reference knows it: to whom, of whom, and whether it is in force while the
    proof runs."""

    pk: int
    kind: Kind
    root: UUID
    in_force: bool
    unit: int | None = None
    user: int | None = None

    def is_of(self, reader: Reader) -> bool:
        """Whether it is to this reader at all, in force or not: their row to read."""
        if self.kind is Kind.CARE:
            return any(p.role is Role.CLINICIAN and self.unit in p.units for p in reader.posts)
        return self.user == reader.user.pk


@dataclass
class World:
    people: dict[UUID, Somebody] = field(default_factory=dict)  # by every key, merged ones too
    marks: dict[str, UUID] = field(default_factory=dict)  # mark → root
    rows: dict[int, tuple[int, UUID]] = field(default_factory=dict)  # row → unit of its file, root
    readers: list[Reader] = field(default_factory=list)
    hamlets: list[Hamlet] = field(default_factory=list)
    communes: list[Unit] = field(default_factory=list)
    batches: dict[int, Batch] = field(default_factory=dict)
    looked_at: set[UUID] = field(default_factory=set)
    bases: list[Given] = field(default_factory=list)
    subjects: set[UUID] = field(default_factory=set)  # roots of those whom cases name
    # row of a workbook of posts → who brought it, the unit it names
    postings: dict[int, tuple[int, int | None]] = field(default_factory=dict)
    handed: dict[int, int] = field(default_factory=dict)  # row → unit that it was handed on to
    pairs: dict[int, UUID] = field(default_factory=dict)  # row → whom elsewhere it may be about
    entries: list[Written] = field(default_factory=list)
    copies: list[Handed] = field(default_factory=list)
    receipts: dict[str, int] = field(default_factory=dict)  # code → the user whose it is

    def seen(self, reader: Reader) -> set[UUID]:
        """The roots of all whom a reader may see, by area and by care, and the entries about them."""
        people = self.seen_by_area(reader) | self.in_care(reader) | self.registered_at(reader)
        return people | self.entries_seen(reader, people)

    def in_care(self, reader: Reader) -> set[UUID]:
        """The roots of those whom care opens to a reader."""
        return {one.root for one in self.bases if one.kind is Kind.CARE and one.in_force
                and one.is_of(reader)}  # fmt: skip

    def registered_at(self, reader: Reader) -> set[UUID]:
        """The roots of those registered with the facility of a reader."""
        return {one.root for one in self.people.values() if one.registered in reader.facilities}

    def entries_seen(self, reader: Reader, people: set[UUID]) -> set[UUID]:
        """The keys of the entries that a reader of these people may read: what prevention needs of
        those in the area of a clinician's post, and not of those whom another post shows them."""
        care = self.in_care(reader)
        treated = care | self.seen_by_area(reader, by={Role.CLINICIAN})
        return {one.entry for one in self.entries if one.is_open_to(
            reader.user.pk, person=one.root in people, treated=one.root in treated,
            care=one.root in care)}  # fmt: skip

    def seen_by_area(self, reader: Reader, *, by: Collection[Role] = SEES_PEOPLE) -> set[UUID]:
        """The roots of all whom a reader's posts of these roles alone open."""
        everybody = {one.root: one for one in self.people.values()}
        return {r for r, one in everybody.items() if reader.sees(one.hamlets, one.units, by=by)}

    def reached(self, reader: Reader, by: Collection[Role]) -> set[UUID]:
        """The roots of all whom a reader's posts of these roles open, by area and by care."""
        care = self.in_care(reader) if Role.CLINICIAN in by else set()
        return care | self.seen_by_area(reader, by=by)

    def behind_glass(self, reader: Reader) -> set[UUID]:
        """The roots of those whose emergency set a reader has open."""
        return {one.root for one in self.bases if one.kind is Kind.BREAK_GLASS and one.in_force
                and one.is_of(reader) and reader.holds(Role.CLINICIAN)}  # fmt: skip

    def told_behind_glass(self, reader: Reader) -> set[UUID]:
        """The keys of the entries that the emergency set of those tells: their blood groups."""
        open_now = self.behind_glass(reader)
        return {one.entry for one in self.entries if one.tier == 0 and one.root in open_now}

    def under_audit(self, reader: Reader) -> set[UUID]:
        """The roots of those whose looks a reader has open by a case."""
        return {one.root for one in self.bases if one.kind is Kind.AUDIT and one.in_force
                and one.is_of(reader) and reader.holds(*CASES)}  # fmt: skip

    def named_by_bases_to(self, reader: Reader) -> set[UUID]:
        """The roots of those whom rows of bases and cases name to a reader, by key or as typed."""
        named = {one.root for one in self.bases if one.is_of(reader)}
        if reader.holds(Role.AUDITOR):
            named |= {one.root for one in self.bases if one.kind is Kind.BREAK_GLASS}
        return named | (self.subjects if reader.holds(*CASES) else set())

    def named_elsewhere_to(self, reader: Reader) -> set[UUID]:
        """The roots of those of whom rows of the reader's files, lists and records of their places
        speak, wherever they live by now; of those looked at, to whoever reads the log."""
        named = {person for row, (_unit, person) in self.rows.items() if self.has_row(reader, row)}
        named |= {one.root for one in self.people.values() if reader.sees(
            one.homes | one.listed | one.before.keys(), one.kept)}  # fmt: skip
        if reader.holds(Role.AUDITOR):
            named |= self.looked_at
        named |= {one.root for one in self.entries if one.author == reader.user.pk}
        named |= {root for one in self.copies_of(reader) for root in one.roots}
        return {self.people[person].root for person in named} | self.named_by_bases_to(reader)

    def copies_of(self, reader: Reader) -> list[Handed]:
        """The copies of lists that a reader may read: handed out in their area, or to them there."""
        return [one for one in self.copies if reader.sees({one.hamlet}, (), by=HAND_OUT)
                or (one.holder == reader.user.pk and reader.sees({one.hamlet}, (), by=HOLD))]  # fmt: skip

    def invited_by(self, reader: Reader) -> list[int]:
        """The hamlets that were invited, each with one slip, of which a reader may read."""
        return [one.pk for one in self.hamlets if reader.sees({one.pk}, (), by=HAND_OUT)]

    def has_row(self, reader: Reader, row: int) -> bool:
        """Whether a row is of a file of the reader's units, or was handed on to one."""
        to = {self.handed[row]} if row in self.handed else set()
        return reader.sees((), {self.rows[row][0]}) or reader.sees((), to)

    def shown_in(self, text: str) -> set[UUID]:
        """The roots of everybody whose mark stands in a text."""
        return {self.marks[m.lower()] for m in MARK.findall(text) if m.lower() in self.marks}

    def mark(self, root: UUID, *words: Any) -> None:
        self.marks.update((str(word).lower(), root) for word in words)


def keep_files(world: World) -> None:
    """A file of each batch to give back, for without one its page fails: before every test, for an
    act may have done away with it."""
    for batch in world.batches.values():
        kept = kept_file(batch.digest)
        kept.parent.mkdir(parents=True, exist_ok=True)
        write_roster(kept, [line("Ai Đó", "1980")])


def build(seed: int = SEED) -> World:
    """Make everybody, with the oddities of life: moves, namings elsewhere, merges, open questions."""
    world, dice = World(), random.Random(seed)
    world.communes = [*_communes(CITY, 3), *_communes(OUTSIDE, 2)]
    for commune in world.communes:
        for number in (1, 2):
            world.hamlets.append(
                Hamlet.objects.create(unit=commune, name=f"Bản {number}", key=f"proof {number}")
            )
            Household.objects.create(hamlet=world.hamlets[-1], number=str(number))
    operator = User.objects.get(username=User.LOCAL_OPERATOR)
    for unit in [*world.communes, Unit.objects.on(MARCH).get(code=CITY)]:
        world.batches[unit.pk] = Batch.objects.create(
            kind=Batch.ROSTER, state=Batch.APPLIED, file_name=f"{unit.code}.xlsx",
            digest=f"{unit.pk:064d}", unit=unit, on=MARCH, actor=operator, counts=NOTHING_SAID,
        )  # fmt: skip
    made = [_somebody(world, dice, number) for number in range(PEOPLE)]
    _handed_on(world, dice)
    _elsewhere(world, dice)
    for keep, drop in zip(made[:3], made[-3:], strict=True):
        _merge(world, keep, drop, operator)
    found_organisations(world.communes)
    world.readers = list(_readers(world))
    _bases(world, dice, operator)
    world.entries = write_entries(
        [(key, one.root) for key, one in world.people.items()],
        [reader.user for reader in world.readers], dice, {one.root for one in world.bases},
    )  # fmt: skip
    for one in world.entries:
        world.mark(one.entry, one.entry)
    world.copies = hand_out(
        {one.pk: (world.people[one.pk].root, one.name) for one in made}, world.hamlets, operator,
        [reader.user for reader in world.readers if reader.holds(*HOLD)],
        [(hamlet, reader.user) for reader in world.readers for hamlet in world.hamlets
         if reader.sees({hamlet.pk}, (), by={Role.COLLABORATOR, Role.HEAD})],
    )  # fmt: skip
    for one in made[::5]:
        Objection.objects.create(person=one.pk, at=Now(), by=operator)
    go_out(world.hamlets, operator)
    homes = {home: (one.pk, one.name) for one in made for home in world.people[one.pk].homes}
    send_books(homes, operator)
    deliver(homes, world.hamlets, operator)
    belong(homes, operator)
    send_reports(Unit.objects.on(MARCH).get(code=CITY), world.communes, operator)
    for who in (operator, *(r.user for r in world.readers if r.holds(*GIVES_POSTS))):
        _workbook_of_posts(world, who)
    _senders(world, operator)
    for number, (key, one) in enumerate(list(world.people.items())[:12]):
        _proposed(world, dice, number, one, key)
    MoveReview.objects.create(user=operator, by=operator, at="2024-03-01T00:00Z")
    return world


def _proposed(world: World, dice: random.Random, number: int, one: Somebody, key: UUID) -> None:
    """A proposal that names nobody, and what a commune is asked of somebody: waiting, just answered
    or long since. Some are about nobody at all."""
    where, left = dice.choice(world.hamlets), dice.choice([*sorted(one.hamlets), None])
    answered = {0: None, 1: MARCH - timedelta(days=29), 2: MARCH - timedelta(days=30)}[number % 3]
    state = ACCEPTED if answered else WAITING
    said = {"kind": "P", "since": JANUARY, "state": state, "answered_on": answered}
    user = world.readers[number % 3].user
    move = Move.objects.create(
        name="Nguoi Ghi", name_folded="nguoi ghi", birth_on=JANUARY, birth_precision="D", sex=1,
        number="012190000123", hamlet=where, proposed_by=user, proposed_on=MARCH, **said,
    )  # fmt: skip
    if number % 4:
        Release.objects.create(
            move=move, person=key, hamlet_id=left, name=Person.objects.get(pk=key).name,
            unit=where.unit, asked_by=user, asked_on=MARCH, **said,
        )  # fmt: skip
    MoveQuestion.objects.create(
        actor=user, asked_on=MARCH, transaction=0, name=Person.objects.get(pk=key).name,
        birth_on=JANUARY, birth_precision="D", number="012190000123", known=True,
    )  # fmt: skip
    for act in (MATCH, PROPOSE):
        look = Look.objects.create(actor=user, at=Now(), act=act, right=Right.MOVE, people=[key],
                                   basis=Kind.AREA, tier=Tier.REGISTER)  # fmt: skip
        world.looked_at.update(look.people)


def _communes(code: str, count: int) -> list[Unit]:
    above = Unit.objects.on(MARCH).get(code=code)
    return list(Unit.objects.on(MARCH).filter(parent=above).order_by("code")[:count])


def _somebody(world: World, dice: random.Random, number: int) -> Person:
    name, pid, phone = f"Zq{number:03d}", f"9{number:011d}", f"07{number:08d}"
    # the keys come of the dice too: one seed is one world, which fails today if it fails tomorrow
    key = UUID(int=dice.getrandbits(128), version=4)
    who = person(name, id=key, sex=1 + number % 2, birth_on=date(1930 + number, 3, 1))
    one = world.people[who.id] = Somebody(who.root)
    world.mark(who.root, name, pid, phone, who.id)
    Identifier.objects.create(person=who, kind=Identifier.PID, value=pid)
    beyond = number in FAR_AWAY
    where = [one for one in world.hamlets if not beyond or one.unit in world.communes[-2:]]
    home = dice.choice(where) if beyond or dice.random() > 0.1 else None
    if home is not None:
        lives(who, home)
        one.homes.add(home.pk)
    if dice.random() < 0.2:
        before = dice.choice(where)
        lives(who, before, date(2020, 1, 1), until=JANUARY)
        one.before[before.pk] = JANUARY
    roster = home if home and dice.random() > 0.15 else dice.choice(where)
    row = _row(world, roster.unit_id, who, name, pid, phone)
    # every fourth by a list, every fourth by a record alone, every fourth by a record that a list denies
    said = (HOSPITAL, "", ANOTHER, ANOTHER)[number % 4]
    listed(who, roster, pid=pid, phone=phone, row=row.pk, insurance_place=said)
    one.said |= {said} - {""}
    if not said:  # what a list said that has ended, it says no more
        listed(who, roster, date(2020, 1, 1), until=JANUARY, insurance_place=HOSPITAL)
    one.listed.add(roster.pk)
    if dice.random() < 0.7:
        keeps = roster.unit if dice.random() > 0.3 else dice.choice(where).unit
        city = next(iter(reversed(world.batches)))
        by = dice.choice([keeps.pk, keeps.pk if beyond else city])
        record = _row(world, by, who, name, pid, phone, against=row)
        recorded(who, keeps, pid=pid, phone=phone, row=record.pk, decided=dice.random() > 0.2,
                 insurance_place=HOSPITAL)  # fmt: skip
        one.recorded.add(HOSPITAL)
        one.kept.add(keeps.pk)
    return who


def _row(world: World, unit: int, who: Person, *words: str, against: SourceRow | None = None):
    row = SourceRow.objects.create(
        batch=world.batches[unit], sheet="Trang 1", number=len(world.rows) + 1, cells=list(words),
        facts={"name": words[0], "pid": words[1]}, digest=len(world.rows).to_bytes(16, "big"),
    )  # fmt: skip
    LinkDecision.objects.create(
        row=row, person=who.id, score=0.9, against=against and against.pk,
        decision=LinkDecision.ASK if against and row.pk % 3 == 0 else LinkDecision.NEW,
    )  # fmt: skip
    world.rows[row.pk] = (unit, who.id)
    Claim.objects.create(row=row, facility="12001", code=words[1], made=[words[0]], said=[])
    Cost.objects.create(row=row, visit=who.id, total=len(world.rows) * 1000)
    Checkup.objects.create(row=row, visit=who.id, groups="1", paid="1")
    return row


def _workbook_of_posts(world: World, who: User) -> None:
    """A file of posts with a row for each commune and one that names none, all of them done."""
    units = [*world.communes, None]
    file = PostFile.objects.create(
        state=PostFile.DONE, file_name=f"{who.pk}.csv", digest=f"{who.pk:064d}", size=len(units),
        actor=who,
    )  # fmt: skip
    for number, unit in enumerate(units):
        row = PostRow.objects.create(
            file=file, sheet="posts", number=number, cells=["p"], unit=unit,
            said={"username": ["A", "p"], "role": ["B", "văn thư"]},
        )  # fmt: skip
        PostDone.objects.create(row=row, did="post", post=who.posts.first() or Post.objects.first())
        world.postings[row.pk] = (who.pk, unit and unit.pk)


def _senders(world: World, operator: User) -> None:
    """Two accounts at the gateway, one of them a reader's, each with a receipt."""
    machine = next(r.user for r in world.readers if r.holds(Role.INTEGRATOR))
    other = on_duty("cong-12002", role=Role.INTEGRATOR, unit=world.communes[0])
    for user, code in ((machine, "12001"), (other, "12002")):
        sender = Sender.objects.create(
            user=user, facility=Facility.objects.create(code=code, name=code), secret="!",
            post=user.posts.get(), made_by=operator, made_at=NOW,
        )  # fmt: skip
        receipt = Receipt.objects.create(
            sender=sender,
            code=f"receipt{code}",
            digest=code,
            batch=next(iter(world.batches.values())),
        )
        world.receipts[receipt.code] = user.pk


def _handed_on(world: World, dice: random.Random) -> None:
    """Some rows lie in files of other communes than their own."""
    for row in dice.sample(sorted(world.rows), 12):
        to = dice.choice(world.communes)
        if to.pk != world.rows[row][0]:
            world.handed[row] = to.pk
            HandedRow.objects.create(row_id=row, unit=to, digest=row.to_bytes(16, "big"))


def _elsewhere(world: World, dice: random.Random) -> None:
    """Some rows may be about somebody of anywhere."""
    for row in dice.sample(sorted(world.rows), 12):
        person = dice.choice(sorted(world.people))
        against = next(r for r, (_unit, who) in world.rows.items() if who == person)
        world.pairs[row] = person
        PairElsewhere.objects.create(
            row_id=row, person=person, own=world.rows[row][1], against=against, score=0.9
        )


def _merge(world: World, keep: Person, drop: Person, operator: User) -> None:
    Person.objects.filter(pk=drop.pk).update(root=keep.root, same_as=keep)
    Merge.objects.create(keep=keep.id, drop=drop.id, actor=operator)
    Review.objects.create(
        row_digest=b"r" * 16, other_digest=b"o" * 16, verdict=Review.SAME, actor=operator
    )
    both, other = world.people[keep.id], world.people[drop.id]
    both.joined_by(other)
    world.people[drop.id] = both
    world.marks.update((m, keep.root) for m, root in list(world.marks.items()) if root == drop.id)


def _readers(world: World) -> Iterator[Reader]:
    """Somebody of every role, in areas of every kind; one without any post."""
    first, second, *_rest, last = world.communes
    city = Unit.objects.on(MARCH).get(code=CITY)
    of_city = [unit for unit in world.communes if unit.parent_id == city.pk]

    def hamlets(*units: Unit) -> frozenset[int]:
        inside = {unit.pk for unit in units}
        return frozenset(hamlet.pk for hamlet in world.hamlets if hamlet.unit_id in inside)

    def of(role: Role, *units: Unit, area: Unit | None = None) -> Held:
        keys = {unit.pk for unit in units} | ({area.pk} if area else set())
        return Held(role, hamlets(*units), frozenset(keys))

    def reader(name: str, role: Role, *units: Unit, area: Unit | None = None) -> Reader:
        user = on_duty(name, role=role, unit=area or units[0])
        return Reader(user, (of(role, *units, area=area),))

    yield reader("p.officer", Role.OFFICER, *of_city, area=city)
    yield reader("p.clinician", Role.CLINICIAN, first)
    yield reader("p.clerk", Role.CLERK, second)
    yield reader("p.outside", Role.CLERK, last)
    where = world.hamlets[0]
    for name, role in (("p.collaborator", Role.COLLABORATOR), ("p.head", Role.HEAD)):
        held = Held(role, frozenset({where.pk}))
        yield Reader(on_duty(name, role=role, where=where), (held,))
    for name, role in (
        ("p.chair", Role.CHAIR), ("p.integrator", Role.INTEGRATOR), ("p.province", Role.PROVINCE),
        ("p.administrator", Role.ADMINISTRATOR), ("p.auditor", Role.AUDITOR),
    ):  # fmt: skip
        yield reader(name, role, *of_city, area=city)
    everywhere = Held(Role.OFFICER, everything=True)
    yield Reader(on_duty("p.everywhere", role=Role.OFFICER), (everywhere,))
    yield Reader(User.objects.create_user("p.nobody"))
    hospital = Facility.objects.create(code=HOSPITAL, name=HOSPITAL)
    Facility.objects.create(code=ANOTHER, name=ANOTHER)
    first_contact = on_duty("p.hospital", role=Role.FIRST_CONTACT, unit=city, at=hospital)
    yield Reader(first_contact, (Held(Role.FIRST_CONTACT, facility=HOSPITAL),))
    theirs = first.organisations.get()
    contact = on_duty("p.contact", role=Role.ORGANISATION_CONTACT, unit=first, of=theirs)
    yield Reader(contact, (Held(Role.ORGANISATION_CONTACT, organisation=theirs.pk),))
    yield from _of_two_posts(world, of)


def _of_two_posts(world: World, of: Callable[..., Held]) -> Iterator[Reader]:
    """Whose one post has rights that the other has not, in another commune: no right of one reaches
    into the area of the other."""
    first, second, third, fourth, _last = world.communes
    for name, (role, unit), (other, elsewhere) in (
        ("p.two", (Role.CLERK, first), (Role.CLINICIAN, second)),
        ("p.officer-and-clerk", (Role.OFFICER, fourth), (Role.CLERK, third)),
    ):
        user = on_duty(name, role=role, unit=unit)
        post(user, other, elsewhere)
        yield Reader(user, (of(role, unit), of(other, elsewhere)))
    hamlet = next(one for one in world.hamlets if one.unit_id == second.pk)
    helper = on_duty("p.helper-and-clinician", role=Role.COLLABORATOR, where=hamlet)
    post(helper, Role.CLINICIAN, fourth)
    helps = Held(Role.COLLABORATOR, frozenset({hamlet.pk}))
    yield Reader(helper, (helps, of(Role.CLINICIAN, fourth)))


NOW, HOUR = datetime.now(UTC), timedelta(hours=1)
# from and until, in hours from now; far enough from now for the longest proof
WHY = {Kind.CARE: "visit", Kind.BREAK_GLASS: "danger", Kind.AUDIT: "case"}
IN_FORCE, OVER, TO_COME = (-1, 3), (-4.01, -0.01), (3, 6)


def _bases(world: World, dice: random.Random, operator: User) -> None:
    """People opened by care, by glass and by cases: in force, over, to come, and of others."""
    by_name = {reader.user.username: reader for reader in world.readers}
    nurse, clerk, province = (by_name[f"p.{who}"] for who in ("clinician", "clerk", "province"))
    hidden = {one.root for one in world.people.values()} - world.seen_by_area(nurse)
    hidden -= world.seen_by_area(clerk)
    roots = sorted(hidden)
    dice.shuffle(roots)
    first, second = world.communes[:2]

    def give(
        kind: Kind, when: tuple[float, float], root: UUID | None = None, **to: Any
    ) -> Basis:  # fmt: skip
        root = root or roots.pop()
        one = Basis.objects.create(
            person=root, kind=kind, since=NOW + when[0] * HOUR, until=NOW + when[1] * HOUR,
            **{"why": WHY[kind], "granted_by": to.get("user", operator), **to},
        )  # fmt: skip
        unit, user = to.get("unit"), to.get("user")
        world.bases.append(Given(one.pk, kind, root, when is IN_FORCE, unit and unit.pk,
                                 user and user.pk))  # fmt: skip
        return one

    for when in (IN_FORCE, OVER, TO_COME):
        give(Kind.CARE, when, unit=first)
        give(Kind.CARE, when, unit=second)
        glass = give(Kind.BREAK_GLASS, when, user=nurse.user)
        give(Kind.BREAK_GLASS, when, user=clerk.user)  # who once was a clinician
    GlassReview.objects.create(basis=glass, by=operator, at=NOW, justified=True)
    for number, when in enumerate((IN_FORCE, OVER)):
        case = AuditCase.objects.create(
            number=str(number), reason="proof", opened_by=province.user, opened_at=NOW,
            confirmed_by=operator, confirmed_at=NOW,
        )  # fmt: skip
        audited = give(Kind.AUDIT, when, user=province.user, granted_by=operator, case=case)
        _named(world, case, audited.person)
    _named(world, AuditCase.objects.create(
        number="3", reason="proof", opened_by=province.user, opened_at=NOW), roots.pop())  # fmt: skip
    for commune in (first, second):  # their station treats somebody who lives there
        give(Kind.CARE, IN_FORCE, _resident(world, commune), unit=commune)


def _resident(world: World, commune: Unit) -> UUID:
    """The first by key who lives in a commune and nowhere else."""
    there = {one.pk for one in world.hamlets if one.unit_id == commune.pk}
    people = {one.root: one for one in world.people.values() if one.homes and one.homes <= there}
    return min(people)


def _named(world: World, case: AuditCase, root: UUID) -> None:
    AuditSubject.objects.create(case=case, person=root, name=Person.objects.get(pk=root).name)
    world.subjects.add(root)
