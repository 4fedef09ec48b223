"""The body mass index, worked out of what one visit measured; kept nowhere.

Source: QĐ 831/QĐ-BYT, D.2.1 (BMI, after weight and height); kg/m², WHO Technical Report 854 (1995).
"""

from collections.abc import Iterable
from typing import Any

from hssk.records.rules.reading_codes import figures_of


def bmi_of(entries: Iterable[Any]) -> float | None:
    """kg/m² of the last weight and height among the entries of one visit; None without both."""
    found: dict[str, float] = {}
    for one in entries:
        if one.kind == "Observation":
            found |= {measure.key: value for measure, value in figures_of(one.resource)}
    weight, height = found.get("weight", 0.0), found.get("height", 0.0)
    return weight / (height / 100) ** 2 if weight > 0 and height > 0 else None
