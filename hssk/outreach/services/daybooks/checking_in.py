"""Check people in: whom a card or a name means, and who has come so far."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from uuid import UUID

from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.coverage.services import Person, people_of
from hssk.coverage.services.lists import those_of
from hssk.outreach.models import Card, Contact, Kind, Session, SessionHamlet, Slip
from hssk.outreach.rules.tokens import token_said
from hssk.outreach.services.cards import card_of_token
from hssk.outreach.services.contacts import brought, met_in, of_day
from hssk.outreach.services.issuing import residents
from hssk.outreach.services.naming import names_on
from hssk.people.models import Person as Somebody
from hssk.people.rules.scanned import scanned
from hssk.people.services import moves, roots_of, search
from hssk.places.models import Hamlet

MOST_FOUND = 6  # shown; more are looked through, for those of the session stand first


@dataclass(frozen=True)
class Came:
    """A hamlet of a session: how many are there without a record now, how many records that day
    brought, how many were met otherwise, and how many were expected."""

    hamlet: Hamlet
    name: str
    missing: int
    made: int
    met: int
    expected: int | None


@dataclass(frozen=True)
class Found:
    """Whom a scan means, the likeliest first; `sure` where a number says that it is this one, and
    no namesake; `card`: the card of ours that was scanned; `household`: whether it was the slip of
    one, and who of them came has to be said; `more`: whether others are meant too, not shown."""

    people: list[Person]
    sure: bool = False
    card: Card | None = None
    household: bool = False
    more: bool = False


def found_by_scan(session: Session, raw: str, *, by: Access) -> Found:
    """Whom a scanned card or typed words mean, of those of the asker's area, the likeliest first;
    those of the hamlets of the session before others. What a card says is kept nowhere.

    A card of ours means its person while it lives, a slip those who live in its household by now;
    a code that has ended, or is of somebody whom the asker may not see, means nobody, as any other
    words do."""
    token = token_said(raw)
    if token is not None:
        return _found_by_card(token, session, by) or _found_by_slip(token, by)
    said = scanned(raw)
    for _kind, value in said.numbers:
        people, _more = search(value, MOST_FOUND)
        if people:
            return Found(_shown(people, session, by), sure=len(people) == 1)
    people, more = search(said.words) if said.words else ([], False)
    shown = _shown(people, session, by)
    return Found(shown[:MOST_FOUND], more=more or len(shown) > MOST_FOUND)


def _found_by_card(token: UUID, session: Session, by: Access) -> Found | None:
    card = card_of_token(token)
    whose = Somebody.objects.filter(pk=card.person).first() if card else None
    people = _shown([whose], session, by) if whose else []
    return Found(people, sure=True, card=card) if people else None


def _found_by_slip(token: UUID, by: Access) -> Found:
    """The household of a slip, whoever still lacks a record first. Never sure, not of one alone:
    a neighbour may have brought the paper along."""
    slip = Slip.objects.select_related("household").filter(pk=token).first()
    if slip is None or not by.holds_hamlet(slip.household.hamlet_id, Right.MOVE):
        return Found([])
    there = people_of(slip.household.hamlet_id, slip.household_id, by.day)
    people = [one for one in there if not one.elsewhere]
    return Found(sorted(people, key=lambda one: one.state_name != "missing"), household=True)


def asked_elsewhere(raw: str) -> int | None:
    """Ask whether whom a card means is known outside the asker's area: the number of the question,
    for `people.services.moves.answer_to`. None where it does not say number, name and birth date,
    or marks of the name were lost, by which nobody is known. Raises CannotMove after thirty
    questions on one day."""
    said = scanned(raw)
    if not (said.name and said.birth and said.numbers) or "?" in said.name:
        return None
    return moves.ask(moves.Typed(said.name, said.birth, said.numbers[0][1]))


def person_of(contact: Contact) -> Somebody | None:
    """Whom a contact was with, as they are known now."""
    met = Somebody.objects.filter(pk=contact.person).first()
    return met and Somebody.objects.filter(pk=met.root).first()


def _shown(people: list[Somebody], session: Session, by: Access) -> list[Person]:
    """They as residents, those of the hamlets of the session first."""
    stops = {stop.hamlet_id for stop in session.stops.all()}
    return sorted(_residents(people, by), key=lambda one: one.hamlet_id not in stops)


def _residents(people: list[Somebody], by: Access) -> list[Person]:
    """They as residents, with the state of their record."""
    roots, names = [person.root for person in people], names_on(by.day)
    here = {one.id: one for one in those_of(roots, by.day) if not one.elsewhere}
    found = (here[root] for root in dict.fromkeys(roots) if root in here)
    return [replace(one, hamlet=names[one.hamlet_id]) for one in found]


def resident_of(person: UUID, *, by: Access) -> Person | None:
    """Somebody as a resident of the asker's area, with the state of their record; None for anybody
    else."""
    known = Somebody.objects.filter(pk=person).first()
    found = _residents([known], by) if known else []
    return found[0] if found else None


def names_of(people: Iterable[UUID]) -> dict[UUID, str]:
    """Key → name, of those of these people whom the asker may see."""
    roots = roots_of(people)
    named = Somebody.objects.filter(pk__in=set(roots.values())).values_list("pk", "name", "called")
    names = {root: name or called for root, name, called in named}
    return {key: names[root] for key, root in roots.items() if root in names}


def came(session: Session) -> list[Came]:
    """What the day has brought so far, hamlet by hamlet."""
    found, names = [], names_on(session.on)
    for stop, missing, outcomes in outcomes_of(session):
        made = outcomes[Kind.RECORD_MADE]
        met = outcomes.total() - made
        name = names[stop.hamlet_id]
        found.append(Came(stop.hamlet, name, missing, made, met, stop.expected))
    return found


def outcomes_of(session: Session) -> list[tuple[SessionHamlet, int, Counter[str]]]:
    """Each hamlet of a session with how many are without a record after its day, and how many were
    met on that day, by what it brought them: those too who are residents no more by that."""
    stops = list(session.stops.select_related("hamlet"))
    living = {stop.pk: residents(stop.hamlet, session.on) for stop in stops}
    here = {one.id for people in living.values() for one in people}
    found = []
    for stop in stops:
        people = {one.id for one in living[stop.pk]} | (met_in(stop.hamlet_id, session.on) - here)
        outcomes = Counter(brought(told).kind for told in of_day(people, session.on).values())
        found.append((stop, sum(one.state_name == "missing" for one in living[stop.pk]), outcomes))
    return found
