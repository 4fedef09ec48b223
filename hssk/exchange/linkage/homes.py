"""The household as evidence: its telephones, and its mothers' names on infants."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.linkage import names
from hssk.exchange.linkage.blocking import Index, distinct, mix
from hssk.exchange.linkage.table import Table

_INFANT_YEARS = 2  # calendar years before the youngest in which a child may lack its own name


@dataclass(frozen=True)
class Homes:
    """What is known of households, as sorted keys.

    phones  (household, telephone of one of its people);  women  (household, name of a woman of it)
    """

    phones: NDArray[np.int64]
    women: NDArray[np.int64]


def homes_of(table: Table, home: NDArray[np.int64]) -> Homes:
    """What the people of each household bring to it.

    home   the household of each entry, 0 unknown; may be more than the entries themselves say
    """
    names_ = table.names.folded_key[table.names.of_entry]
    women = mix(home, np.where(table.sex == 1, 0, names_))
    return Homes(distinct(mix(home, table.phone)), distinct(women))


def compare_names(table: Table, homes: Homes, a: Index, b: Index) -> NDArray[np.int8]:
    """As `names.compare`; an infant may stand under the name of a woman of the household."""
    one, other = table.names.of_entry[a], table.names.of_entry[b]
    level = names.compare(table.names, one, other)
    if len(homes.women):
        born = int(table.birth.max()) // 10000 - _INFANT_YEARS
        young = (table.birth[a] // 10000 >= born) & (table.birth[b] // 10000 >= born)
        rest = np.flatnonzero((level >= names.NEAR_GIVEN) & young)
        mother = table.names.mother_key
        found = _listed(homes.women, mix(table.home[a[rest]], mother[other[rest]]))
        found |= _listed(homes.women, mix(table.home[b[rest]], mother[one[rest]]))
        level[rest[found]] = names.MOTHERS
    return level


def compare_phones(table: Table, homes: Homes, a: Index, b: Index) -> NDArray[np.int8]:
    """How the telephones of pairs (a, b) agree: 0 the same, 1 that of somebody in the other's
    home, 2 another, -1 not known of one of them and of nobody at home.
    """
    one, other = table.phone[a], table.phone[b]
    level = np.full(len(a), -1, np.int8)
    both = (one != 0) & (other != 0)
    level[both] = 2
    level[both & (one == other)] = 0
    rest = np.flatnonzero((level != 0) & ((one != 0) | (other != 0)))
    if len(homes.phones) and len(rest):
        shared = _listed(homes.phones, mix(table.home[a[rest]], other[rest]))
        shared |= _listed(homes.phones, mix(table.home[b[rest]], one[rest]))
        level[rest[shared]] = 1
    return level


def _listed(among: NDArray[np.int64], keys: NDArray[np.int64]) -> NDArray[np.bool_]:
    at = np.minimum(np.searchsorted(among, keys), len(among) - 1)
    return (among[at] == keys) & (keys != 0)
