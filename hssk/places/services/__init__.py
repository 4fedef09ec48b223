"""What is done with places: find units, draw maps, find or make hamlets and households."""

from hssk.places.services.areas import (
    hamlets_held,
    held,
    holds,
    lies_in,
    replaced_by,
    units_held,
)
from hssk.places.services.hamlets import (
    hamlets_for,
    hamlets_of_file,
    hamlets_on,
    households_for,
    in_order,
    name_hamlets,
    remove,
)
from hssk.places.services.maps import (
    Area,
    DrawnMap,
    Successor,
    assign_hamlet,
    lineage,
    on_map,
    successors,
    within,
)
from hssk.places.services.mark import as_marked, kept_while_places_stand, while_they_stand
from hssk.places.services.offices import Office, office_of
from hssk.places.services.organisations import (
    BadOrganisation,
    close_organisation,
    make_organisation,
    organisation_of_code,
)
from hssk.places.services.units import (
    Ambiguous,
    FormerCommunes,
    UnitNames,
    communes_of,
    unit_named,
    unit_of_key,
    unit_on,
    units_named,
)

__all__ = [
    "Ambiguous",
    "Area",
    "BadOrganisation",
    "DrawnMap",
    "FormerCommunes",
    "Office",
    "Successor",
    "UnitNames",
    "as_marked",
    "assign_hamlet",
    "close_organisation",
    "communes_of",
    "hamlets_for",
    "hamlets_held",
    "hamlets_of_file",
    "hamlets_on",
    "held",
    "holds",
    "households_for",
    "in_order",
    "kept_while_places_stand",
    "lies_in",
    "lineage",
    "make_organisation",
    "name_hamlets",
    "office_of",
    "on_map",
    "organisation_of_code",
    "remove",
    "replaced_by",
    "successors",
    "unit_named",
    "unit_of_key",
    "unit_on",
    "units_held",
    "units_named",
    "while_they_stand",
    "within",
]
