"""The vital signs that clinical notes carry in shorthand: CSST<M75_T37_HA120/70_NT18_SP97_HL2>.

M pulse, T temperature, HA blood pressure, NT breaths, SP oxygen, HL level of nursing (left here).
Source: QĐ 4750/QĐ-BYT, XML5, DIEN_BIEN_LS; its own example has a blank in the middle.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from html import unescape

_NAME = "HA|HL|NT|SPO2|SP|M|T"
_NUMBER = r"\d{1,3}(?:[.,]\d{1,2})?"
_GAP = r"\s{0,9}"  # never `\s*` twice in a row: a note of blanks would take for ever
_PART = rf"({_NAME}){_GAP}[:=]?{_GAP}({_NUMBER})(?:{_GAP}/{_GAP}(\d{{1,3}}))?"
_IN_BRACKETS = r"[<(\[{]([^<>()\[\]{}]{0,200})"
_NEXT = rf"[\s_,;]{{0,9}}(?:{_NAME}){_GAP}[:=]?{_GAP}{_NUMBER}(?:{_GAP}/{_GAP}\d{{1,3}})?"
_BARE = rf"((?:{_NEXT}){{1,20}})"
_SHORTHAND = re.compile(
    rf"CSST{_GAP}[:=]?{_GAP}(?:{_IN_BRACKETS}|{_BARE})", re.IGNORECASE | re.ASCII
)
_ONE = re.compile(rf"(?<![A-Z]){_PART}", re.IGNORECASE | re.ASCII)
_NUMBER_FIRST = re.compile(rf"{_NUMBER}(?![\d.,])", re.ASCII)
_TWO = re.compile(rf"(\d{{2,3}}){_GAP}/{_GAP}(\d{{2,3}})(?!\d)", re.ASCII)
# What a living person can show; beyond it, somebody mistyped.
_POSSIBLE = {
    "M": (20, 300), "T": (25, 45), "NT": (4, 120), "SP": (30, 100),
    "systolic": (40, 300), "diastolic": (20, 200),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Vitals:
    """One reading; None for what was not measured or cannot be.

    pulse per minute, temperature in °C, systolic and diastolic in mmHg (both or neither),
    respiration per minute, spo2 in percent.
    """

    pulse: Decimal | None = None
    temperature: Decimal | None = None
    systolic: Decimal | None = None
    diastolic: Decimal | None = None
    respiration: Decimal | None = None
    spo2: Decimal | None = None


def vitals_in(text: str) -> list[Vitals]:
    """The readings in a clinical note, in its order; those that say nothing are left out.

    Escaped twice, in other brackets or in none, with commas for points: all read alike.
    """
    plain = unescape(unescape(text))
    readings = (_reading(found[1] or found[2] or "") for found in _SHORTHAND.finditer(plain))
    return [reading for reading in readings if reading != Vitals()]


def _reading(shorthand: str) -> Vitals:
    said: dict[str, tuple[str, str]] = {}
    for name, value, second in _ONE.findall(shorthand.replace("_", " ")):
        said.setdefault(name.upper().removesuffix("O2"), (value, second))
    systolic, diastolic = _pressure(*said.get("HA", ("", "")))
    return Vitals(
        pulse=_within("M", said.get("M", ("", ""))[0]),
        temperature=_temperature(said.get("T", ("", ""))[0]),
        systolic=systolic,
        diastolic=diastolic,
        respiration=_within("NT", said.get("NT", ("", ""))[0]),
        spo2=_within("SP", said.get("SP", ("", ""))[0]),
    )


def vitals_told(*, pulse: str, temperature: str, pressure: str, respiration: str) -> Vitals:
    """One reading of texts that each begin with their number: `78`, `36,5 °C`, `120/80 mmHg`."""
    found = _TWO.match(pressure)
    systolic, diastolic = _pressure(*(found.groups() if found else ("", "")))
    return Vitals(
        pulse=_within("M", _leading(pulse)),
        temperature=_temperature(_leading(temperature)),
        systolic=systolic,
        diastolic=diastolic,
        respiration=_within("NT", _leading(respiration)),
    )


def _leading(text: str) -> str:
    found = _NUMBER_FIRST.match(text)
    return found[0] if found else ""


def _pressure(systolic: str, diastolic: str) -> tuple[Decimal | None, Decimal | None]:
    """Both or neither: one of them alone, or the two the wrong way round, says nothing."""
    high, low = _within("systolic", systolic), _within("diastolic", diastolic)
    return (None, None) if high is None or low is None or low >= high else (high, low)


def _temperature(text: str) -> Decimal | None:
    """Degrees; `375` lost its point, and in `370` the sign for degrees became a nought."""
    if len(text) == 3 and text.isdecimal():
        text = f"{text[:2]}.{text[2]}"
    return _within("T", text)


def _within(what: str, text: str) -> Decimal | None:
    lowest, highest = _POSSIBLE[what]
    value = Decimal(text.replace(",", ".")) if text else Decimal(0)
    return value if lowest <= value <= highest else None
