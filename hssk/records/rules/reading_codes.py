"""Figures out of Observations: which are drawn, in what unit, and when one is out of range.

What tells a figure is in `codes/tests.csv`: a LOINC code, where a station or a clinical note gave
it; the name or the service, where a hospital did, whose codes of indices are its own. Units and
how they are converted: `codes/units.csv`. A figure in a unit that its measure does not know, or
that is only a bound (`<`, `≥`), is not drawn: a line in wrong units is worse than none.

Ranges: QĐ 3192/QĐ-BYT (31/8/2010) for blood pressure of adults, QĐ 5481/QĐ-BYT (30/12/2020) for
glucose and HbA1c; other figures have none here. A range colours a figure; it decides nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from hssk.kit.text import fold
from hssk.records.rules.tables import lines_of

TEXTS: dict[str, str] = {
    "systolic": "Huyết áp tâm thu",
    "diastolic": "Huyết áp tâm trương",
    "glucose": "Đường huyết",
    "hba1c": "HbA1c",
    "cholesterol": "Cholesterol toàn phần",
    "ldl": "LDL-C",
    "hdl": "HDL-C",
    "triglyceride": "Triglycerid",
    "creatinine": "Creatinin máu",
    "weight": "Cân nặng",
    "height": "Chiều cao",
    "waist": "Vòng bụng",
    "pulse": "Mạch",
    "temperature": "Nhiệt độ",
    "spo2": "SpO2",
}
LOINC = "http://loinc.org"
SERVICE = "urn:x-hssk:ma-dich-vu"  # of a claim: MA_DICH_VU, by QĐ 7603/QĐ-BYT where it can be
_CHEMISTRY = "23."  # its chapter of laboratory tests; each of them is of blood or not, by itself
_ENTRY = 7  # signs of a service that name it; those behind name its price


@dataclass(frozen=True)
class Measure:
    """A figure that is followed over time, by name `TEXTS[key]`.

    `low` and `high` are the last usual values, if any.
    """

    key: str
    unit: str
    low: float | None = None
    high: float | None = None
    decimals: int = 0


MEASURES = (
    Measure("systolic", "mmHg", 90, 139),
    Measure("diastolic", "mmHg", 60, 89),
    Measure("glucose", "mmol/L", 3.9, 6.9, 1),
    Measure("hba1c", "%", None, 6.9, 1),
    Measure("cholesterol", "mmol/L", decimals=1),
    Measure("ldl", "mmol/L", decimals=1),
    Measure("hdl", "mmol/L", decimals=1),
    Measure("triglyceride", "mmol/L", decimals=1),
    Measure("creatinine", "µmol/L"),
    Measure("weight", "kg", decimals=2),
    Measure("height", "cm", decimals=1),
    Measure("waist", "cm", decimals=1),
    Measure("pulse", "lần/phút", 60, 100),
    Measure("temperature", "°C", 36, 37.4, 1),
    Measure("spo2", "%"),
)
_MEASURES = {measure.key: measure for measure in MEASURES}


@dataclass(frozen=True)
class _Meant:
    """What a concept means: the measure, and the unit of a figure without one ("" for unknown)."""

    measure: str
    unit: str


def is_unusual(measure: Measure, value: float) -> bool:
    """Whether a figure lies outside the usual range; False where there is none."""
    below = measure.low is not None and value < measure.low
    return below or (measure.high is not None and value > measure.high)


def figures_of(resource: Mapping[str, Any]) -> Iterator[tuple[Measure, float]]:
    """Every followed figure of an Observation, in the unit of its measure; those of its components
    too."""
    for part in (resource, *(resource.get("component") or ())):
        quantity = part.get("valueQuantity") or {}
        if quantity.get("value") is None or quantity.get("comparator"):
            continue
        meant = _meant(part.get("code") or {})
        factors = meant and _units().get((meant.measure, _sign(quantity.get("unit") or meant.unit)))
        if meant and factors:
            factor, plus = factors
            yield _MEASURES[meant.measure], float(quantity["value"]) * factor + plus


def _meant(concept: Mapping[str, Any]) -> _Meant | None:
    service = ""
    for coding in concept.get("coding") or ():
        known = (
            _known("loinc").get(coding.get("code", "")) if coding.get("system") == LOINC else None
        )
        if known:
            return known
        if coding.get("system") == SERVICE:
            service = str(coding.get("code", ""))
    return _told_by(str(concept.get("text", "")), service)


@lru_cache(maxsize=20_000)
def _told_by(text: str, service: str) -> _Meant | None:
    """What a result of a hospital means, by its name and the service that it came of.

    A name is taken at its word unless the service is another test of the national list: "Glucose"
    may be of urine. What a hospital names by signs of its own counts beside the service alone.
    """
    name, entry = _plain(text), service[:_ENTRY]
    of_service = _known("service").get(entry)
    if of_name := _known("name").get(name):
        return of_name if of_service or not service.startswith(_CHEMISTRY) else None
    if of_service is None or not name:
        return of_service
    shorts = (said for said, of in _known("beside").items() if of.measure == of_service.measure)
    return of_service if any(f"{name} ".startswith(f"{said} ") for said in shorts) else None


def _plain(text: str) -> str:
    """A name without marks, signs, and words that it says twice on end: `[Máu] (máu)`."""
    spaced = "".join(sign if sign.isalnum() else " " for sign in fold(text).lower())
    return " ".join(word for word, _again in groupby(spaced.split()))


def _sign(unit: str) -> str:
    """A unit as people write it in many ways: `mmol/l`, `μmol/L` with either letter."""
    return "".join(unit.split()).lower().replace("μ", "µ").replace("umol", "µmol")


@cache
def _known(kind: str) -> dict[str, _Meant]:
    """The lines of one kind of the table of tests, by what they match."""
    return {
        line["match"]: _Meant(line["measure"], line["unit"])
        for line in lines_of("tests.csv")
        if line["kind"] == kind
    }


@cache
def _units() -> dict[tuple[str, str], tuple[float, float]]:
    """(measure, unit) → (factor, what is added), which make it the unit of the measure."""
    return {
        (line["measure"], _sign(line["unit"])): (float(line["factor"]), float(line["plus"]))
        for line in lines_of("units.csv")
    }
