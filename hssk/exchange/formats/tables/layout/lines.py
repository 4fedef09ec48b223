"""What a line of words inside a list says: a subtotal, a household's heading, a signature."""

import re
from typing import Any

from hssk.kit.text import clean, fold

_SUBTOTAL = re.compile(
    r"^\W*(cộng(?!\s*h[òo]a)|tổng)\b(?!\s+(văn|thị)\b)"
    r"|^\W*(tong (cong|so|nhan khau|khau)|cong)\s*(\d|:|$|to |tdp|ban |thon |xa |phuong )",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\W*(cong|tong)\s*($|[\d:(]|(cong|so|khau|ho|nhan|nguoi|toan|dan|tdp|to|ban|thon|xa|phuong)\b)"
)
_PEOPLE_COUNT = re.compile(
    r"(\d[\d.\s]*)\s*(?:nhân\s+)?(?:khẩu|người|nhan khau|khau|nguoi)", re.IGNORECASE
)
_LAST_NUMBER = re.compile(r":\s*(\d[\d.]*)\s*$")
_SIGNED = re.compile(
    r"nguoi lap|lap bieu|ky ten|chu tich|truong (tram|ban|thon|to|cong an)|can bo"
    r"|xac nhan|thu truong|ke toan|nguoi tong hop|giam doc|^tm\b|^kt\b|noi nhan|ngay \d"
    r"|ngay \W+ ?thang|^(luu y|ghi chu|chu thich)"
)
_DATED = re.compile(r"ngay[\W\d]*thang[\W\d]*nam\b")
# Hồ Bá is a name: without its mark a heading needs a number or a colon
_HOUSEHOLD = re.compile(
    r"\W*(\d+\s*[.)/-]\s*)?"
    r"(hộ\s*((gia đình|khẩu)\b\s*)?(:|thứ\b|số\b|ông\b|bà\b|anh\b|chị\b|nhà\b|\d)"
    r"|(gia đình|nhà)\s+(ông|bà|anh|chị)\b|(tên\s+)?chủ hộ\s*:|số hộ\s*:"
    r"|(ho|chu ho|so ho)\s*((so|thu)\s*)?(:|\d)|ho (ong|ba|gia dinh)[^:]*:)"
)


def is_subtotal(text: str) -> bool:
    """Whether a cell says that it counts what stands above it (Cộng bản Mới: 12 khẩu)."""
    return bool(_SUBTOTAL.match(clean(text)))


def counts(text: str) -> bool:
    """Whether a subtotal says what it counts, and so cannot be somebody called Cộng or Tổng."""
    return bool(_COUNTED.match(fold(text)))


def stated_people(cells: list[tuple[int, Any]]) -> int | None:
    """The number of people a subtotal row states; None when it cannot be told."""
    for _, value in cells:
        if isinstance(value, str):
            text = clean(value)
            found = _PEOPLE_COUNT.search(text) or _LAST_NUMBER.search(text)
            if found:
                return int(re.sub(r"\D", "", found[1]))
    numbers = [value for _, value in cells if isinstance(value, int | float)]
    return int(numbers[0]) if len(numbers) == 1 else None


def is_signature(text: str) -> bool:
    """Whether words belong to the foot of a list: who made it, who confirms it, a remark."""
    return bool(_SIGNED.search(fold(text)))


def is_dated(text: str) -> bool:
    """Whether words are the day a list was signed (…, ngày 5 tháng 3 năm 2024)."""
    return bool(_DATED.search(fold(text)))


def is_household_heading(text: str) -> bool:
    """Whether words head the rows of one household (Hộ số 1: Giàng A Páo; Hộ ông: Lý A Sỳ)."""
    return bool(_HOUSEHOLD.match(clean(text).lower()))
