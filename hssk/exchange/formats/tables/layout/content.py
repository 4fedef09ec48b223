"""Telling what a column holds by looking at its cells, when its header says nothing."""

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from hssk.exchange.formats.tables.layout.titles import looks_like_hamlet
from hssk.kit.text import clean, fold

SAMPLE = 300  # cells looked at per column
_ENOUGH = 0.6  # of the filled cells must agree

_DATE = re.compile(
    r"^\s*\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*(\d{4}|\d{2})\b|^\s*(18|19|20)\d\d[/.\-]"
)
_SEX = {"nam", "nu", "male", "female", "trai", "gai"}
# the 54 peoples as lists write them, but for the Co, which reads as "có"
_PEOPLES = {
    "kinh", "tay", "thai", "hoa", "khmer", "kho me", "muong", "nung", "mong", "h mong", "hmong",
    "dao", "gia rai", "ngai", "e de", "ede", "ba na", "xo dang", "san chay", "co ho", "cham",
    "san diu", "hre", "mnong", "m nong", "ra glai", "raglai", "xtieng", "bru van kieu", "van kieu",
    "tho", "giay", "day", "co tu", "gie trieng", "ma", "kho mu", "ta oi", "cho ro", "khang",
    "xinh mun", "ha nhi", "chu ru", "lao", "la chi", "la ha", "phu la", "la hu", "lu", "lo lo",
    "chut", "mang", "pa then", "co lao", "cong", "bo y", "si la", "pu peo", "brau", "o du",
    "ro mam",
}  # fmt: skip
_RELATION = re.compile(
    r"(chu ho|vo|chong|con|bo|me|cha|chau|chat|anh|chi|em|ong|ba|co|di|chu|bac|cau|mo)"
    r"( (trai|gai|de|nuoi|re|dau|ruot|noi|ngoai|vo|chong|ho|rieng|ut|ca|ke|me))*"
)
_TICKS = {"x", "v", "co", "khong", "k", "ko"}
_SYSTEM = re.compile(r"^[A-Za-z]{1,5}\d*[-_./]?\d{4,}$")


def _digits(value: Any) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str | int) and not isinstance(value, bool):
        return str(value).replace(" ", "").replace(".", "").lstrip("'")
    return ""


def _is_pid(value: Any) -> bool:
    text = _digits(value)
    if not text.isdecimal() or len(text) not in (9, 11, 12):
        return False
    return len(text) == 9 or text.zfill(12)[0] == "0"


def _is_card(value: Any) -> bool:
    return bool(re.match(r"^[A-Za-z]{2}\d{13}$", _digits(value)))


def _is_phone(value: Any) -> bool:
    return bool(re.match(r"^(0|\+?84)?[35789]\d{8}$", _digits(value)))


def _is_bhxh(value: Any) -> bool:
    return bool(re.match(r"^\d{10}$", _digits(value)))


def _is_date(value: Any) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and bool(_DATE.match(value)))


def _is_year(value: Any) -> bool:
    text = _digits(value)
    return len(text) == 4 and text.isdecimal() and 1880 <= int(text) <= 2100


def _is_sex(value: Any) -> bool:
    return isinstance(value, str) and fold(value) in _SEX


def _is_people(value: Any) -> bool:
    return isinstance(value, str) and re.sub(r"['’-]", " ", fold(value)) in _PEOPLES


def _is_relation(value: Any) -> bool:
    return isinstance(value, str) and bool(_RELATION.fullmatch(fold(value)))


def _is_hamlet(value: Any) -> bool:
    return isinstance(value, str) and looks_like_hamlet(value)


def _is_system(value: Any) -> bool:
    return isinstance(value, str) and bool(_SYSTEM.match(value.strip())) and not _is_card(value)


def is_name(value: Any) -> bool:
    """Whether a cell reads like somebody's full name: two to seven words of letters."""
    if not isinstance(value, str):
        return False
    words = clean(value).split(" ")
    return 2 <= len(words) <= 7 and all(word.replace("'", "").isalpha() for word in words)


# the narrower test stands first; a name is what is left of words
_TESTS: tuple[tuple[str, Callable[[Any], bool]], ...] = (
    ("card", _is_card),
    ("birth", _is_date),
    ("sex", _is_sex),
    ("relation", _is_relation),
    ("ethnicity", _is_people),
    ("hamlet", _is_hamlet),
    ("phone", _is_phone),
    ("bhxh", _is_bhxh),
    ("id", _is_pid),
    ("system_number", _is_system),
    ("birth", lambda value: _is_year(value) or _is_date(value)),
    ("name", is_name),
)


def filled_sample(rows: Sequence[Sequence[Any]], column: int) -> list[Any]:
    """Up to SAMPLE filled cells of `column`."""
    kept = []
    for row in rows:
        value = row[column] if column < len(row) else None
        if value is not None and value != "":
            kept.append(value)
            if len(kept) == SAMPLE:
                break
    return kept


def content_field(values: list[Any]) -> tuple[str, float]:
    """(field, share of cells that agree) for filled cells; ("", 0) when nothing fits."""
    if not values:
        return "", 0.0
    for name, test in _TESTS:
        share = sum(map(test, values)) / len(values)
        if share >= _ENOUGH and not (name == "name" and _repeats(values)):
            return name, share
    return "", 0.0


def _repeats(values: list[Any]) -> bool:
    """Whether few different texts fill the column, as with a status or a place, unlike names."""
    return len(values) >= 20 and len(set(values)) * 4 < len(values)


def dates_or_marks(values: list[Any]) -> str:
    """Whether a column headed Nam or Nữ holds birth dates ("birth") or ticks ("sex")."""
    dates = sum(1 for value in values if _is_date(value) or _is_year(value))
    return "birth" if dates * 2 > len(values) else "sex"


def given_names(values: list[Any]) -> bool:
    """Whether cells hold given names, as the right half of a name written in two columns does."""
    texts = [clean(value) for value in values if isinstance(value, str)]
    short = [t for t in texts if len(t.split(" ")) <= 3 and t.replace(" ", "").isalpha()]
    return (
        bool(values)
        and len(short) >= len(values) * 0.8
        and not {fold(text) for text in short} <= _TICKS
        and content_field(values)[0] in ("", "name")
    )
