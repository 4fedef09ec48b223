"""Figures out of Observations: which codes are drawn, in what unit, and when one is out of range.

Codes are LOINC. Ranges: QĐ 3192/QĐ-BYT (31/8/2010) for blood pressure of adults, QĐ 5481/QĐ-BYT
(30/12/2020) for glucose and HbA1c. A range colours a figure; it decides nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

TEXTS: dict[str, str] = {
    "systolic": "Huyết áp tâm thu",
    "diastolic": "Huyết áp tâm trương",
    "glucose": "Đường huyết",
    "hba1c": "HbA1c",
    "weight": "Cân nặng",
    "height": "Chiều cao",
    "pulse": "Mạch",
    "temperature": "Nhiệt độ",
}
LOINC = "http://loinc.org"


@dataclass(frozen=True)
class Measure:
    """A figure that is followed over time, by name `TEXTS[key]`.

    `low` and `high` are the last usual values, if any.
    """

    key: str
    unit: str
    codes: tuple[str, ...]
    low: float | None = None
    high: float | None = None
    decimals: int = 0


MEASURES = (
    Measure("systolic", "mmHg", ("8480-6",), 90, 139),
    Measure("diastolic", "mmHg", ("8462-4",), 60, 89),
    Measure("glucose", "mmol/L", ("15074-8", "14749-6", "1558-6"), 3.9, 6.9, 1),
    Measure("hba1c", "%", ("4548-4",), None, 6.9, 1),
    Measure("weight", "kg", ("29463-7",), decimals=1),
    Measure("height", "cm", ("8302-2",)),
    Measure("pulse", "lần/phút", ("8867-4",), 60, 100),
    Measure("temperature", "°C", ("8310-5",), 36, 37.4, 1),
)
_BY_CODE = {code: measure for measure in MEASURES for code in measure.codes}


def is_unusual(measure: Measure, value: float) -> bool:
    """Whether a figure lies outside the usual range; False where there is none."""
    below = measure.low is not None and value < measure.low
    return below or (measure.high is not None and value > measure.high)


def figures_of(resource: Mapping[str, Any]) -> Iterator[tuple[Measure, float]]:
    """Every followed figure of an Observation, those of its components too."""
    for part in (resource, *(resource.get("component") or ())):
        value = (part.get("valueQuantity") or {}).get("value")
        if value is None:
            continue
        for coding in (part.get("code") or {}).get("coding") or ():
            if coding.get("system") == LOINC and coding.get("code") in _BY_CODE:
                yield _BY_CODE[coding["code"]], float(value)
                break
