"""The goal: the share of residents that a unit means to reach, in per cent."""

from decimal import Decimal

from hssk.coverage.errors import BadGoal
from hssk.coverage.models import Goal
from hssk.coverage.rules import DEFAULT_GOAL
from hssk.places.models import Unit


def goal_of(unit: Unit) -> float:
    """The goal set for `unit`, else for the nearest unit above it, else 95.

    Source: KH 13/3/2024 of TP Lai Châu and QĐ 5349/QĐ-BYT 2019: 95 %.
    """
    above = unit.path.split("/")
    goals = dict(
        Goal.objects.filter(unit__code__in=above, unit__valid_until=unit.valid_until).values_list(
            "unit__code", "percent"
        )
    )
    return float(next((goals[code] for code in reversed(above) if code in goals), DEFAULT_GOAL))


def set_goal(unit: Unit, percent: float | Decimal | None) -> float:
    """Set the goal of `unit`; None takes it back. Returns what holds now.

    Raises BadGoal outside 0 < percent ≤ 100.
    """
    if percent is None:
        Goal.objects.filter(unit=unit).delete()
    elif not 0 < percent <= 100:
        raise BadGoal(
            "Mục tiêu phải lớn hơn 0 và không quá 100 %, không phải {percent}.", percent=percent
        )
    else:
        Goal.objects.update_or_create(unit=unit, defaults={"percent": round(Decimal(percent), 2)})
    return goal_of(unit)
