"""The book that goes out with a session: its row codes, its columns, and what its cells say.

It may come back sorted, with columns moved, rows added, from two hands and another program: a row
is known by its code alone, and by the name beside it.
"""

import re
from collections.abc import Mapping

from hssk.exchange.formats.titled import Titles, header_key
from hssk.kit.dates import PartialDate
from hssk.kit.text import fold

# no vowels and no look-alikes, as in the number of a copy
SIGNS = "23456789BCDFGHJKMNPQRTVWXZ"
SERIAL, NUMBER = 5, 3  # signs of the book, digits of the row
MOST_ROWS = 999
_CODE = re.compile(rf"([{SIGNS}]{{{SERIAL}}})([0-9]{{{NUMBER}}})([{SIGNS}])")

# field → what its header may say, folded; the first is what the book says itself
_TITLES = {
    "code": ("ma dong", "ma", "row code", "code"),
    "name": ("ho va ten", "ho ten", "ten", "full name", "name"),
    "birth": ("ngay sinh", "nam sinh", "ngay thang nam sinh", "birth date", "born"),
    "head": ("chu ho", "ten chu ho", "household head"),
    "hamlet": ("to ban", "to dan pho", "ban", "thon ban", "to dan pho ban", "thon", "hamlet"),
    "outcome": ("ket qua", "ket qua gap", "outcome", "result"),
    "until": ("vang den ngay", "den ngay", "hen ngay", "until"),
    "where": ("noi chuyen den hoac noi co ho so", "noi den", "o dau", "noi nao", "where"),
    "why": ("ly do ghi chu", "ly do", "ghi chu", "reason", "note", "notes"),
}
DAYBOOK = Titles(_TITLES, {"name", "outcome"}, together=("outcome", "until", "where", "why"))

# outcome, as `models.Kind` names it → how the book writes it; then how else people do
WORDS = {
    "record-made": "Đã lập hồ sơ",
    "had-one": "Đã có hồ sơ ở nơi khác",
    "book-opened": "Đã tự mở sổ điện tử",
    "book-family": "Người nhà mở sổ giúp",
    "no-phone": "Không có điện thoại thông minh",
    "phone-unfit": "Máy đầy hoặc quá cũ",
    "absent": "Đi vắng",
    "refused": "Từ chối",
    "moved": "Đã chuyển đi",
    "died": "Đã mất",
    "unknown": "Không có ai như vậy",
}
_SAID_TOO: Mapping[str, tuple[str, ...]] = {
    "record-made": ("lap ho so", "da lap", "lap moi", "xong", "da lam", "x", "made"),
    "had-one": ("da co ho so", "co ho so roi", "da co", "had one"),
    "book-opened": ("da mo so", "tu mo so", "mo so", "da mo so dien tu"),
    "book-family": ("nguoi nha mo", "nguoi nha mo so"),
    "no-phone": ("khong co dien thoai", "khong dien thoai"),
    "phone-unfit": ("may day", "may cu", "may qua cu", "het bo nho"),
    "absent": ("vang", "vang mat", "khong gap", "di lam", "di hoc", "di lam an xa", "absent"),
    "refused": ("tu choi", "khong dong y", "khong muon", "refused"),
    "moved": ("chuyen di", "da chuyen", "chuyen noi khac", "moved"),
    "died": ("chet", "da chet", "mat", "tu vong", "died"),
    "unknown": ("khong ro", "khong biet", "khong co nguoi nay", "unknown"),
}
_MEANT = {header_key(word): kind for kind, word in WORDS.items()} | {
    said: kind for kind, words in _SAID_TOO.items() for said in words
}


def code_of(serial: str, number: int) -> str:
    """The code of row `number`, 1 to 999, of a book: "K7F3B-014-M". The last sign is a check, so
    that a wrong sign or two that changed places are seen."""
    body = f"{serial}{number:0{NUMBER}}"
    return f"{serial}-{number:0{NUMBER}}-{_check(body)}"


def line_of(text: str) -> tuple[str, int] | None:
    """(serial of the book, number of the row) that a code means, however it is spaced; None where
    it is no such code."""
    match = _CODE.fullmatch(re.sub(r"[^0-9A-Z]", "", text.upper()))
    if match is None:
        return None
    serial, number, check = match.groups()
    return (serial, int(number)) if _check(serial + number) == check else None


def _check(body: str) -> str:
    """The sum of the signs, each weighed by its place, by a prime below the number of signs."""
    digits = (int(sign, 36) for sign in body)
    return SIGNS[sum(place * digit for place, digit in enumerate(digits, 2)) % 23]


def outcome_said(text: str) -> str:
    """The outcome that a cell means, a key of WORDS; "" where it means none of them."""
    return _MEANT.get(header_key(text), "")


def is_name_of(said: str, known: str) -> bool:
    """Whether the name beside a code is that of the row, marks and case aside; one that is not
    there says nothing against it."""
    return not said or sorted(fold(said).split()) == sorted(fold(known).split())


def birth_said(text: str) -> PartialDate | None:
    """The birth date that a cell says, or as much of it; None for none."""
    if not text:
        return None
    try:
        return PartialDate.typed(text)
    except ValueError:
        return None


def births_agree(said: PartialDate, known: PartialDate) -> bool:
    """Whether the parts that both say are the same."""
    return all(
        not a or not b or a == b
        for a, b in zip(_parts(said.number), _parts(known.number), strict=True)
    )


def _parts(number: int) -> tuple[int, int, int]:
    return number // 10_000, number // 100 % 100, number % 100
