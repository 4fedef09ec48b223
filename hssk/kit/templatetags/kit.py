"""What every page may write: figures, days, counted words, drawings. `{% load kit %}`."""

from datetime import date, datetime

from django import template
from django.utils import timezone

from hssk.kit import drawings, icons, numbers, words
from hssk.kit.dates import PartialDate

register = template.Library()

register.simple_tag(drawings.bar, name="bar")
register.simple_tag(drawings.columns, name="columns")
register.simple_tag(drawings.line, name="line")
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
    return numbers.format_percent(part, whole, words.language())


@register.filter
def share_of(part: int, whole: int) -> str:
    """{{ found|share_of:expected }} → 33.443/47.515 = 70,4 %."""
    return numbers.format_share(part, whole, words.language())


@register.filter
def day(value: date | PartialDate | None) -> str:
    """{{ batch.on|day }} → 13/3/2024; a partial date says what is known."""
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
def gap_to_goal(found: int, expected: int, goal: float) -> int:
    """{% gap_to_goal found expected 95 as gap %} how many people more reach the goal."""
    return numbers.people_to_goal(found, expected, goal)
