"""Who looked at somebody without treating them, as the record tells it to whoever does."""

from typing import Any
from uuid import UUID

from hssk.access.services.telling import in_words
from hssk.records.services import looked_at

_MOST = 10  # of the last looks that the page tells


def looked_lines(person: UUID) -> dict[str, Any]:
    """The last looks at a person in care, in words, and how many there were in all."""
    found = looked_at(person, most=_MOST)
    return {
        "count": found.count,
        "lines": [
            {"at": line.look.at, "who": "; ".join(line.posts), "act": line.act, "basis": line.basis}
            for line in in_words(found.looks)
        ],
    }
