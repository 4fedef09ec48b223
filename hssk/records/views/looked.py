"""Who looked at somebody, as their record tells it to whoever treats them."""

from typing import Any
from uuid import UUID

from hssk.access.services.telling import in_words
from hssk.records.services import looked_at

_MOST = 10  # of the last looks that the page tells


def looked_lines(person: UUID) -> dict[str, Any]:
    """The last looks at a person in care, in words, and how many there were in all."""
    found = looked_at(person, most=_MOST)
    words = in_words(look for look, _own in found.looks)
    return {
        "count": found.count,
        "lines": [
            {"at": line.look.at, "own": own, "who": "; ".join(line.posts), "act": line.act,
             "basis": line.basis}
            for line, (_look, own) in zip(words, found.looks, strict=True)
        ],
    }  # fmt: skip
