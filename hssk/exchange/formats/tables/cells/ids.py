"""Numbers that name a person: CCCD, CMND, social-insurance code, insurance card.

Source: domain.md §4.2; TT 07/2016/TT-BCA (first three digits = province of birth registration).
There is no check digit. A number is never a reason to reject a person.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from hssk.exchange.formats.tables.cells.memo import Memo
from hssk.kit.text import fold


class Ids(NamedTuple):
    """What one cell may hold; "" for what it does not."""

    pid: str = ""
    cmnd: str = ""
    bhxh: str = ""
    card: str = ""


NONE = Ids()
# provinces of the 12-digit number, as they were when numbers were given out (63 of 001 to 096)
_PROVINCES = frozenset(
    f"{code:03d}"
    for code in (
        1, 2, 4, 6, 8, 10, 11, 12, 14, 15, 17, 19, 20, 22, 24, 25, 26, 27, 30, 31, 33, 34, 35, 36,
        37, 38, 40, 42, 44, 45, 46, 48, 49, 51, 52, 54, 56, 58, 60, 62, 64, 66, 67, 68, 70, 72, 74,
        75, 77, 79, 80, 82, 83, 84, 86, 87, 89, 91, 92, 93, 94, 95, 96,
    )
)  # fmt: skip
_NOISE = str.maketrans("", "", " .-–'’‘`\u00a0\u200b\u200c\u200d\ufeff\t,")
_CARD = re.compile(r"^[A-Z]{2}[1-5]\d{12}$")
_LOOSE_CARD = re.compile(r"^[A-Z]{2}\d{13}$")
_SCIENTIFIC = re.compile(r"^\d(?:[.,]\d+)?[eE]\+?\d{1,2}$")
# digits with what people put between them; a dash between blanks stands between two numbers
_SPACED = re.compile(r"\d(?:(?!\s+[-–]\s)[ .\-–'’‘`\u00a0\u200b-\u200d\ufeff\t]*\d)*")
_WHOLE = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_ONLY_NUMBERS = re.compile(r"[\d\W_]*(?:\s(?:và|va|hoặc)\s[\d\W_]*)*")
_BLANKS = {
    "",
    "-",
    "--",
    "x",
    "0",
    "khong",
    "khong co",
    "chua co",
    "chua cap",
    "null",
    "n/a",
    "k",
    "ko",
}
_ZERO = str.maketrans("Oo", "00")

Result = tuple[Ids, str]


def as_digits(value: Any) -> str:
    """The characters of an identifier cell without what people put between them, upper case."""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value).translate(_NOISE).upper()


def read_id(value: Any) -> Result:
    """What a CCCD or CMND cell holds; both kinds, and a card gone astray, are understood."""
    if value is None or isinstance(value, bool):
        return NONE, ""
    if isinstance(value, str):
        plain = value if value.isdecimal() else as_digits(value)
        if not plain.isdecimal():
            return _read_odd_id(value, plain)
        whole = _id_from_digits(plain)
        if whole[1] and whole[0] == NONE and plain != value:
            two = _numbers_within(value)  # with a dash or a blank between them
            return two if two[0] != NONE else whole
        return whole
    plain = as_digits(value)
    if not plain.isdecimal():
        return NONE, "id_odd" if value else ""
    return _id_from_digits(plain)


def _read_odd_id(value: str, plain: str) -> Result:
    if fold(value) in _BLANKS or not plain:
        return NONE, ""
    if _SCIENTIFIC.match(value.strip()):
        return NONE, "digits_lost"
    if _CARD.match(plain):
        return Ids(bhxh=plain[5:], card=plain), ""
    zeroed = plain.translate(_ZERO)
    if zeroed.isdecimal() and len(zeroed) in (9, 12):
        return _id_from_digits(zeroed)
    return _numbers_within(value)


def _numbers_within(value: str) -> Result:
    """The first number of each kind in a cell that holds more than one number, or words as well.

    Only 12 or 9 digits together count: among words, what is shorter may be the day of issue.
    """
    found = [_id_from_digits(number) for number in _numbers(value)]
    pid, fault = next((one for one in found if one[0].pid), (NONE, ""))
    cmnd = next((ids.cmnd for ids, _ in found if ids.cmnd), "")
    ids = pid._replace(cmnd=cmnd)
    return ids, fault if ids != NONE else "id_odd"


def _numbers(value: str) -> list[str]:
    numbers: list[str] = []
    only_numbers = _ONLY_NUMBERS.fullmatch(value)  # then zeros may be lost here too
    for part in _SPACED.findall(value):
        plain = as_digits(part)
        if len(plain) in (9, 12) or (only_numbers and part.isdecimal()):
            numbers.append(plain)
        else:
            numbers += _WHOLE.findall(part)
    return numbers


def _id_from_digits(plain: str) -> Result:
    length = len(plain)
    if not plain.strip("0"):
        return NONE, "" if length <= 1 else "id_odd"
    if length == 12:
        return Ids(pid=plain), "" if plain[:3] in _PROVINCES else "id_province"
    if length in (8, 9):
        return Ids(cmnd=plain.zfill(9)), ""
    restored = plain.zfill(12)
    if length in (10, 11) and restored[:3] in _PROVINCES and restored[3] in "0123":
        return Ids(pid=restored), ""
    return NONE, "digits_lost" if length > 12 and plain.endswith("0" * 6) else "id_odd"


def read_insurance(value: Any) -> Result:
    """What a BHXH or BHYT cell holds: the 10-digit code, a 15-character card, or a CCCD."""
    if value is None or isinstance(value, bool):
        return NONE, ""
    plain = as_digits(value)
    if plain.isdecimal():
        return _insurance_from_digits(plain)
    if _CARD.match(plain):
        return Ids(bhxh=plain[5:], card=plain), ""
    return _read_odd_insurance(str(value), plain)


def _read_odd_insurance(value: str, plain: str) -> Result:
    if fold(value) in _BLANKS or not plain:
        return NONE, ""
    if _SCIENTIFIC.match(value.strip()):
        return NONE, "digits_lost"
    repaired = plain[:2] + plain[2:].translate(_ZERO)
    if _CARD.match(repaired):
        return Ids(bhxh=repaired[5:], card=repaired), ""
    if _LOOSE_CARD.match(repaired):
        return Ids(bhxh=repaired[5:], card=repaired), "bhxh_odd"
    zeroed = plain.translate(_ZERO)
    return _insurance_from_digits(zeroed) if zeroed.isdecimal() else (NONE, "bhxh_odd")


def _insurance_from_digits(plain: str) -> Result:
    if not plain.strip("0"):
        return NONE, "" if len(plain) <= 1 else "bhxh_odd"
    if len(plain) in (9, 10):
        return Ids(bhxh=plain.zfill(10)), ""
    if len(plain) == 12 and plain[:3] in _PROVINCES:
        return Ids(pid=plain), ""  # since 15/08/2025 the card carries the personal number
    if len(plain) == 11 and plain.zfill(12)[:3] in _PROVINCES:
        return Ids(pid=plain.zfill(12)), ""
    return NONE, "bhxh_odd"


def read_column(
    values: list[Any], convert: Callable[[Any], Result]
) -> tuple[tuple[list[str], ...], dict[Any, str]]:
    """A whole column through `read_id` or `read_insurance`: a list per field of Ids, and faults.

    Well-formed cells, nearly all of any list, are told apart without a call each.
    """
    size = len(values)
    pids, cmnds, bhxhs, cards = columns = ([""] * size, [""] * size, [""] * size, [""] * size)
    memo = Memo(convert)
    insurance = convert is read_insurance
    for position, value in enumerate(values):
        if value is None:
            continue
        if type(value) is str and value.isdecimal():
            if len(value) == 12 and value[:3] in _PROVINCES:
                pids[position] = value
                continue
            if insurance and len(value) == 10 and value[0] != "0":
                bhxhs[position] = value
                continue
        elif insurance and type(value) is str and _CARD.match(value):
            bhxhs[position], cards[position] = value[5:], value
            continue
        pids[position], cmnds[position], bhxhs[position], cards[position] = memo[value]
    return columns, memo.faults
