"""How a claim writes moments, figures and staff."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

_CENT, _MILL = Decimal("0.01"), Decimal("0.001")


def day(value: date) -> str:
    """yyyymmdd."""
    return f"{value.year:04d}{value.month:02d}{value.day:02d}"


def moment(value: datetime) -> str:
    """yyyymmddHHMM."""
    return f"{day(value)}{value.hour:02d}{value.minute:02d}"


def cents(value: Decimal) -> Decimal:
    """Rounded to two places, half up, as amounts are."""
    return value.quantize(_CENT, ROUND_HALF_UP)


def amount(value: Decimal) -> str:
    """An amount of money with two places."""
    return str(cents(value))


def price(value: Decimal) -> str:
    """A price with three places."""
    return str(value.quantize(_MILL, ROUND_HALF_UP))


def quantity(value: Decimal) -> str:
    """A quantity, up to three places and none that say nothing."""
    text = str(value.quantize(_MILL, ROUND_HALF_UP))
    return text.rstrip("0").rstrip(".")


def doctor(facility: str, number: int) -> str:
    """The licence number of an invented doctor of the facility."""
    return f"{int(facility) % 1000:03d}{number % 9 + 1:03d}/BIA-GPHN"


def doctors_name(number: int) -> str:
    """A name that nobody bears."""
    ordinals = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín")
    return f"Bác Sĩ Giả Định {ordinals[number % 9]}"


def head_of(facility: str) -> str:
    """Ten digits of the invented head of the facility."""
    return f"12999{facility}"
