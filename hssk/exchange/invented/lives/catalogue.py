"""The code material of invented lives: diagnoses, medicines, services, indices, facilities.

Each CSV beside this file names the source of every line where one exists. Codes of medicines,
services, materials and indices are invented in the shape of the annexes and start with 90 or CS.,
so that none can be taken for a real entry of a list.
"""

import csv
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
HOSPITAL, CENTRE, STATION = "hospital", "centre", "station"


@dataclass(frozen=True, slots=True)
class Facility:
    """`code` is five characters; a station serves `commune`, "" for a hospital or centre."""

    code: str
    name: str
    level: str
    commune: str


@dataclass(frozen=True, slots=True)
class Medicine:
    """`price` in đồng a unit; `per_take` units at each of `takes` times a day."""

    key: str
    code: str
    name: str
    strength: str
    unit: str
    form: str
    route: str
    group: str
    price: Decimal
    per_take: Decimal
    takes: int


@dataclass(frozen=True, slots=True)
class Index:
    """One figure or finding; `words` for findings: the first is the normal one."""

    key: str
    code: str
    name: str
    unit: str
    low: float | None
    high: float | None
    decimals: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Service:
    """`group` is MA_NHOM; `indices` are what it measures, empty for what has no result."""

    key: str
    code: str
    name: str
    unit: str
    group: str
    price: Decimal
    indices: tuple[Index, ...]
    machine: str
    icd9: str


@dataclass(frozen=True, slots=True)
class Material:
    """A medical material; `price` in đồng."""

    key: str
    code: str
    name: str
    unit: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class Acute:
    """How often an acute illness brings people of four ages to care, when, and what is done.

    `stay` of a hundred are kept for about `days`; `abnormal` are indices outside their range.
    """

    code: str
    weights: tuple[int, int, int, int]
    months: tuple[int, ...]
    sex: int
    stay: int
    days: int
    ward: str
    medicines: tuple[str, ...]
    services: tuple[str, ...]
    abnormal: tuple[str, ...]
    complaint: str
    companions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chronic:
    """A long illness: who has it by age (`curve`: age, per cent) and what its visits hold."""

    key: str
    code: str
    companions: tuple[tuple[str, int], ...]
    kind: str
    every: int
    in_care: int
    curve: tuple[tuple[float, float], ...]
    sex: int
    medicines: tuple[str, ...]
    services: tuple[str, ...]
    services_every: int
    measures: str
    complaint: str
    programme: str


def _lines(name: str) -> list[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@cache
def diagnoses() -> dict[str, str]:
    """Vietnamese name of each code used here."""
    return {line["code"]: line["name"] for line in _lines("diagnoses.csv")}


@cache
def facilities() -> dict[str, Facility]:
    """By code."""
    return {
        line["code"]: Facility(line["code"], line["name"], line["level"], line["commune"])
        for line in _lines("facilities.csv")
    }


@cache
def stations() -> tuple[Facility, ...]:
    """The commune stations, in order of code."""
    return tuple(f for f in facilities().values() if f.level == STATION)


@cache
def medicines() -> dict[str, Medicine]:
    """By key."""
    return {
        line["key"]: Medicine(
            key=line["key"],
            code=line["code"],
            name=line["name"],
            strength=line["strength"],
            unit=line["unit"],
            form=line["form"],
            route=line["route"],
            group=line["group"],
            price=Decimal(line["price"]),
            per_take=Decimal(line["per_take"]),
            takes=int(line["takes"]),
        )
        for line in _lines("medicines.csv")
    }


@cache
def indices() -> dict[str, Index]:
    """By key."""
    return {
        line["key"]: Index(
            line["key"],
            line["code"],
            line["name"],
            line["unit"],
            float(line["low"]) if line["low"] else None,
            float(line["high"]) if line["high"] else None,
            int(line["decimals"]),
            tuple(line["text"].split("|")) if line["text"] else (),
        )
        for line in _lines("indices.csv")
    }


@cache
def services() -> dict[str, Service]:
    """By key."""
    known = indices()
    return {
        line["key"]: Service(
            key=line["key"],
            code=line["code"],
            name=line["name"],
            unit=line["unit"],
            group=line["group"],
            price=Decimal(line["price"]),
            indices=tuple(known[key] for key in line["indices"].split()),
            machine=line["machine"],
            icd9=line["icd9"],
        )
        for line in _lines("services.csv")
    }


@cache
def materials() -> dict[str, Material]:
    """By key."""
    return {
        line["key"]: Material(
            line["key"], line["code"], line["name"], line["unit"], Decimal(line["price"])
        )
        for line in _lines("materials.csv")
    }


@cache
def acute() -> dict[str, Acute]:
    """By code of the illness."""
    return {
        line["code"]: Acute(
            line["code"],
            (int(line["infant"]), int(line["pupil"]), int(line["grown"]), int(line["old"])),
            tuple(int(month) for month in line["months"].split()),
            int(line["sex"] or 0),
            int(line["stay"]),
            int(line["days"]),
            line["ward"],
            tuple(line["medicines"].split()),
            tuple(line["services"].split()),
            tuple(line["abnormal"].split()),
            line["complaint"],
            tuple(line["companions"].split()),
        )
        for line in _lines("acute.csv")
    }


@cache
def chronic() -> dict[str, Chronic]:
    """By key."""
    return {line["key"]: _chronic(line) for line in _lines("chronic.csv")}


def _chronic(line: dict[str, str]) -> Chronic:
    pairs = [tuple(text.split(":")) for text in line["companions"].split()]
    curve = [tuple(text.split(":")) for text in line["curve"].split()]
    return Chronic(
        key=line["key"],
        code=line["code"],
        companions=tuple((code, int(share)) for code, share in pairs),
        kind=line["kind"],
        every=int(line["every"]),
        in_care=int(line["share_in_care"]),
        curve=tuple((float(age), float(share)) for age, share in curve),
        sex=int(line["sex"] or 0),
        medicines=tuple(line["medicines"].split()),
        services=tuple(line["services"].split()),
        services_every=int(line["services_every"]),
        measures=line["measures"],
        complaint=line["complaint"],
        programme=line["programme"],
    )
