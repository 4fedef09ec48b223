"""Bars, lines and households as SVG: small, printable, and without inline styles.

Every drawing repeats figures that stand beside it in words, or carries a title of its own.
What has a record is filled, what waits for a decision is hatched, what is missing is empty:
the shape tells it, colour only helps. Widths are rounded like shares: a part that is not
nothing is never drawn as nothing, and only the whole reaches the end.
"""

from collections.abc import Callable, Iterable, Sequence

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from hssk.kit.numbers import tenths_of_percent
from hssk.kit.words import count_of

FOUND, ASK, MISSING, AWAY = "found", "ask", "missing", "away"
_SEEN_AT_LEAST = 4  # tenths of a per cent: about one pixel of a usual bar


def _tenths(part: int, whole: int) -> int:
    """The width of `part` in tenths of a per cent, at least a visible sliver, never over."""
    if part <= 0 or whole <= 0:
        return 0
    if part >= whole:
        return 1000
    return min(max(tenths_of_percent(part, whole), _SEEN_AT_LEAST), 1000 - _SEEN_AT_LEAST)


def _of_numbers(drawing: str) -> SafeString:
    """A drawing in which nothing but numbers was written: escaping each took half of its time."""
    return SafeString(drawing)


def bar(found: int, ask: int, expected: int, goal: float | None = None) -> SafeString:
    """A bar of `expected` people: `found` filled, `ask` hatched, the rest empty.

    goal  in per cent; drawn as a tick. The numbers must stand beside the bar.
    """
    first = _tenths(found, expected)
    second = min(_tenths(ask, expected), 1000 - first)
    tick = f'<rect class="goal" x="{goal:g}%" width="2" height="18"/>' if goal else ""
    return _of_numbers(
        '<svg class="bar" width="100%" height="18" aria-hidden="true">'
        '<rect class="rest" y="3" width="100%" height="12" rx="3"/>'
        f'<rect class="found" y="3" width="{first / 10}%" height="12" rx="3"/>'
        f'<rect class="ask" x="{first / 10}%" y="3" width="{second / 10}%" height="12"'
        f' fill="url(#hatch)"/>{tick}</svg>'
    )


def columns(parts: Sequence[tuple[int, int]], goal: float | None = None) -> SafeString:
    """A small multiple: one column for each (found, expected), in order; 44 units high."""
    drawn = "".join(
        f'<rect class="rest" x="{14 * place}" y="2" width="10" height="40"/>'
        f'<rect class="found" x="{14 * place}" y="{round(42 - height, 1)}" width="10"'
        f' height="{height}"/>'
        for place, (found, expected) in enumerate(parts)
        for height in [_tenths(found, expected) / 25]
    )
    width = max(14 * len(parts) - 4, 1)
    if goal:
        y = round(42 - goal * 0.4, 1)
        drawn += f'<rect class="goal" y="{y}" width="{width}" height="1"/>'
    return _of_numbers(
        f'<svg class="columns" viewBox="0 0 {width} 44" width="{width}" height="44"'
        f' aria-hidden="true">{drawn}</svg>'
    )


def line(shares: Sequence[float], goal: float | None = None) -> SafeString:
    """A rate over time as a line, from 0 to 100 per cent; the last point is marked."""
    if not shares:
        return SafeString("")
    step = 112 / max(len(shares) - 1, 1)
    points = [(4 + step * place, 44 - 0.4 * share) for place, share in enumerate(shares)]
    tick: str = SafeString("")
    if goal:
        tick = format_html('<rect class="goal" y="{}" width="120" height="1"/>', 44 - 0.4 * goal)
    return format_html(
        '<svg class="line" viewBox="0 0 120 48" width="120" height="48" aria-hidden="true">{}'
        '<polyline points="{}"/><circle cx="{}" cy="{}" r="3.5"/></svg>',
        tick,
        " ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        f"{points[-1][0]:.1f}",
        f"{points[-1][1]:.1f}",
    )


def trend(points: Sequence[tuple[float, float, bool]]) -> SafeString:
    """A figure over time, between its own lowest and highest: (when, value, out of range) for each.

    What is out of range is a square, so that the shape tells it. The last figure must stand beside.
    """
    if not points:
        return SafeString("")
    days, values = [day for day, _value, _odd in points], [value for _day, value, _odd in points]
    wide, high = max(days) - min(days) or 1, max(values) - min(values) or 1
    placed = [
        (round(6 + 228 * (day - min(days)) / wide, 1),
         round(44 - 36 * (value - min(values)) / high, 1), odd)
        for day, value, odd in points
    ]  # fmt: skip
    marks = "".join(
        f'<rect class="odd" x="{x - 3.5}" y="{y - 3.5}" width="7" height="7"/>' if odd
        else f'<circle cx="{x}" cy="{y}" r="2.5"/>'
        for x, y, odd in placed
    )  # fmt: skip
    drawn = " ".join(f"{x},{y}" for x, y, _odd in placed)
    return _of_numbers(
        '<svg class="line trend" viewBox="0 0 240 52" width="240" height="52" aria-hidden="true">'
        f'<polyline points="{drawn}"/>{marks}</svg>'
    )


def growth(
    points: Sequence[tuple[float, float, str, bool]],
    usual: Sequence[tuple[float, float, float, float]] = (),
) -> SafeString:
    """A figure of a child over age: (age in months, value, in words, out of range) for each.

    usual  (age, low, middle, high) of children of that sex, by age: a band with its middle

    The axis begins at birth and has months up to 36, years beyond. A number stands over its point
    where it has room, what is out of range is a square; all must be said beside in words.
    """
    if not points:
        return SafeString("")
    step, end = _ages(max(age for age, *_rest in points))
    usual = [at for at in usual if at[0] <= end]
    values = [value for _age, value, *_rest in points] + [
        v for _age, *three in usual for v in three
    ]
    least, high = min(values), max(values) - min(values) or 1

    def at(age: float, value: float) -> str:
        return f"{round(14 + 280 * age / end, 1)},{round(94 - 66 * (value - least) / high, 1)}"

    ticks = "".join(
        f'<text x="{round(14 + 280 * tick / end, 1)}" y="124">'
        f"{tick // 12 if step == 12 else tick}</text>"
        for tick in range(0, end + 1, step)
    )
    placed = [(at(age, value), words, odd) for age, value, words, odd in points]
    return SafeString(
        '<svg class="line growth" viewBox="0 0 312 130" width="312" height="130"'
        f' aria-hidden="true">{_band(usual, at)}<path d="M14 106H294"/>'
        f'<polyline points="{" ".join(place for place, *_rest in placed)}"/>'
        f"{_marks(placed)}{ticks}</svg>"
    )


def _ages(oldest: float) -> tuple[int, int]:
    """(months between ticks, months at the end) of an axis of age."""
    step = 3 if oldest <= 12 else 6 if oldest <= 36 else 12
    return step, step * max(1, int(-(-oldest // step)))


def _band(
    usual: Sequence[tuple[float, float, float, float]], at: Callable[[float, float], str]
) -> str:
    if not usual:
        return ""
    lows = [at(age, low) for age, low, _middle, _high in usual]
    highs = [at(age, high) for age, _low, _middle, high in reversed(usual)]
    middles = " ".join(at(age, middle) for age, _low, middle, _high in usual)
    return (
        f'<polygon class="usual" points="{" ".join(lows + highs)}"/>'
        f'<polyline class="middle" points="{middles}"/>'
    )


def _marks(placed: Iterable[tuple[str, str, bool]]) -> str:
    marks, room = "", -99.0
    for place, words, odd in placed:
        x, y = map(float, place.split(","))
        marks += (
            f'<rect class="odd" x="{x - 3.5}" y="{y - 3.5}" width="7" height="7"/>' if odd
            else f'<circle cx="{x}" cy="{y}" r="3"/>'
        )  # fmt: skip
        if x - room >= 34:
            marks, room = f'{marks}<text x="{x}" y="{round(y - 8, 1)}">{escape(words)}</text>', x
    return marks


_ROW = 8  # people side by side in one house
_HOUSE_SCALE = 1.25  # CSS pixels for each unit of the drawing

_BODY = "M-6 26v-7q0-6 6-6t6 6v7z"


def _figure(place: int, state: str, small: bool) -> SafeString:
    x, y = 20 + 17 * (place % _ROW), 26 + 31 * (place // _ROW)
    size = f"translate({x} {y + (8 if small else 0)}) scale({0.72 if small else 1})"
    fill = SafeString(' fill="url(#hatch)"' if state == ASK else "")
    return format_html(
        '<g class="{}" transform="{}"{}><circle cy="6" r="4.5"/><path d="{}"/></g>',
        state,
        size,
        fill,
        _BODY,
    )


def household_words(states: Iterable[str]) -> str:
    """What the house says, in words: how many live there, with a record, to decide, missing."""
    listed = list(states)
    said = [
        (FOUND, _("%(people)s đã có hồ sơ")),
        (ASK, _("%(people)s còn chờ xem lại")),
        (MISSING, _("%(people)s chưa có hồ sơ")),
        (AWAY, _("%(people)s đang ở nơi khác")),
    ]
    parts = [
        words % {"people": count_of(listed.count(state), "person")}
        for state, words in said
        if state in listed
    ]
    whole = _("Hộ có %(people)s") % {"people": count_of(len(listed), "person")}
    return ": ".join(filter(None, [whole, ", ".join(parts)]))


def household(people: Iterable[tuple[str, bool]]) -> SafeString:
    """A house with its people: filled has a record, hatched is to decide, hollow has none.

    people  (state, is a child) for each; state found, ask, missing or away (lives elsewhere)
    """
    listed = list(people)
    rows = max(-(-len(listed) // _ROW), 1)
    width = 40 + 17 * (max(min(len(listed), _ROW), 2) - 1)
    height = 26 + 31 * rows
    words = household_words(state for state, _small in listed)
    return format_html(
        '<svg class="house" viewBox="0 0 {} {}" width="{}" height="{}" role="img" aria-label="{}">'
        "<title>{}</title>"
        '<path class="walls" d="M2 24 {} 3 {} 24M6 21V{}H{}V21"/>{}</svg>',
        width,
        height,
        round(width * _HOUSE_SCALE),
        round(height * _HOUSE_SCALE),
        words,
        words,
        width // 2,
        width - 2,
        height - 2,
        width - 6,
        format_html_join(
            "",
            "{}",
            ((_figure(place, state, small),) for place, (state, small) in enumerate(listed)),
        ),
    )
