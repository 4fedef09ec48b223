"""Small words in cells: names, sex, phones, ticks, counts."""

import re
from datetime import date
from typing import Any
from unicodedata import is_normalized

from hssk.exchange.formats.tables.cells.ids import as_digits
from hssk.kit.text import clean, fold

_SEX = {
    "nam": 1, "m": 1, "male": 1, "1": 1, "trai": 1, "con trai": 1, "nam gioi": 1, "ong": 1,
    "nu": 2, "f": 2, "female": 2, "2": 2, "gai": 2, "con gai": 2, "nu gioi": 2, "ba": 2,
    "0": 0, "3": 0, "": 0, "-": 0, "khac": 0, "khong ro": 0, "chua xac dinh": 0,
    "khong xac dinh": 0,
}  # fmt: skip
_NO = {"", "0", "-", "k", "ko", "khong", "chua", "no", "n", "false", "chua cai", "khong cai"}
_PHONE_PARTS = re.compile(r"[/;,\n|&]|\s+[-–]\s+|\s+(?:và|va|hoặc)\s+|\s{2,}")
_FACILITY = re.compile(r"[0-9]{2}[0-9A-Za-z]{3}")
_PHONE = re.compile(r"^0(?:[35789]\d{8}|2\d{8,9})$")
# mobile numbers of 11 digits became 10 in 2018 (Bộ TT&TT, KH 798/2018)
_OLD_PREFIXES = {
    "0120": "070", "0121": "079", "0122": "077", "0126": "076", "0128": "078",
    "0123": "083", "0124": "084", "0125": "085", "0127": "081", "0129": "082",
    "0162": "032", "0163": "033", "0164": "034", "0165": "035", "0166": "036",
    "0167": "037", "0168": "038", "0169": "039", "0186": "056", "0188": "058", "0199": "059",
}  # fmt: skip
_PHONE_BLANKS = {"", "-", "--", "x", "0", "khong", "khong co", "chua co", "null", "n/a", "k", "ko"}


def read_text(value: Any) -> tuple[str, str]:
    """A cell as tidy text: NFC, single spaces; a whole number without its decimal point."""
    if value is None:
        return "", ""
    if isinstance(value, str):
        return (value if _is_tidy(value) else clean(value)), ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value)), ""
    return clean(str(value)), ""


def _is_tidy(text: str) -> bool:
    """Whether `clean` would leave a text as it is. Of blanks only the space prints, and nothing
    does that has no width."""
    return (
        text.isprintable()
        and "  " not in text
        and text[:1] != " " != text[-1:]
        and is_normalized("NFC", text)
    )


def read_name(value: Any) -> tuple[str, str]:
    """A name as written; `not_a_name` for digits or signs without a letter."""
    text, _ = read_text(value)
    if text[:1].isalpha():
        return text, ""
    if not text or text in "-–?.":
        return "", ""
    if isinstance(value, date) or not any(map(str.isalpha, text)):
        return "", "not_a_name"
    return text, ""


def read_sex(value: Any) -> tuple[int, str]:
    """0 unknown, 1 nam, 2 nữ."""
    text = fold(read_text(value)[0]).strip(" .")
    found = _SEX.get(text)
    if found is not None:
        return found, ""
    return 0, "sex_odd"


def read_tick(value: Any) -> tuple[bool, str]:
    """Whether a yes-or-no cell says yes: x, có, 1, a date; anything but a no."""
    if isinstance(value, bool):
        return value, ""
    return fold(read_text(value)[0]) not in _NO, ""


def read_count(value: Any) -> tuple[int | None, str]:
    """A whole number from 0 up; None for a blank cell."""
    text, _ = read_text(value)
    if not text:
        return None, ""
    plain = text.replace(".", "").replace(" ", "")
    if plain.isdecimal() and len(plain) < 10:
        return int(plain), ""
    return None, "visits_odd"


def read_phone(value: Any) -> tuple[str, str]:
    """The first Vietnamese number in a cell as 0xxxxxxxxx; "" when there is none."""
    if value is None:
        return "", ""
    if type(value) is str and _PHONE.match(value):
        return value, ""
    whole = _one_phone(as_digits(value))
    if whole:
        return whole, ""
    text = value if isinstance(value, str) else ""
    if isinstance(value, bool) or (fold(text) in _PHONE_BLANKS and text is value) or value == 0:
        return "", ""
    for part in (*_PHONE_PARTS.split(text), *text.split()):
        phone = _one_phone(as_digits(part))
        if phone:
            return phone, ""
    return "", "phone_odd"


def _one_phone(digits: str) -> str:
    digits = (
        digits.strip("()+").replace("(", "").replace(")", "").replace("+", "").replace("O", "0")
    )
    if not digits.isdecimal():
        return ""
    if digits.startswith("84") and len(digits) >= 11:
        digits = "0" + digits[2:].removeprefix("0")
    elif digits[0] != "0" and len(digits) in (9, 10):
        digits = "0" + digits
    if len(digits) == 11 and digits[:4] in _OLD_PREFIXES:
        digits = _OLD_PREFIXES[digits[:4]] + digits[4:]
    return digits if _PHONE.match(digits) else ""


def read_place_code(value: Any) -> tuple[str, str]:
    """A care facility: its 5-character code (a lost leading zero restored, in capitals) or its
    name."""
    text, _ = read_text(value)
    if _FACILITY.fullmatch(text):
        return text.upper(), ""
    if text.isdecimal() and len(text) == 4:
        return "0" + text, ""
    return text, ""
