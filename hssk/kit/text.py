"""Vietnamese text: one spelling of each letter, a folded key, and an order for names.

Source: Unicode TCVN 6909:2001 (NFC); domain.md, "Top 15", fact 15: đ does not decompose,
names have no reliable first/last split, and people type with and without marks.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

_SPACES = re.compile(r"[\s\u200b\u200c\u200d\ufeff]+")

_ALPHABET = " 0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_LETTER_RANK = {letter: chr(0x30 + rank) for rank, letter in enumerate(_ALPHABET)}
# ngang, huyền, hỏi, ngã, sắc, nặng: the order of Vietnamese dictionaries
_TONE_MARKS = "\u0300\u0309\u0303\u0301\u0323"
_TONE_RANK = {mark: str(rank) for rank, mark in enumerate(_TONE_MARKS, start=1)}
# H'Len is written with any of them
APOSTROPHES = "'’‘`´ʼʻʹ′＇"
_VOWELS = "aăâeêioôơuưy"


def _fold_table() -> dict[int, str]:
    table = {ord("đ"): "d", ord("Đ"): "d", ord("ƀ"): "b", ord("Ƀ"): "b"}
    table.update(dict.fromkeys(map(ord, APOSTROPHES), "'"))
    for code in (*range(0x41, 0x250), *range(0x1E00, 0x1F00)):
        parts = unicodedata.normalize("NFD", chr(code))
        bare = "".join(part for part in parts if not unicodedata.combining(part))
        if bare != chr(code) or bare.lower() != bare:
            table.setdefault(code, bare.lower())
    table.update(dict.fromkeys(range(0x300, 0x370), ""))
    return table


_FOLD = _fold_table()
_LONG = 200  # letters: no word is so long but one that would fill the memory


def clean(text: str) -> str:
    """`text` in NFC, with runs of white space as one space and none at the ends."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip()


_PLAIN = str.maketrans(
    dict.fromkeys(
        "\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B))), " "
    )
    | dict.fromkeys(chr(n) for n in (*range(9), 11, 12, *range(14, 32), 127))
)


def plain(text: str) -> str:
    """`text` with every blank of an odd width a plain one, and no signs of control but tabs and
    ends of lines: what a text of FHIR may hold. Source: HL7 FHIR R4, datatype string."""
    return text if text.isprintable() else text.translate(_PLAIN)  # what is not plain never prints


def plain_all(data: Mapping[str, str] | None) -> dict[str, str] | None:
    """What was typed into a form, by the name of its field, every text `plain`; None where it
    was not sent."""
    return None if data is None else {name: plain(data.get(name, "")) for name in data}


def fold(text: str) -> str:
    """The search key of `text`: small letters, no marks, đ as d, single spaces.

    Empty in, empty out. NFC and NFD spellings fold alike.
    """
    folded = _folded_word if len(text) <= _LONG else _folded
    return " ".join(filter(None, map(folded, text.split())))


def without_marks(text: str) -> str:
    """`text` in plain letters, large and small as they were: what an SMS of one part holds."""
    parts = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(part for part in parts if not unicodedata.combining(part))


def _folded(word: str) -> str:
    """A word of a long text: one beyond measure comes once, and is not kept."""
    return _folded_word(word) if len(word) <= _LONG else _folded_word.__wrapped__(word)


@lru_cache(maxsize=20_000)  # names and places are made of few words
def _folded_word(word: str) -> str:
    """A word folded; of a word that hides a space without width, the words it is."""
    return _SPACES.sub(" ", word.translate(_FOLD)).strip()


def _split_tone(letter: str) -> tuple[str, str]:
    """A letter of the alphabet and the rank of its tone, "0" for none."""
    tone = "0"
    kept = []
    for part in unicodedata.normalize("NFD", letter):
        if part in _TONE_RANK:
            tone = _TONE_RANK[part]
        else:
            kept.append(part)
    return unicodedata.normalize("NFC", "".join(kept)), tone


_SPLIT = {c: _split_tone(c) for c in map(chr, (*range(0x61, 0x250), *range(0x1E00, 0x1F00)))}


@lru_cache(maxsize=20_000)  # names are made of few words
def _ranks(word: str) -> tuple[str, str]:
    """The letters of a word and the tones of its vowels, as they sort."""
    letters, tones = [], []
    for character in word:
        letter, tone = _SPLIT.get(character) or (character, "0")
        letters.append(_LETTER_RANK.get(letter, "~"))
        if letter in _VOWELS:
            tones.append(tone)
    return "".join(letters), "".join(tones)


@lru_cache(maxsize=20_000)
def _ranks_within(word: str) -> tuple[tuple[str, str], ...]:
    """The ranks of a word; of one that hides a space without width, of the words it is."""
    return tuple(map(_ranks, clean(word).lower().split()))


def _order(ranks: Sequence[tuple[str, str]]) -> str:
    letters, tones = zip(*ranks, strict=True)
    return _LETTER_RANK[" "].join(letters) + "!" + "".join(tones)


def name_sort_key(name: str) -> str:
    """A key that sorts names as a Vietnamese list does, under plain byte order (`COLLATE "C"`).

    Given name (the last word) first, then surname and middle names; letters before tones
    (a ă â b c d đ e ê …; ngang huyền hỏi ngã sắc nặng). Empty for an empty name.
    """
    ranks = [rank for word in name.split() for rank in _ranks_within(word)]
    return _order([ranks[-1], *ranks[:-1]]) if ranks else ""


_NUMBER = re.compile(r"[0-9]+")
_WIDEST = 20  # digits; longer numbers than any household or hamlet bears


def natural_sort_key(text: str) -> str:
    """A key that sorts names of places and numbers of households, under plain byte order.

    From the first word on, letters before tones, numbers by their value: Tổ 2, Tổ 10, Tổ 10A;
    Bản Tả Chải, Bản Trung Chải. Empty for an empty text.
    """
    words = clean(text).lower()
    if not words:
        return ""
    by_value = _NUMBER.sub(lambda number: number[0].lstrip("0").rjust(_WIDEST, "0"), words)
    return _order([_ranks(word) for word in by_value.split(" ")])
