"""When a session ends by itself: set for an installation, within bounds, in home.json.

Source: NIST SP 800-63B-4 (second level: 30 minutes with nobody there, 12 hours in any case).
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from hssk.kit.errors import Trouble
from hssk.kit.home import Home

FACT = "sessions"  # of home.json


@dataclass(frozen=True)
class Limits:
    """idle    minutes with nobody there
    shared  the same at a machine that several people use
    longest hours in any case
    """

    idle: int = 20
    shared: int = 3
    longest: int = 12

    @classmethod
    def of(cls, facts: Mapping[str, Any]) -> "Limits":
        """What the facts of a home say; the nearest bound where a hand wrote something beyond."""
        said = _said(facts)
        near = {name: min(max(said[name], low), high) for name, (low, high) in BOUNDS.items()}
        limits = cls(**near)
        return replace(limits, shared=min(limits.shared, limits.idle))

    def seconds(self) -> tuple[int, int, int]:
        """For the settings."""
        return self.idle * 60, self.shared * 60, self.longest * 3600


BOUNDS = {"idle": (5, 30), "shared": (1, 10), "longest": (1, 12)}


def _said(facts: Mapping[str, Any]) -> dict[str, int]:
    said = facts.get(FACT)
    said = said if isinstance(said, Mapping) else {}
    usual = asdict(Limits())
    return {
        name: value if isinstance(value := said.get(name), int) else usual[name] for name in usual
    }


def keeps_bounds(facts: Mapping[str, Any]) -> bool:
    """Whether the facts of a home are what holds, and not only near it."""
    return _said(facts) == asdict(Limits.of(facts))


def set_limits(home: Home, **asked: int | None) -> Limits:
    """Note the limits of a home, of which None leaves one as it is; they hold from the next start.

    Raises Trouble outside the bounds, and for a shared machine that may stand open longer than
    one's own.
    """
    before = Limits.of(home.facts)
    given = {name: value for name, value in asked.items() if value is not None}
    for name, value in given.items():
        low, high = BOUNDS[name]
        if not low <= value <= high:
            raise Trouble("--{name} phải từ {low} đến {high}.", name=name, low=low, high=high)
    after = replace(before, **given)
    if after.shared > after.idle:
        raise Trouble("Máy dùng chung không được để lâu hơn máy riêng: --shared ≤ --idle.")
    home.note(**{FACT: asdict(after)})
    return after


assert set(BOUNDS) == {field.name for field in fields(Limits)}
