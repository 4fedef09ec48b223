"""What every page may write: figures, days, counted words, drawings. `{% load kit %}`."""

from datetime import date, datetime
from decimal import Decimal

from django import template
from django.core.paginator import Page
from django.utils import timezone

from hssk.kit import drawings, icons, numbers, words
from hssk.kit.dates import PartialDate

register = template.Library()
_JOINED = str.maketrans({" ": "\N{NO-BREAK SPACE}"})

register.simple_tag(drawings.bar, name="bar")
register.simple_tag(drawings.columns, name="columns")
register.simple_tag(drawings.line, name="line")
register.simple_tag(drawings.trend, name="trend")
register.simple_tag(drawings.growth, name="growth")
register.simple_tag(drawings.household, name="household")
register.simple_tag(icons.icon, name="icon")
register.simple_tag(words.count_of, name="counted")


@register.filter
def number(value: int | None) -> str:
    """{{ missing|number }} → 14.072; nothing known → –."""
    return numbers.NO_FIGURE if value is None else numbers.format_number(value, words.language())


@register.filter
def signed(value: int) -> str:
    """{{ change|signed }} → +1.204."""
    return numbers.format_signed(value, words.language())


@register.filter
def percent_of(part: int, whole: int) -> str:
    """{{ found|percent_of:expected }} → 70,4 %."""
    return numbers.format_percent(part, whole, words.language()).translate(_JOINED)


@register.filter
def share_of(part: int, whole: int) -> str:
    """{{ found|share_of:expected }} → 33.443/47.515 = 70,4 %; a line may end before the sign."""
    fraction, equals, percent = numbers.format_share(part, whole, words.language()).partition(" =")
    return fraction + equals + percent.translate(_JOINED)


@register.filter
def per_cent(value: float | Decimal) -> str:
    """{{ goal|per_cent }} → 95 % or 97,5 %, never broken before the sign."""
    text = f"{float(value):g}"  # a Decimal would keep the zeros of its column
    if words.language() == "vi":
        return text.replace(".", ",") + "\N{NO-BREAK SPACE}%"
    return text + "%"


@register.filter
def day(value: date | PartialDate | None) -> str:
    """{{ batch.on|day }} → 13/3/2024; a partial date says what is known, a moment the day that it
    is here: early in the morning it is still yesterday by UTC."""
    if isinstance(value, datetime) and timezone.is_aware(value):
        value = timezone.localtime(value)
    return numbers.format_date(value, words.language()) if value else ""


@register.filter
def moment(value: datetime | None) -> str:
    """{{ batch.at|moment }} → 14:05, 13/3/2024 in the time of this installation."""
    if not value:
        return ""
    local = timezone.localtime(value) if timezone.is_aware(value) else value
    return numbers.format_moment(local, words.language())


@register.filter
def size(value: int) -> str:
    """{{ file.size|size }} → 3,4 MB."""
    return numbers.format_size(value, words.language())


@register.simple_tag
def page_numbers(page: Page) -> list[int | None]:
    """The numbers of the pages to offer: the first, the last, those beside; None for a gap."""
    wanted = {1, page.paginator.num_pages, page.number - 1, page.number, page.number + 1}
    numbers_: list[int | None] = []
    for number_ in sorted(n for n in wanted if 1 <= n <= page.paginator.num_pages):
        before = numbers_[-1] if numbers_ else 0
        if before is not None and number_ - before == 2:
            numbers_.append(number_ - 1)
        elif before is not None and number_ - before > 2:
            numbers_.append(None)
        numbers_.append(number_)
    return numbers_


@register.simple_tag
def gap_to_goal(found: int, expected: int, goal: float) -> int:
    """{% gap_to_goal found expected 95 as gap %} how many people more reach the goal."""
    return numbers.people_to_goal(found, expected, goal)
