"""Followed figures, as the pages show them: over time, and of a child over age."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from hssk.kit.dates import PartialDate, age_on, months_lived
from hssk.kit.numbers import format_decimal
from hssk.kit.words import language
from hssk.records.rules import growing, reading_codes
from hssk.records.rules.summary import Summary, Trend

_GROWTH = ("weight", "height")  # what is drawn over age, of whom is younger than
_GROWN = 18


def trends(found: Summary, birth: PartialDate | None, sex: int, on: date) -> list[dict[str, Any]]:
    """Followed figures, each with its last value in words and its points to draw; how a child
    grows over age instead (`grown`), where the birth is known to the month."""
    born = birth if birth and birth.precision != "Y" and age_on(birth, on) < _GROWN else None
    told = []
    for one in found.trends:
        grown = _grown(one, born.value, sex) if born and one.measure.key in _GROWTH else None
        told.append({
            "grown": grown,
            "name": _(reading_codes.TEXTS[one.measure.key]),
            "unit": one.measure.unit,
            "value": format_decimal(one.last.value, one.measure.decimals, language()),
            "on": one.last.on,
            "unusual": grown["unusual"] if grown else one.last.unusual,
            "count": len(one.points),
            "points": [(p.on.toordinal(), p.value, p.unusual) for p in one.points],
        })  # fmt: skip
    return told


def _grown(one: Trend, born: date, sex: int) -> dict[str, Any]:
    """(age in months, value, in words, out of range) for each point, each in a sentence; what
    children of that sex have by age, and whether the last point lies beyond it."""
    points, said, measure = [], [], one.measure
    for p in one.points:
        if p.on < born or p.value <= 0:
            continue
        age = months_lived(born, p.on)
        words = format_decimal(p.value, measure.decimals, language())
        beyond = _beyond(measure.key, sex, age, p.value)
        points.append((age, p.value, words, bool(beyond)))
        sentence = _("{months} tháng tuổi: {value} {unit}").format(
            months=int(age), value=words, unit=measure.unit
        )
        said.append(f"{sentence} ({beyond})" if beyond else sentence)
    oldest = max((age for age, *_rest in points), default=0)
    return {
        "points": points,
        "said": said,
        "usual": list(_usual(measure.key, sex, oldest)),
        "unusual": bool(points and points[-1][3]),
        "in_years": oldest > 36,
    }


def _beyond(measure: str, sex: int, age: float, value: float) -> str:
    """How a figure of a child differs from most children of that age; "" where it does not."""
    at = growing.expected(measure, sex, age)
    z = at.z(value) if at else 0.0
    if abs(z) <= growing.LIMIT:
        return ""
    return _("thấp hơn −2 độ lệch chuẩn") if z < 0 else _("cao hơn +2 độ lệch chuẩn")


def _usual(measure: str, sex: int, oldest: float) -> Iterator[tuple[int, float, float, float]]:
    """The band under a drawing, to the end of its axis: every month while there are few."""
    for at in growing.usual(measure, sex, oldest + 12):
        if oldest <= 36 or at[0] % 6 == 0:
            yield at
