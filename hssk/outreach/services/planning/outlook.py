"""What a campaign has planned: when its goal is met, what it needs, what it costs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hssk.outreach.models import Campaign, Session
from hssk.outreach.models.campaigns import DAY, HAMLET, ONCE, SESSION
from hssk.outreach.rules.forecasting import Forecast, forecast
from hssk.outreach.rules.planning import Outing, Stop
from hssk.outreach.services.planning.ground import Ground, crews_of


@dataclass(frozen=True)
class CostLine:
    """A line of costs: `amount` đồng for each of `count`."""

    key: int
    name: str
    of: str
    amount: int
    count: int

    @property
    def sum(self) -> int:
        return self.amount * self.count


def outlook(campaign: Campaign, ground: Ground, ahead: Sequence[Session]) -> Forecast:
    """When the goal is met by the sessions that are planned."""
    own = set(campaign.teams.values_list("pk", flat=True))
    outings = [
        Outing(
            one.on, one.team_id if one.team_id in own else -one.pk,
            tuple(Stop(stop.hamlet_id, stop.expected or 0, 0) for stop in one.stops.all()), one.pk,
        )
        for one in ahead
    ]  # fmt: skip
    crews = crews_of(campaign, ahead)
    return forecast(outings, ground.places, crews, ground.wanted, ground.told)


def costs(campaign: Campaign, sessions: Iterable[Session]) -> list[CostLine]:
    """Each line of costs with how many it is counted for: sessions that stand, in đồng."""
    standing = list(sessions)
    counts = {
        ONCE: 1,
        DAY: len({one.on for one in standing}),
        SESSION: len(standing),
        HAMLET: sum(len(one.stops.all()) for one in standing),
    }
    return [
        CostLine(line.pk, line.name, line.of, line.amount, counts[line.of])
        for line in campaign.costs.order_by("pk")
    ]
