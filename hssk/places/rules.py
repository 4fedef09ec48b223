"""What is true of places: when two spellings mean one hamlet, one commune, one household number.

No national code exists below the commune (domain.md §5.3), so the spelling is all there is.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from hssk.kit.text import clean, fold

# Each kind of hamlet with its spellings, as people write them. A tổ dân phố is a tổ; thôn, bản,
# khu, xóm and ấp are kinds of their own.
_HAMLET_KINDS = {
    "to": ("tổ dân phố", "tổ nhân dân", "tổ dân cư", "tổ dp", "t d p", "tdp", "tổ"),
    "khu": ("khu dân cư", "khu phố", "kdc", "kp", "khu"),
    "ban": ("bản",),
    "thon": ("thôn",),
    "xom": ("xóm",),
    "ap": ("ấp",),
    "buon": ("buôn",),
    "lang": ("làng",),
    "phum": ("phum",),
    "soc": ("sóc",),
    "doi": ("đội",),
    "cum": ("cụm dân cư", "cụm"),
}
_UNIT_KINDS = {
    "tinh": ("tỉnh",),
    "thanh pho": ("thành phố", "tp"),
    "thi xa": ("thị xã", "tx"),
    "thi tran": ("thị trấn", "tt"),
    "quan": ("quận", "q"),
    "huyen": ("huyện", "h"),
    "phuong": ("phường", "p"),
    "xa": ("xã", "x"),
    "dac khu": ("đặc khu", "đk"),
}
_ROMAN = {
    **{"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9},
    **{"x": 10, "xi": 11, "xii": 12, "xiii": 13, "xiv": 14, "xv": 15, "xvi": 16},
}
_ROMAN_OR_SYLLABLE = {"vi", "xi"}
_NOT_WORDS = re.compile(r"[^\w]+")
_LETTERS_THEN_DIGITS = re.compile(r"([^\W\d])(\d)")
_NUMBER = re.compile(r"0*(\d+)([a-zđ]?)")
# an address goes on with the commune: "Tổ 1, phường Tân Phong", "Bản Lùng Than xã San Thàng"
_REST_OF_ADDRESS = re.compile(
    r"[,;]\s*(?:phường|phuong|xã|xa|thị trấn|thi tran|thị xã|thi xa|thành phố|thanh pho|quận|quan"
    r"|huyện|huyen|tỉnh|tinh|p|x|tt|tx|tp|q|h)[\s.].*"
    r"|\s(?:phường|xã|thị trấn|thành phố)\s.*",
    re.IGNORECASE,
)
# "B. Lùng Than": the letter alone means a kind only where a stop says that it is short for one
_SHORT_KIND = re.compile(r"^b\s*\.\s*(?=\w)", re.IGNORECASE)
# these begin names as often as they tell a kind (Làng Mô, Sóc Sơn): a kind before a number only
_KINDS_IN_NAMES = {"lang", "phum", "soc", "doi", "cum"}


class UnitKey(NamedTuple):
    """The spelling-free name of a unit: its kind ("" where the text gives none) and its name."""

    kind: str
    name: str


def _spelled_kinds(kinds: dict[str, tuple[str, ...]]) -> list[tuple[tuple[str, ...], str]]:
    """Every spelling as words, marked and unmarked, longest first."""
    spelled = {
        tuple(form.split()): kind
        for kind, forms in kinds.items()
        for text in forms
        for form in (text, fold(text))
    }
    return sorted(spelled.items(), key=lambda item: (-len(item[0]), item[0]))


_SPELLED_HAMLETS = _spelled_kinds(_HAMLET_KINDS)
_SPELLED_UNITS = _spelled_kinds(_UNIT_KINDS)


def _words(text: str) -> list[str]:
    """Small letters with their marks, punctuation gone, "TDP1" as two words."""
    joined = clean(text).replace("'", "").replace("’", "")
    return _LETTERS_THEN_DIGITS.sub(r"\1 \2", _NOT_WORDS.sub(" ", joined)).split()


def _take_kind(
    words: list[str], spelled: list[tuple[tuple[str, ...], str]]
) -> tuple[str, list[str]]:
    """The kind that the first words spell and what follows; nothing is taken of a bare kind."""
    lowered = tuple(word.lower() for word in words)
    for form, kind in spelled:
        if lowered[: len(form)] == form and len(words) > len(form):
            return kind, words[len(form) :]
    return "", words


def _as_number(word: str) -> str:
    """ "01" → "1", "1A" → "1a", "II" → "2"; "" when the word is no number."""
    match = _NUMBER.fullmatch(word.lower())
    if match:
        return match.group(1) + match.group(2)
    return str(_ROMAN.get(word.lower(), ""))


def _is_syllable(word: str, words: list[str]) -> bool:
    """Whether "Vi" or "Xi" stands for itself: the numeral is in capitals, behind none."""
    numeral = word.isupper() and (len(words) == 1 or not words[0].isupper())
    return word.lower() in _ROMAN_OR_SYLLABLE and not numeral


def _numbered(words: list[str]) -> list[str]:
    """The words folded, numbers in one shape, "số" before a number dropped, "1 A" joined.

    Roman numerals count at the end only.
    """
    shaped: list[str] = []
    for place, word in enumerate(words):
        last = place == len(words) - 1
        number = _as_number(word) if (last or word[0].isdigit()) else ""
        if number and not _is_syllable(word, words):
            if shaped and shaped[-1] == "so":
                shaped.pop()
            shaped.append(number)
        elif last and len(word) == 1 and shaped and shaped[-1].isdigit():
            shaped[-1] += fold(word)
        else:
            shaped.append(fold(word))
    return shaped


def hamlet_key(text: str) -> str:
    """The key under which all spellings of one hamlet of one commune meet.

    text     a hamlet as somebody wrote it, perhaps with the rest of an address behind it
    returns  "to 1" for "TDP 1", "Tổ dân phố số 01", "Tổ I"; "sung phai" for "Bản Sùng Phài" and
             "B. Sùng Phài": the kind is dropped where a name follows and kept where a number does
             ("thon 3" is not "to 3"). "" for an empty text
    """
    whole = _SHORT_KIND.sub("Bản ", clean(text))
    rest = _words(_REST_OF_ADDRESS.sub("", whole))
    while rest:
        before = rest
        kind, rest = _take_kind(rest, _SPELLED_HAMLETS)
        numbered = _numbered(rest)
        if not kind:
            return " ".join(numbered)
        if numbered[0][0].isdigit():
            return " ".join([kind, *numbered])
        # unmarked "To Y Phin" may be a name; so may "Làng Mô"
        if kind in _KINDS_IN_NAMES or (
            kind == "to" and before[0].lower() == before[-len(rest) - 1].lower() == "to"
        ):
            return " ".join(_numbered(before))
    return ""


def same_hamlet(key: str, known: Iterable[str]) -> str:
    """The one key of `known` that `key` means, "" if none or more than one might be.

    Besides itself, a bare number ("1", from a column that gives numbers only) means the one hamlet
    of that number whatever its kind, and the other way round.
    """
    known = set(known)
    if key in known:
        return key
    kind, _, number = key.rpartition(" ")
    if not number[:1].isdigit() or (kind and kind not in _HAMLET_KINDS):
        return ""
    alike = {number} & known if kind else {f"{kind} {number}" for kind in _HAMLET_KINDS} & known
    return alike.pop() if len(alike) == 1 else ""


def fullest_spelling(spellings: Iterable[str]) -> str:
    """The spelling to show of one hamlet: with marks, long, not in capitals; "" if there is none.

    The order of `spellings` does not matter: the same set gives the same name.
    """

    def fullness(text: str) -> tuple[bool, int, bool, bool, str]:
        words = _words(text)
        marked = text.lower() != fold(text)
        capital = text[:1].isupper()
        return marked, len("".join(words)), not text.isupper(), capital, text

    return max((clean(text) for text in spellings), key=fullness, default="")


def unit_key(text: str) -> UnitKey:
    """The key of a province, district or commune as somebody wrote it.

    "P. Tân Phong", "PHƯỜNG TÂN PHONG, TP Lai Châu" → ("phuong", "tan phong"); "San Thàng" →
    ("", "san thang"); "P1" and "Phường 01" → ("phuong", "1"). Empty in, ("", "") out.
    """
    first = re.split(r"[,;]", clean(text))[0]
    kind, rest = _take_kind(_words(first), _SPELLED_UNITS)
    return UnitKey(kind, " ".join(_as_number(w) if w[0].isdigit() else fold(w) for w in rest))


@lru_cache(maxsize=20_000)  # the households of every hamlet are numbered alike
def household_key(number: str) -> str:
    """The key of a household number within its hamlet: "001", "1", "1.0", "Hộ số 1" → "1"."""
    bare = re.sub(r"^(?:ho|hgd)?\s*(?:so)?\s*[:.-]?\s*", "", fold(number))
    bare = re.sub(r"\.0+$", "", bare)
    return re.sub(r"^0+(?=\w)", "", bare)
