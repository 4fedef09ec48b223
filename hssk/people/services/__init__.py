"""What is done to people: the only writers of this room's tables."""

from hssk.people.services import lives, moves
from hssk.people.services.care import (
    Event,
    Opening,
    care_of,
    care_units,
    close_care,
    end_all,
    end_basis,
    first_contacts,
    leave_first_contact,
    open_care,
    open_many,
    registered_with,
    station_at,
)
from hssk.people.services.emergency import Reason, break_glass, emergency_set
from hssk.people.services.facts import move_facts, places_of_nobody, withdraw
from hssk.people.services.finding import found_exactly, one_try_at_a_time
from hssk.people.services.guardians import (
    change_custody,
    end_guardian,
    guardians_of,
    life_of,
    opened_to,
    record_guardian,
)
from hssk.people.services.identity import (
    EthnicityCodes,
    keys_of,
    merge,
    reapply_merges,
    refresh_people,
    roots_of,
    unmerge,
)
from hssk.people.services.labels import label_of_move, label_of_row
from hssk.people.services.living import Homes, beside, homes_of
from hssk.people.services.memberships import (
    members_of,
    members_of_each,
    organisations_met,
    write_memberships,
)
from hssk.people.services.objecting import (
    object_to_lists,
    objections,
    objectors,
    withdraw_objection,
)
from hssk.people.services.registering import facilities_of
from hssk.people.services.searching import households_of, search
from hssk.people.services.verifying import take_verifying_back, verifications, verify

__all__ = [
    "EthnicityCodes",
    "Event",
    "Homes",
    "Opening",
    "Reason",
    "beside",
    "break_glass",
    "care_of",
    "care_units",
    "change_custody",
    "close_care",
    "emergency_set",
    "end_all",
    "end_basis",
    "end_guardian",
    "facilities_of",
    "first_contacts",
    "found_exactly",
    "guardians_of",
    "homes_of",
    "households_of",
    "keys_of",
    "label_of_move",
    "label_of_row",
    "leave_first_contact",
    "life_of",
    "lives",
    "members_of",
    "members_of_each",
    "merge",
    "move_facts",
    "moves",
    "object_to_lists",
    "objections",
    "objectors",
    "one_try_at_a_time",
    "open_care",
    "open_many",
    "opened_to",
    "organisations_met",
    "places_of_nobody",
    "reapply_merges",
    "record_guardian",
    "refresh_people",
    "registered_with",
    "roots_of",
    "search",
    "station_at",
    "take_verifying_back",
    "unmerge",
    "verifications",
    "verify",
    "withdraw",
    "withdraw_objection",
    "write_memberships",
]
