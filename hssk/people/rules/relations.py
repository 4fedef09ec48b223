"""The relation to the head of the household, as a short list of codes.

Source: domain.md §6.5; no official list exists, so this one is ours.
"""

import re
from functools import lru_cache

from hssk.kit.text import clean, fold

RELATIONS = {
    "01": "Chủ hộ",
    "02": "Vợ/chồng",
    "03": "Con đẻ",
    "04": "Con nuôi",
    "05": "Bố/mẹ đẻ",
    "06": "Bố/mẹ vợ/chồng",
    "07": "Anh/chị/em",
    "08": "Con dâu/rể",
    "09": "Cháu",
    "10": "Ông/bà",
    "11": "Họ hàng khác",
    "12": "Không họ hàng (ở nhờ, thuê)",
    "99": "Khác",
}
HEAD, OTHER = "01", "99"

# marks decide here: "ba" is a father in the South, "bà" a grandmother; "chủ" and "chú"
_MARKED = {"ba": "05", "bà": "10", "má": "05", "chú": "11", "chủ": "01"}
# over folded text; the first that fits wins, so the narrower stand first
_PATTERNS = [
    (re.compile(pattern), code)
    for pattern, code in (
        (r"khong (?:co )?(?:ho hang|quan he).*", "12"),
        (r"(?:la )?chu ho|ch", "01"),
        (r"(?:vo|chong)(?: ?/ ?(?:vo|chong))?(?: (?:ca|hai|thu \w+|chu ho))?", "02"),
        (r"con (?:dau|re)(?: .*)?|dau|re", "08"),
        (r"con nuoi(?: .*)?", "04"),
        (r"con rieng(?: .*)?", "99"),
        (r"con(?: (?:de|ruot|trai|gai|ca|ut|thu \w+|chung|dau long|chu ho|\d+))*", "03"),
        (r"(?:bo|me|cha|ma)(?: (?:de|ruot|gia|chu ho))?", "05"),
        (r"(?:bo|me|cha|ma|ba|ong|nhac)(?: (?:vo|chong|nhac))+", "06"),
        (r"(?:bo|me|cha|ma) (?:nuoi|duong|ke)", "05"),
        (r"(?:anh|chi|em)(?: (?:trai|gai|ruot|ca|ut|ho))*", "07"),
        (r"(?:anh|chi|em)(?: ruot)? (?:dau|re|vo|chong)", "11"),
        (r"(?:chau|chat|chut)(?: .*)?", "09"),
        (r"(?:ong|ba|cu)(?: .*)?", "10"),
        (r"(?:co|di|chu|bac|cau|mo|thim|duong|o)(?: (?:ruot|ho|chong|vo))?|.*ho hang.*", "11"),
        (r"o (?:nho|tro|thue|cung|ghep).*", "12"),
        (r"(?:nguoi )?(?:thue|o|giup viec|lam thue|lam cong|quen)(?: .*)?|ban(?: be)?", "12"),
    )
]


@lru_cache(4096)  # of a whole people a few hundred spellings are written
def relation_code(text: str) -> str:
    """The code of a relation as written: "Chủ hộ" → "01", "Con dâu" → "08".

    "" for an empty text; "99" for one that is none of the list, codes of the list themselves
    pass.
    """
    written = clean(text).lower()
    folded = re.sub(r"[.:;,]+", "", fold(written)).strip()
    if not folded:
        return ""
    if folded in RELATIONS:
        return folded
    if written in _MARKED:
        return _MARKED[written]
    return next((code for pattern, code in _PATTERNS if pattern.fullmatch(folded)), OTHER)
