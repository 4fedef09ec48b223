"""What is done to people: the only writers of this room's tables."""

from hssk.people.services.facts import move_facts, places_of_nobody, withdraw
from hssk.people.services.identity import (
    EthnicityCodes,
    keys_of,
    merge,
    reapply_merges,
    refresh_people,
    unmerge,
)

__all__ = [
    "EthnicityCodes",
    "keys_of",
    "merge",
    "move_facts",
    "places_of_nobody",
    "reapply_merges",
    "refresh_people",
    "unmerge",
    "withdraw",
]
