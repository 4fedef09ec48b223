"""Births, names and deaths, as acts by hand at a station: docs/decisions/0020.

Each service takes who acts and looks itself whether the place is theirs; that the person is theirs
the view has seen. It then acts as the machine, for whom alone facts are written, and leaves a line
in the log.
"""

from hssk.people.services.lives.births import (
    STATION,
    Child,
    Newborn,
    likely_children,
    record_births,
)
from hssk.people.services.lives.deaths import (
    Died,
    death_of,
    record_death,
    stand_again,
    take_back_death,
)
from hssk.people.services.lives.inheriting import (
    inherit,
    is_named,
    keeping_people_from,
    people_named,
)
from hssk.people.services.lives.keeping import (
    KEPT,
    keep,
    kept_records,
    remember,
    reopen_kept,
)
from hssk.people.services.lives.known import (
    may_be_known,
    said_to_be,
    say_apart,
    say_known,
)
from hssk.people.services.lives.naming import amend, can_amend
from hssk.people.services.lives.strangers import (
    TELL_WITHIN,
    Typed,
    likely_strangers,
    note_told,
    record_stranger,
)
from hssk.people.services.lives.telling import Told, told_of

__all__ = [
    "KEPT",
    "STATION",
    "TELL_WITHIN",
    "Child",
    "Died",
    "Newborn",
    "Told",
    "Typed",
    "amend",
    "can_amend",
    "death_of",
    "inherit",
    "is_named",
    "keep",
    "keeping_people_from",
    "kept_records",
    "likely_children",
    "likely_strangers",
    "may_be_known",
    "note_told",
    "people_named",
    "record_births",
    "record_death",
    "record_stranger",
    "remember",
    "reopen_kept",
    "said_to_be",
    "say_apart",
    "say_known",
    "stand_again",
    "take_back_death",
    "told_of",
]
