"""Learn the weights of linkage from invented cities, whose truth is known.

    .venv/bin/python scripts/learn_weights.py        writes hssk/exchange/linkage/weights.json

For each level of agreement of each field it counts how often the level occurs among pairs of one
person, of two strangers, and of two members of one household. What the weights said before is kept
as if it had been seen some times, and a level that invented matches do not show keeps its weight.
No real data go in; the product needs none of this at run time.
"""

import json
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.invented import Dirt, invent
from hssk.exchange.linkage import Entries
from hssk.exchange.linkage.homes import homes_of
from hssk.exchange.linkage.scoring import agreement
from hssk.exchange.linkage.table import FREQUENCIES, Table, lay
from hssk.exchange.linkage.weights import LEVELS, PATH

Index = NDArray[np.int64]
Counts = dict[str, NDArray[np.float64]]
PEOPLE, STRANGERS = 40_000, 3_000_000
# seeds no test or bench uses
CITIES = (
    (9101, Dirt.usual()),
    (9102, Dirt.usual()),
    (9103, Dirt.few_identifiers()),
    (9104, Dirt.rough()),
)
# what the old weight counts for, in pairs seen
KEEP = {"match": 2_500.0, "random": 30_000.0, "household": 4_000.0}
SHOWN = 20  # a level that fewer matches show is left as it was, in all three respects
RARE = 60.0  # … and in expected agreements, where a frequency multiplies


def cities() -> Iterator[tuple[Table, NDArray[np.int32], NDArray[np.int32]]]:
    """Tables of invented rosters and records, with the true person of each row."""
    for seed, dirt in CITIES:
        city = invent(PEOPLE, seed=seed, dirt=dirt)
        roster = Entries.from_columns(**city.entries("roster"))
        records = Entries.from_columns(**city.entries("records"))
        roster.person[:] = np.arange(len(roster))
        yield lay(roster, records), city.roster_truth, city.records_truth


def matches(roster: NDArray[np.int32], records: NDArray[np.int32]) -> tuple[Index, Index]:
    """Rows of both files that are about one person."""
    order = np.argsort(roster, kind="stable")
    at = np.searchsorted(roster[order], records)
    found = np.flatnonzero((at < len(order)) & (roster[order[at % len(order)]] == records))
    return order[at[found]], found


def housemates(table: Table, a: Index, b: Index) -> tuple[Index, Index]:
    """For the record b of a roster row a the other rows of its household, those near it."""
    pairs = []
    for step in (-3, -2, -1, 1, 2, 3):
        other = np.clip(a + step, 0, table.known - 1)
        kin = (table.home[other] == table.home[a]) & (other != a)
        pairs.append((other[kin], b[kin]))
    return np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs])


def count(table: Table, a: Index, b: Index) -> tuple[Counts, Counts]:
    """How often each level occurs, and the mean frequency of the values that might have agreed."""
    found = agreement(table, homes_of(table, table.home), a, b)
    levels = {
        field: np.bincount(level[level >= 0], minlength=len(LEVELS[field])).astype(float)
        for field, level in found.items()
    }
    common = {kind: np.exp(table.frequency[kind][a].astype(np.float64)) for kind in table.frequency}
    shares = {
        field: np.array([common[kind][found[field] >= 0].sum() for kind in table.frequency])
        for field in found
    }
    return levels, shares


def learn() -> dict[str, dict[str, Counts]]:
    """Counts over all cities of the three kinds of pairs."""
    total: dict[str, dict[str, Counts]] = {}
    dice = np.random.default_rng(9100)
    for table, roster, records in cities():
        row, record = matches(roster, records)
        stranger = dice.integers(0, table.known, STRANGERS)
        unknown = dice.integers(0, len(records), STRANGERS)
        apart = roster[stranger] != records[unknown]
        kinds = {
            "match": (row, record),
            "household": housemates(table, row, record),
            "random": (stranger[apart], unknown[apart]),
        }
        for kind, (a, b) in kinds.items():
            levels, shares = count(table, a, b + table.known)
            seen = total.setdefault(kind, {"levels": {}, "shares": {}})
            for field in levels:
                seen["levels"][field] = seen["levels"].get(field, 0) + levels[field]
                seen["shares"][field] = seen["shares"].get(field, 0) + shares[field]
    return total


def weigh(old: dict, total: dict[str, dict[str, Counts]], kinds: list[str]) -> dict:
    """The old weights moved to what was counted."""
    for field, names in LEVELS.items():
        for index, name in enumerate(names):
            level = old["fields"][field]["levels"][name]
            if total["match"]["levels"][field][index] < SHOWN:
                continue
            for kind, keep in KEEP.items():
                counts = total[kind]["levels"][field]
                if kind == "random" and "frequency" in level:
                    expected = total[kind]["shares"][field][kinds.index(level["frequency"])]
                    value = (counts[index] + RARE * level[kind]) / (expected + RARE)
                elif counts.sum():
                    value = (counts[index] + keep * level[kind]) / (counts.sum() + keep)
                else:
                    value = level[kind]
                level[kind] = float(f"{value:.3g}")
    return old


def main() -> None:
    """Read the weights, learn, write them back."""
    old = json.loads(PATH.read_text(encoding="utf-8"))
    new = weigh(old, learn(), list(FREQUENCIES))
    new["origin"] = (
        "Counted by scripts/learn_weights.py on four invented cities of 40,000 people "
        "(seeds 9101 to 9104; usual, usual, few identifiers, rough); set by hand where these show "
        "fewer than 20 pairs."
    )
    PATH.write_text(json.dumps(new, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
