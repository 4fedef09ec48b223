"""What is told of a campaign to whoever sees figures and no row: its paper, and the chair's page.

Hamlets that the ledger's own tables tell as one line stand here as the average of that line, and
all that follows (what a session is expected to bring, when the goal is met) is worked out from
them. So nothing told here says more of a small hamlet than those tables do: docs/decisions/0027.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.coverage.services import Figures, numbers_on
from hssk.coverage.services.small import told_of, told_together
from hssk.outreach.models import HELD, PLANNED, Campaign, Session
from hssk.outreach.rules.forecasting import Forecast
from hssk.outreach.rules.planning import learned
from hssk.outreach.rules.telling import evened
from hssk.outreach.services.naming import known_on
from hssk.outreach.services.planning.ground import (
    Ground,
    ground_of,
    held_of,
    sessions_ahead,
)
from hssk.outreach.services.planning.outlook import outlook
from hssk.places.models import Unit


@dataclass(frozen=True)
class SessionTold:
    """A session with its communes, and in people what it is expected to bring and has brought; None
    where that would tell of a small hamlet, or is not known."""

    session: Session
    communes: Sequence[str]
    expected: int | None
    came: int | None
    hamlets: Sequence[str]


@dataclass(frozen=True)
class CampaignTold:
    """A campaign on a day, for whoever sees no row.

    figures  the unit's, its parts as its own page tells them; None where too few live there
    ground   with every small hamlet as the average of its line
    sessions those that stand, by day; shared: of how many the hamlets are told as one line
    remaining of the whole, who may be promised: averages lose what a line cannot share evenly
    others   how many sessions of no part of it go there too, and are in the forecast
    """

    campaign: Campaign
    on: date
    figures: Figures | None
    ground: Ground
    forecast: Forecast
    sessions: Sequence[SessionTold]
    shared: int
    remaining: int
    others: int = 0

    @property
    def ahead(self) -> list[SessionTold]:
        """Those that are still to come."""
        planned = [one for one in self.sessions if one.session.state == PLANNED]
        return [one for one in planned if one.session.on >= self.on]

    @property
    def held(self) -> list[SessionTold]:
        return [one for one in self.sessions if one.session.state == HELD]


def campaign_told(campaign: Campaign, on: date, *, by: User) -> CampaignTold:
    """What may be told of a campaign today; the rows behind the counts are read as the machine.

    on  today: the day whose residents are counted, and from which sessions are ahead
    """
    counted = numbers_on(on)  # of places alone, so once for whoever asks and for the machine
    with as_machine(by, on):
        exact = ground_of(campaign, on, on, numbers=counted)
    lines = told_together(campaign.unit, on, numbers=counted)
    small: frozenset[int] = frozenset().union(*lines)
    alone = [place.hamlet for place in exact.places if place.hamlet not in small]
    held = held_of(alone)
    ground = replace(
        exact, places=evened(exact.places, lines), sessions=len(held),
        told=learned((came, there) for each in held.values() for came, there in each),
    )  # fmt: skip
    sessions = _standing(campaign)
    ahead = sessions_ahead(exact, on)
    known, foretold = known_on(campaign.map_day), outlook(campaign, ground, ahead)
    return CampaignTold(
        campaign, on, told_of(campaign.unit, on, campaign.map_day, numbers=counted), ground,
        foretold,
        [_told(one, small, foretold.brings, known) for one in sessions],
        sum(_is_small(one, small) for one in sessions), exact.remaining,
        sum(one.campaign_id != campaign.pk for one in ahead),
    )  # fmt: skip


def _standing(campaign: Campaign) -> list[Session]:
    every = campaign.sessions.standing().select_related("team", "closing")
    return list(every.prefetch_related("stops", "reports").order_by("on", "pk"))


def _is_small(session: Session, small: Iterable[int]) -> bool:
    return any(stop.hamlet_id in small for stop in session.stops.all())


def _told(
    session: Session, small: frozenset[int], expected: Mapping[int | None, int],
    known: Mapping[int, tuple[str, Unit]],
) -> SessionTold:  # fmt: skip
    """Of a session to come what the forecast counts on holds; of one that is over, to larger
    hamlets alone, what was planned. Who came is no sum of lines, so of a small hamlet it is not
    told.
    """
    stops = list(session.stops.all())
    communes = dict.fromkeys(str(known[stop.hamlet_id][1]) for stop in stops)
    came = [stop.came for stop in stops if stop.came is not None]
    hamlets = [known[stop.hamlet_id][0] for stop in stops]
    people = expected.get(session.pk)
    if _is_small(session, small):
        return SessionTold(session, list(communes), people, None, hamlets)
    said = [stop.expected for stop in stops if stop.expected is not None]
    if people is None and len(said) == len(stops):
        people = sum(said)
    return SessionTold(session, list(communes), people, sum(came) if came else None, hamlets)
