"""What is done to people: the only writers of this room's tables."""

from hssk.people.services.facts import move_facts, withdraw
from hssk.people.services.identity import merge, reapply_merges, refresh_people, unmerge

__all__ = ["merge", "move_facts", "reapply_merges", "refresh_people", "unmerge", "withdraw"]
