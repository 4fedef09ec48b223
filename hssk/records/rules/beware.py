"""Medicines of which everybody who treats must know: `codes/drugs.csv`.

Only what is taken for long is there: of heparin in a drip last month nobody need be warned.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

from hssk.kit.text import fold
from hssk.records.rules.tables import lines_of

ATC = "http://www.whocc.no/atc"


@cache
def _lines() -> tuple[tuple[str, str, str], ...]:
    """(warning, beginning of a word of the name, beginning of the ATC code) of each substance."""
    return tuple((line["beware"], line["match"], line["atc"]) for line in lines_of("drugs.csv"))


def substances() -> dict[str, tuple[str, ...]]:
    """Each warning with the beginnings of the words that name its substances, without marks."""
    found: dict[str, tuple[str, ...]] = {}
    for warning, match, _atc in _lines():
        found[warning] = (*found.get(warning, ()), match)
    return found


def warnings_of(resource: Mapping[str, Any], name: str) -> list[str]:
    """What a medicine warns of, each once: by a word of its name, which says the substance, or by
    its ATC code where it has one."""
    words = fold(name).lower().split()
    codings = (resource.get("medicationCodeableConcept") or {}).get("coding") or ()
    codes = [str(one.get("code", "")) for one in codings if one.get("system") == ATC]
    found = (
        warning
        for warning, match, atc in _lines()
        if any(word.startswith(match) for word in words) or any(c.startswith(atc) for c in codes)
    )
    return list(dict.fromkeys(found))
