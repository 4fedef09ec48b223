"""What a plan stands on: who remains in which hamlet, who is set aside, what was learned, who goes.

Counts alone leave here; whom they count is read from the ledger and from what came of it since.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import connection

from hssk.coverage.rules import AWAY as FLAG_AWAY
from hssk.coverage.rules import DEAD, MISSING, MOVED, gap_to_goal
from hssk.coverage.services import numbers_on, settle
from hssk.coverage.services.ordering import natural
from hssk.coverage.services.selection import RARE
from hssk.coverage.services.shapes import Counts
from hssk.outreach.models import (
    HELD,
    PLANNED,
    Campaign,
    Kind,
    Session,
    SessionHamlet,
)
from hssk.outreach.rules.planning import PRIOR, Crew, Fixed, Place, learned
from hssk.outreach.services.naming import communes_of, known_on
from hssk.places.services import hamlets_held

# why somebody without a record is promised by no plan
AWAY, GONE, UNWILLING = "away", "gone", "unwilling"


@dataclass(frozen=True)
class Ground:
    """The numbers of a campaign on a day.

    places     every hamlet that has residents, by commune and name
    rates      commune → (people with a record, residents)
    aside      why → how many, each counted under the first reason of AWAY, GONE, UNWILLING
    sessions   from how many sessions held the yield was learned; 0 while it is assumed
    told       the yield's distribution, as `rules.planning.learned` gives it
    """

    on: date
    places: Sequence[Place]
    rates: Mapping[str, tuple[int, int]]
    percent: float
    aside: Mapping[str, int] = field(default_factory=dict)
    sessions: int = 0
    told: tuple[float, float] = (0.0, 0.0)

    @property
    def found(self) -> int:
        return sum(have for have, _lives in self.rates.values())

    @property
    def expected(self) -> int:
        return sum(lives for _have, lives in self.rates.values())

    @property
    def remaining(self) -> int:
        return sum(place.remaining for place in self.places)

    @property
    def wanted(self) -> int:
        """People still to be reached before the goal is met."""
        return gap_to_goal(self.found, self.expected, self.percent)

    @property
    def share(self) -> float:
        """The yield: which part of those who remain is expected to come."""
        return self.told[0] / sum(self.told)


def ground_of(
    campaign: Campaign, on: date, today: date, *, numbers: Mapping[int, Counts] | None = None
) -> Ground:
    """What stands in the unit of a campaign by the ledger of `on`.

    numbers  those of `numbers_on`, where whoever asks has them
    """
    hamlets = hamlets_held(campaign.unit, today)
    everywhere = numbers_on(on) if numbers is None else numbers
    numbers = {pk: counts for pk, counts in everywhere.items() if pk in hamlets}
    known = known_on(campaign.map_day)
    roads = dict(campaign.roads.values_list("hamlet", "name"))
    aside = _aside(numbers, on, today)
    places: list[Place] = []
    rates: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for pk, counts in numbers.items():
        if not counts.expected:
            continue
        name, commune = known[pk][0], str(known[pk][1])
        have, lives = rates[commune]
        rates[commune] = (have + counts.found, lives + counts.expected)
        kept = sum(aside[pk].values()) if pk in aside else 0
        group = f"{commune} – {roads[pk]}" if pk in roads else commune
        left = max(0, counts.missing - kept)
        places.append(Place(pk, name, commune, group, left, kept))
    places.sort(key=lambda place: (natural(place.commune), natural(place.name), place.hamlet))
    whole: Counter[str] = sum(aside.values(), Counter())
    held = held_of(numbers)
    return Ground(
        on, places, dict(rates), float(campaign.percent), dict(whole), len(held),
        learned((came, there) for each in held.values() for came, there in each),
    )  # fmt: skip


# Each under the first reason that holds. They are few, so each reason asks for its own: by the bits
# of the ledger, by what came of going there last, and of those who have moved on since that day,
# whose name is not shown by now.
_MISSING_HERE = """c.hamlet_id = ANY(%(hamlets)s) AND c.since <= %(on)s AND c.until > %(on)s
          AND c.state = %(missing)s"""
_ASIDE = f"""
    WITH last AS (
        SELECT DISTINCT ON (m.root) m.root, t.kind, t.until
        FROM outreach_contact t JOIN people_person m ON m.id = t.person
        WHERE t.taken_back_at IS NULL
        ORDER BY m.root, t.on DESC, t.at DESC, t.id DESC
    ), told AS (
        SELECT c.person_id, c.hamlet_id,
               CASE WHEN c.flags & %(away)s > 0 THEN 1 ELSE 2 END AS reason
        FROM coverage_row c WHERE {_MISSING_HERE} AND {RARE} AND c.flags & (%(away)s | %(gone)s) > 0
        UNION ALL
        SELECT c.person_id, c.hamlet_id, CASE WHEN last.kind = %(absent)s THEN 1
               WHEN last.kind = %(refused)s THEN 3 ELSE 2 END
        FROM last JOIN coverage_row c ON c.person_id = last.root
        WHERE {_MISSING_HERE} AND ((last.kind = %(absent)s AND last.until > %(today)s)
              OR last.kind = %(refused)s OR last.kind = ANY(%(gone_by)s))
        UNION ALL
        SELECT c.person_id, c.hamlet_id, 2
        FROM coverage_row c WHERE {_MISSING_HERE} AND c.until <= %(today)s
          AND NOT EXISTS (SELECT FROM people_person p WHERE p.id = c.person_id)
    )
    SELECT hamlet_id, reason, count(*) FROM (
        SELECT person_id, hamlet_id, min(reason) AS reason FROM told GROUP BY 1, 2
    ) AS each_once GROUP BY 1, 2
"""
_REASONS = {1: AWAY, 2: GONE, 3: UNWILLING}


def _aside(hamlets: Iterable[int], on: date, today: date) -> dict[int, Counter[str]]:
    """Hamlet → why → how many of those without a record no plan may promise."""
    settle()
    found: dict[int, Counter[str]] = defaultdict(Counter)
    with connection.cursor() as cursor:
        cursor.execute(_ASIDE, {
            "hamlets": list(hamlets), "on": on, "today": today, "missing": MISSING,
            "away": FLAG_AWAY, "gone": DEAD | MOVED, "absent": Kind.ABSENT,
            "gone_by": [Kind.MOVED, Kind.UNKNOWN, Kind.DIED], "refused": Kind.REFUSED,
        })  # fmt: skip
        for hamlet, reason, count in cursor.fetchall():
            found[hamlet][_REASONS[reason]] = count
    return found


def held_of(hamlets: Iterable[int]) -> dict[int, list[tuple[int, int]]]:
    """Session held → (came, remained before) of each of its hamlets."""
    stops = SessionHamlet.objects.filter(
        session__state=HELD, came__isnull=False, remaining__gt=0
    ).values_list("session", "hamlet", "came", "remaining")
    here, found = frozenset(hamlets), defaultdict(list)
    for session, hamlet, came, remaining in stops:
        if hamlet in here:
            found[session].append((came or 0, remaining or 0))
    return found


def sessions_ahead(ground: Ground, today: date) -> list[Session]:
    """Every session from `today` on, of whatever campaign, that goes to a hamlet of the ground."""
    here = {place.hamlet for place in ground.places}
    ahead = Session.objects.filter(state=PLANNED, on__gte=today)
    every = ahead.select_related("team").prefetch_related("stops")
    return [one for one in every if any(stop.hamlet_id in here for stop in one.stops.all())]


def crews_of(campaign: Campaign, sessions: Iterable[Session]) -> list[Crew]:
    """The teams of a campaign, and whoever else goes to these sessions, out on no other day."""
    teams = campaign.teams.prefetch_related("days_off").order_by("pk")
    crews = [
        Crew(team.pk, team.name, team.capacity, frozenset(team.weekdays),
             frozenset(day.on for day in team.days_off.all()))
        for team in teams
    ]  # fmt: skip
    own = {crew.team for crew in crews}
    others = (one for one in sessions if one.team_id not in own)
    return crews + [Crew(-one.pk, "", _room(one), frozenset()) for one in others]


def _room(session: Session) -> int:
    """How many a session can take whose team is none of the campaign's: what is expected of it."""
    if session.team is not None:
        return session.team.capacity
    said = [stop.expected for stop in session.stops.all()]
    return sum(many or 0 for many in said) or 10_000  # nobody said: all who come


def as_fixed(campaign: Campaign, sessions: Iterable[Session]) -> list[Fixed]:
    """Sessions as plans see them: of a team of the campaign, or of somebody of their own."""
    own = set(campaign.teams.values_list("pk", flat=True))
    return [
        Fixed(
            one.pk, tuple(stop.hamlet_id for stop in one.stops.all()), one.on,
            one.team_id if one.team_id in own else -one.pk,
        )
        for one in sessions
    ]  # fmt: skip


__all__ = [
    "AWAY", "GONE", "PRIOR", "UNWILLING", "Ground", "as_fixed", "communes_of", "crews_of",
    "ground_of", "held_of", "sessions_ahead",
]  # fmt: skip
