"""The weights of evidence: data with their origin, learned by scripts/learn_weights.py.

Fellegi and Sunter (1969), with one more term: besides a stranger, the other person may be a member
of the same household, who shares surname, place and telephone. Twins, brothers and sisters, and a
parent's number on a child are told apart by that second comparison.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from hssk.exchange.linkage import levels, names
from hssk.exchange.linkage.table import FREQUENCIES

LEVELS: dict[str, tuple[str, ...]] = {
    "pid": levels.PID,
    "cmnd": levels.NUMBER,
    "bhxh": levels.NUMBER,
    "system_number": ("same",),
    "name": names.LEVELS,
    "birth": levels.BIRTH,
    "sex": levels.SEX,
    "place": levels.PLACE,
    "phone": levels.PHONE,
}
FIELDS = tuple(LEVELS)


@dataclass(frozen=True)
class FieldWeights:
    """Natural log-odds per level; the last element (index -1) is 0, for unknown."""

    random: NDArray[np.float32]
    household: NDArray[np.float32]
    frequency: NDArray[np.int8]  # index into FREQUENCIES, -1 none


@dataclass(frozen=True)
class Weights:
    """The weights of every field and the expectations before any evidence.

    second_entry    share of people with a second entry in one file
    duplicate       share of rows whose person another row of the file also names
    household_size  people who share a home
    """

    fields: dict[str, FieldWeights]
    second_entry: float
    duplicate: float
    household_size: float
    origin: str

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Weights":
        """From the structure of weights.json. KeyError when a level is missing."""
        return cls(
            fields={name: _field(data["fields"][name]["levels"], LEVELS[name]) for name in FIELDS},
            origin=data["origin"],
            **data["prior"],
        )


def _field(given: dict[str, dict[str, Any]], order: tuple[str, ...]) -> FieldWeights:
    rows = [given[level] for level in order]
    match = np.array([row["match"] for row in rows])
    return FieldWeights(
        random=_log_odds(match, np.array([row["random"] for row in rows])),
        household=_log_odds(match, np.array([row["household"] for row in rows])),
        frequency=np.array(
            [FREQUENCIES.index(r["frequency"]) if "frequency" in r else -1 for r in rows] + [-1],
            np.int8,
        ),
    )


def _log_odds(match: NDArray[np.float64], other: NDArray[np.float64]) -> NDArray[np.float32]:
    return np.append(np.log(match / other), 0.0).astype(np.float32)


PATH = Path(__file__).with_name("weights.json")
DEFAULT_WEIGHTS = Weights.of(json.loads(PATH.read_text(encoding="utf-8")))
