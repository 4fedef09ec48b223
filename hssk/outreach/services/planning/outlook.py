"""What a campaign has planned: when its goal is met, what it needs, what it costs."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hssk.outreach.models import Campaign, Session, Spending
from hssk.outreach.models.campaigns import DAY, HAMLET, ONCE, SESSION
from hssk.outreach.rules.forecasting import Forecast, forecast
from hssk.outreach.rules.planning import Outing, Stop
from hssk.outreach.services.planning.ground import Ground, crews_of


@dataclass(frozen=True)
class CostLine:
    """A line of costs: `amount` đồng for each of `count`, and `spent` đồng so far. One that nobody
    planned has the key 0."""

    key: int
    name: str
    of: str
    amount: int
    count: int
    spent: int = 0

    @property
    def sum(self) -> int:
        return self.amount * self.count


def outlook(campaign: Campaign, ground: Ground, ahead: Sequence[Session]) -> Forecast:
    """When the goal is met by the sessions that are planned, and what each of them is to bring,
    whatever was planned before so much was learned."""
    outings = outings_of(campaign, ahead)
    crews = crews_of(campaign, ahead)
    return forecast(outings, ground.places, crews, ground.wanted, ground.told)


def outings_of(campaign: Campaign, sessions: Iterable[Session]) -> list[Outing]:
    """Sessions as forecasts walk through them, each under its own key."""
    own = set(campaign.teams.values_list("pk", flat=True))
    return [
        Outing(
            one.on, one.team_id if one.team_id in own else -one.pk,
            tuple(Stop(stop.hamlet_id, stop.expected or 0, 0) for stop in one.stops.all()), one.pk,
        )
        for one in sessions
    ]  # fmt: skip


def costs(campaign: Campaign, sessions: Iterable[Session]) -> list[CostLine]:
    """Each line of costs with how many it is counted for, of the sessions that stand, and what was
    spent by the account of those that were closed; then what they spent on nothing planned."""
    standing = list(sessions)
    counts = {
        ONCE: 1,
        DAY: len({one.on for one in standing}),
        SESSION: len(standing),
        HAMLET: sum(len(one.stops.all()) for one in standing),
    }
    spent: Counter[str] = Counter()
    for line in Spending.objects.filter(session__campaign=campaign):
        spent[line.name] += line.amount
    lines = [
        CostLine(
            line.pk, line.name, line.of, line.amount, counts[line.of],
            line.spent or 0 if line.of == ONCE else spent.pop(line.name, 0),
        )
        for line in campaign.costs.order_by("pk")
    ]  # fmt: skip
    return lines + [CostLine(0, name, "", 0, 0, many) for name, many in sorted(spent.items())]
