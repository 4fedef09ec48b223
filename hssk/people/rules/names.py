"""Names as people see them: a readable form, and when two writings are one name."""

import re
from collections.abc import Callable

from hssk.kit.peoples import words_of
from hssk.kit.text import clean, fold

SAME, UNMARKED, SHORTER, DIFFERENT = "same", "unmarked", "shorter", "different"

# the tone of oa, oe, uy may stand on either vowel: "Hoà" is "Hòa", "Thuỷ" is "Thủy"
_OLD_TONES = "òa oà, óa oá, ỏa oả, õa oã, ọa oạ, òe oè, óe oé, ỏe oẻ, õe oẽ, ọe oẹ"
_OLD_TONES += ", ùy uỳ, úy uý, ủy uỷ, ũy uỹ, ụy uỵ"
_TONES = dict(pair.split()[::-1] for pair in _OLD_TONES.split(", "))
_TONE_AT_END = re.compile("(?:" + "|".join(_TONES) + r")\b")
_FIRST_LETTERS = re.compile(r"(?:^|(?<=[\s'’.-]))\w")


def spelling_key(name: str) -> str:
    """The name in small letters with marks, its tones placed one way: "Hoà" and "HÒA" agree."""
    return _TONE_AT_END.sub(lambda match: _TONES[match.group()], clean(name).lower())


def is_marked(name: str) -> bool:
    """Whether the name carries any Vietnamese mark or đ, so that none were lost on the way."""
    return clean(name).lower() != fold(name)


def display_name(name: str) -> str:
    """The name to show: as written, but "LÒ THỊ HƯƠNG" and "lò thị hương" as "Lò Thị Hương"."""
    text = clean(name)
    if not (text.isupper() or text.islower()):
        return text
    return _FIRST_LETTERS.sub(lambda match: match.group().upper(), text.lower())


def _words(name: str, key: Callable[[str], str] = fold) -> list[str]:
    """The words of a name: "H'Len" and "H Len" are one, and the clan stands first."""
    return [key(word) for word in words_of(clean(name).lower())]


def are_one_name(one: str, other: str) -> bool:
    """Whether two writings are one name, marks and capitals aside, wherever the clan and the letter
    of sex stand."""
    return bool(clean(one)) and _words(one) == _words(other)


def compare_names(one: str, other: str) -> str:
    """How two writings agree: same; unmarked (but for lost marks); shorter; different.

    shorter is when one drops middle names of the other, surname and given name the same. Empty
    names are different from all.
    """
    if not clean(one) or not clean(other):
        return DIFFERENT
    if spelling_key(one) == spelling_key(other):
        return SAME
    first, second = _words(one), _words(other)
    if first and _words(one, spelling_key) == _words(other, spelling_key):
        return SAME
    if first == second:
        return UNMARKED if is_marked(one) != is_marked(other) else DIFFERENT
    few, many = sorted((first, second), key=len)
    middle = iter(many[1:-1])
    ends = len(few) >= 2 and (few[0], few[-1]) == (many[0], many[-1])
    return SHORTER if ends and all(word in middle for word in few[1:-1]) else DIFFERENT
