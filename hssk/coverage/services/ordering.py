"""The one order of every list, page, workbook and file: commune, hamlet, household, person."""

from functools import lru_cache

from hssk.kit.text import natural_sort_key

_key = lru_cache(maxsize=50_000)(natural_sort_key)


def natural(text: str) -> tuple[bool, str]:
    """Where a name of a place or a number of a household stands; those without one at the end."""
    return (not text, _key(text))


def place_order(*, commune: str, hamlet: str, hamlet_id: int) -> tuple:
    """Where a hamlet stands: by its commune, then by its name; the hamlet not known at the end."""
    return (natural(commune), natural(hamlet), hamlet_id)


def household_order(number: str, household_id: int | None) -> tuple:
    """Where a household stands in its hamlet: 2, 10, 10A, no number, no household."""
    return (household_id is None, natural(number), household_id or 0)
