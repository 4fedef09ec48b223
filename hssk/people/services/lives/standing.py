"""What a hand wrote down stands again once files have come or were taken back."""

from hssk.people.services.homes_kept import departures_stand_again
from hssk.people.services.lives.deaths import deaths_stand_again


def stand_again() -> None:
    """Let the deaths and departures that stand be on those whom a file has brought anew."""
    deaths_stand_again()
    departures_stand_again()
