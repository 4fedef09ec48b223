"""Numbers that people carry: what kind each is, what it tells, and when to doubt it.

A number is never the key of a person and never a reason to reject one: everything here only warns.
Source: domain.md §4.2; TT 07/2016/TT-BCA (the first three digits, the century and sex digit);
TT 59/2021/TT-BCA. No check digit exists.
"""

import re
from typing import NamedTuple

from hssk.kit.dates import PartialDate

PID, CMND, BHXH, CARD, UNKNOWN = "pid", "cmnd", "bhxh", "card", ""

# What a doubt means and what to do, for the person who reads the file; format strings.
DOUBTS = {
    "lost_zero": "Số mất số 0 ở đầu, đã thêm lại; hãy để cột ở dạng chữ.",
    "rounded": "Số bị Excel làm tròn (dạng 1,2E+11), không dùng được; hãy nhập lại dạng chữ.",
    "filler": "Số điền cho có, không phải số thật; hãy để trống.",
    "shape": "Không phải số định danh (12 số), CMND (9 số), mã BHXH (10 số), thẻ BHYT (15 ký tự).",
    "level": "Mức hưởng trên thẻ BHYT phải từ 1 đến 5; hãy xem lại thẻ.",
    "province": "Ba số đầu của số định danh không phải mã tỉnh hay mã nước; hãy xem lại số.",
    "century": "Số định danh cho thế kỷ chưa tới; hãy xem lại số.",
    "sex": "Số định danh cho giới tính khác với danh sách; hãy xem lại một trong hai.",
    "year": "Số định danh cho năm sinh khác với danh sách; hãy xem lại một trong hai.",
}

# the 63 provinces until 30/6/2025; numbers already given keep them (domain.md §5.2)
_PROVINCES = frozenset(
    "01 02 04 06 08 10 11 12 14 15 17 19 20 22 24 25 26 27 30 31 33 34 35 36 37 38 40 42 44 45 46 "  # noqa: SIM905
    "48 49 51 52 54 56 58 60 62 64 66 67 68 70 72 74 75 77 79 80 82 83 84 86 87 89 91 92 93 94 95 "
    "96".split()
)
_CARD = re.compile(r"[A-Z]{2}\d{13}")
_ROUNDED = re.compile(r"\d([.,]\d+)?E\+?\d+", re.IGNORECASE)
_DECIMAL_TAIL = re.compile(r"[.,]0+$")
_SEPARATORS = re.compile(r"[\s.,'’`_-]+")
_FILLERS = frozenset({"0123456789", "1234567890", "123456789", "012345678912", "123456789012"})
_LENGTHS = {12: PID, 10: BHXH, 9: CMND}
# 001 Hà Nội, 002, 004, 006: numbers that Excel shortens to ten digits
_LOST_TWO_ZEROS = "1246"
_CENTURIES_BORN = 4  # digits 0 to 3: born 1900 to 2099


class Number(NamedTuple):
    """A number understood: its kind ("" unknown), its value ("" unusable), and codes of DOUBTS."""

    kind: str
    value: str
    doubts: tuple[str, ...] = ()


class PidFacts(NamedTuple):
    """What a 12-digit number says: province of registration ("12", or "" if none is meant),
    sex (1 nam, 2 nữ) and year of birth."""

    province: str
    sex: int
    birth_year: int


def classify_number(text: str | int | float, column: str = UNKNOWN) -> Number:
    """What kind of number `text` is, its zeros given back.

    text     as written, or as a cell held it: "012 178 156 400", "'012178156400", 12178156400.0
    column   the kind that the column is for, where known: it settles what length alone cannot
             (ten digits are a BHXH code, or a 12-digit number of Hà Nội that lost two zeros)
    returns  Number; an unknown shape gives kind "" and value "" and a doubt, an empty text no doubt
    """
    written = _written(text)
    if not written:
        return Number(UNKNOWN, "")
    if _ROUNDED.fullmatch(written):
        return Number(UNKNOWN, "", ("rounded",))
    bare = _SEPARATORS.sub("", _DECIMAL_TAIL.sub("", written)).upper()
    if _CARD.fullmatch(bare):
        return Number(CARD, bare, () if "1" <= bare[2] <= "5" else ("level",))
    if not (bare.isascii() and bare.isdigit()):
        return Number(UNKNOWN, "", ("shape",))
    if len(set(bare)) == 1 or bare in _FILLERS:
        return Number(UNKNOWN, "", ("filler",))
    return _by_length(bare, column)


def _written(text: str | int | float) -> str:
    """A cell's content as text; a whole number without its ".0"."""
    if isinstance(text, float):
        return str(int(text)) if text.is_integer() else str(text)
    return str(text).strip()


def _by_length(digits: str, column: str) -> Number:
    """The kind of a run of digits: what a lost zero explains first, then full lengths."""
    length = len(digits)
    if length == 11 or (length == 10 and column == PID and digits[0] in _LOST_TWO_ZEROS):
        kind, width = PID, 12
    elif column == BHXH and 7 <= length <= 9:
        kind, width = BHXH, 10
    elif column in (PID, CMND) and length in (7, 8):
        kind, width = CMND, 9
    else:
        kind, width = _LENGTHS.get(length, UNKNOWN), length
    if not kind:
        return Number(UNKNOWN, "", ("shape",))
    value = digits.zfill(width)
    lost = ("lost_zero",) if width > length else ()
    return Number(kind, value, lost + (_inner_doubts(value) if kind == PID else ()))


def _inner_doubts(pid: str) -> tuple[str, ...]:
    """Doubts that a 12-digit number raises by itself."""
    doubts = []
    if pid[0] == "0" and pid[1:3] not in _PROVINCES:
        doubts.append("province")
    if int(pid[3]) >= _CENTURIES_BORN:
        doubts.append("century")
    return tuple(doubts)


def bhxh_of(card: str) -> str:
    """The social-insurance code in a 15-character card: its last ten digits; else ""."""
    return card[5:] if _CARD.fullmatch(card) else ""


def pid_facts(pid: str) -> PidFacts | None:
    """What a 12-digit number says of its bearer; None when `pid` is not 12 digits.

    Evidence only: the digits are wrong often enough that they overwrite nothing.
    """
    if not (len(pid) == 12 and pid.isascii() and pid.isdigit()):
        return None
    century = int(pid[3])
    return PidFacts(
        province=pid[1:3] if pid[0] == "0" and pid[1:3] in _PROVINCES else "",
        sex=1 if century % 2 == 0 else 2,
        birth_year=1900 + 100 * (century // 2) + int(pid[4:6]),
    )


def pid_doubts(pid: str, birth: PartialDate | int | None, sex: int) -> list[str]:
    """Codes of DOUBTS that a 12-digit number raises against what a row states of its bearer.

    birth    a PartialDate or its number yyyymmdd; None or 0 when unknown
    sex      1 nam, 2 nữ, 0 unknown
    returns  [] when nothing contradicts; ["shape"] when `pid` is not 12 digits. Only ever warnings
    """
    facts = pid_facts(pid)
    if facts is None:
        return ["shape"]
    doubts = list(_inner_doubts(pid))
    if sex and sex != facts.sex:
        doubts.append("sex")
    if birth:
        year = birth // 10000 if isinstance(birth, int) else birth.value.year
        if year != facts.birth_year:
            doubts.append("year")
    return doubts
