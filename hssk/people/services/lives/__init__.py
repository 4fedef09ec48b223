"""Births, names, deaths, records, books and departures, as acts by hand at a station:
docs/decisions/0020 and 0023.

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
from hssk.people.services.lives.booking import open_book, take_back_book
from hssk.people.services.lives.certified import (
    Certified,
    Telling,
    remove_certified,
    take_back_certified,
    write_certified,
)
from hssk.people.services.lives.deaths import (
    Died,
    death_of,
    record_death,
    take_back_death,
)
from hssk.people.services.lives.enrolling import (
    OPENED,
    SEEN,
    enrol,
    enrolments_of,
    take_back_enrolment,
)
from hssk.people.services.lives.inheriting import (
    also_about,
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
from hssk.people.services.lives.leaving import depart, may_let_go, take_back_departure
from hssk.people.services.lives.naming import amend, can_amend
from hssk.people.services.lives.standing import stand_again
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
    "OPENED",
    "SEEN",
    "STATION",
    "TELL_WITHIN",
    "Certified",
    "Child",
    "Died",
    "Newborn",
    "Telling",
    "Told",
    "Typed",
    "also_about",
    "amend",
    "can_amend",
    "death_of",
    "depart",
    "enrol",
    "enrolments_of",
    "inherit",
    "is_named",
    "keep",
    "keeping_people_from",
    "kept_records",
    "likely_children",
    "likely_strangers",
    "may_be_known",
    "may_let_go",
    "note_told",
    "open_book",
    "people_named",
    "record_births",
    "record_death",
    "record_stranger",
    "remember",
    "remove_certified",
    "reopen_kept",
    "said_to_be",
    "say_apart",
    "say_known",
    "stand_again",
    "take_back_book",
    "take_back_certified",
    "take_back_death",
    "take_back_departure",
    "take_back_enrolment",
    "told_of",
    "write_certified",
]
