"""Vietnamese text from before Unicode: TCVN3 (ABC, fonts .VnTime) and VNI-Windows.

Such text is Latin-1 letters that a font paints as Vietnamese. It still arrives inside .xls and
.xlsx cells and in text files. Source: TCVN 5712:1993 VN3; the VNI-Windows code chart.
"""

import re
from collections import Counter
from functools import cached_property
from itertools import chain
from typing import Any

from hssk.exchange.formats.tables.cells.mixture import NEW, OLD, UNKNOWN, Mixture
from hssk.exchange.formats.tables.cells.syllables import is_syllable

UNICODE, TCVN3, VNI = "unicode", "tcvn3", "vni"

_TCVN3 = {
    0xA1: "Ă", 0xA2: "Â", 0xA3: "Ê", 0xA4: "Ô", 0xA5: "Ơ", 0xA6: "Ư", 0xA7: "Đ",
    0xA8: "ă", 0xA9: "â", 0xAA: "ê", 0xAB: "ô", 0xAC: "ơ", 0xAD: "ư", 0xAE: "đ",
    0xB5: "à", 0xB6: "ả", 0xB7: "ã", 0xB8: "á", 0xB9: "ạ",
    0xBB: "ằ", 0xBC: "ẳ", 0xBD: "ẵ", 0xBE: "ắ", 0xC6: "ặ",
    0xC7: "ầ", 0xC8: "ẩ", 0xC9: "ẫ", 0xCA: "ấ", 0xCB: "ậ",
    0xCC: "è", 0xCE: "ẻ", 0xCF: "ẽ", 0xD0: "é", 0xD1: "ẹ",
    0xD2: "ề", 0xD3: "ể", 0xD4: "ễ", 0xD5: "ế", 0xD6: "ệ",
    0xD7: "ì", 0xD8: "ỉ", 0xDC: "ĩ", 0xDD: "í", 0xDE: "ị",
    0xDF: "ò", 0xE1: "ỏ", 0xE2: "õ", 0xE3: "ó", 0xE4: "ọ",
    0xE5: "ồ", 0xE6: "ổ", 0xE7: "ỗ", 0xE8: "ố", 0xE9: "ộ",
    0xEA: "ờ", 0xEB: "ở", 0xEC: "ỡ", 0xED: "ớ", 0xEE: "ợ",
    0xEF: "ù", 0xF1: "ủ", 0xF2: "ũ", 0xF3: "ú", 0xF4: "ụ",
    0xF5: "ừ", 0xF6: "ử", 0xF7: "ữ", 0xF8: "ứ", 0xF9: "ự",
    0xFA: "ỳ", 0xFB: "ỷ", 0xFC: "ỹ", 0xFD: "ý", 0xFE: "ỵ",
}  # fmt: skip

# VNI: a base letter and, after it, a letter that stands for the tone (and the hat)
_TONES = {"ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ù": "\u0301", "ï": "\u0323"}
_HATTED = {
    "a": {
        "ê": "ă", "é": "ắ", "è": "ằ", "ú": "ẳ", "ü": "ẵ", "ë": "ặ",
        "â": "â", "á": "ấ", "à": "ầ", "å": "ẩ", "ã": "ẫ", "ä": "ậ",
    },
    "e": {"â": "ê", "á": "ế", "à": "ề", "å": "ể", "ã": "ễ", "ä": "ệ"},
    "o": {"â": "ô", "á": "ố", "à": "ồ", "å": "ổ", "ã": "ỗ", "ä": "ộ"},
}  # fmt: skip
_TONED = {
    "a": "àảãáạ", "e": "èẻẽéẹ", "o": "òỏõóọ", "u": "ùủũúụ", "y": "ỳỷỹýỵ",
    "ô": "ờởỡớợ", "ö": "ừửữứự",
}  # fmt: skip
_ALONE = {"ñ": "đ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _vni_pairs() -> dict[str, str]:
    pairs = dict(_ALONE)
    for base, letters in _TONED.items():
        pairs.update({base + mark: letter for mark, letter in zip(_TONES, letters, strict=True)})
    for base, marks in _HATTED.items():
        pairs.update({base + mark: letter for mark, letter in marks.items()})
    upper = {key.upper(): letter.upper() for key, letter in pairs.items()}
    mixed = {
        key[0].upper() + key[1]: letter.upper() for key, letter in pairs.items() if len(key) == 2
    }
    return {**pairs, **mixed, **upper}


_VNI = _vni_pairs()
_VNI_PATTERN = re.compile("|".join(sorted(_VNI, key=len, reverse=True)))

_LATIN_LETTERS = "ÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝàáâãèéêìíòóôõùúý"  # of Vietnamese, in Latin-1
# signs that stand within TCVN3 words and never within Unicode ones
_TCVN3_SIGN = re.compile(r"[¨©ª«¬®µ¶·¸¹»¼½¾¡¢£¤¥¦§Æ\xd7ßþÞ]")
# a Unicode Vietnamese word never has these letters after these vowels
_VNI_SIGN = re.compile(
    r"[aeouyôö][ùøûïåäüë]|[ae][âáàãê]|oâ|[aeo]õ|ñ|[öæ](?=n|c|t|m|$|\s)", re.IGNORECASE
)
_UNICODE_SIGN = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0303\u0309\u0323]")
_TCVN3_LETTERS = set(map(chr, _TCVN3))
_NOT_TCVN3 = re.compile(f"[{''.join(sorted(set(_LATIN_LETTERS) - _TCVN3_LETTERS))}]")
# what no slip of the hand makes of a Unicode Vietnamese word
_FOREIGN = re.compile(
    f"[{re.escape(''.join(sorted((_TCVN3_LETTERS | set('ÛÅÄ')) - set(_LATIN_LETTERS))))}]"
)
# a capital that only a font makes a small letter, and pairs of VNI: looked for behind a high
# letter, as those are few
_ANY_SIGN = re.compile(
    rf"[\xa1-\xff](?:(?<={_FOREIGN.pattern})|(?<=[a-z\xdf-\xff][\xc0-\xde])"
    r"|(?<=[A-Z][\xc0-\xde])(?=[a-z])|(?<=[aeouyAEOUYôÔ][ùÙ])|(?<=[aeAE][âáàãêÂÁÀÃÊ])"
    r"|(?<=[oO][âÂ])|(?<=[aeoAEO][õÕ]))"
)
_HIGH = re.compile("[\xa1-\xff]")
_WORD = re.compile(r"[^\W\d_]+")
_LETTERS = re.compile(r"[A-Za-z]+")
_ENOUGH = 0.02  # of the text cells looked at show a sign
_LOOK_AT = 4000  # text cells
_LEAST = 2  # cells; one alone may be anything


def detect(cells: list[str]) -> str:
    """How the text in `cells` is encoded: "unicode", "tcvn3" or "vni".

    Says a legacy encoding only where its signs clearly outnumber those of the other one.
    """
    odd = [
        text for text in cells[:_LOOK_AT] if _HIGH.search(text) and not _UNICODE_SIGN.search(text)
    ]
    least = max(2, _ENOUGH * min(len(cells), _LOOK_AT))
    tcvn3 = sum(1 for text in odd if _TCVN3_SIGN.search(text))
    vni = sum(1 for text in odd if _VNI_SIGN.search(text) and not _TCVN3_SIGN.search(text))
    if tcvn3 >= least and tcvn3 >= vni:
        return TCVN3
    if vni >= least and vni > tcvn3 * 3:
        return VNI
    return UNICODE


def decode(text: str, encoding: str) -> str:
    """`text` typed in `encoding`, as Unicode. Text already in Unicode comes back as it is."""
    if encoding == UNICODE or not _HIGH.search(text) or _UNICODE_SIGN.search(text):
        return text
    if encoding == TCVN3:
        return _same_case(text.translate(_TCVN3))
    return _VNI_PATTERN.sub(lambda found: _VNI[found[0]], text)


def encode_tcvn3(text: str) -> bytes:
    """NFC `text` as TCVN3 bytes; capitals with a tone as small letters, as ABC fonts do.

    For making samples. UnicodeEncodeError for letters that TCVN3 does not have.
    """
    return "".join(_TO_TCVN3.get(letter, letter) for letter in text).encode("latin-1")


_TO_TCVN3 = {letter: chr(code) for code, letter in _TCVN3.items()}
_TO_TCVN3.update(
    {
        letter.upper(): code
        for letter, code in list(_TO_TCVN3.items())
        if letter.upper() not in _TO_TCVN3
    }
)


def _same_case(text: str) -> str:
    """ABC has no capitals with a tone: they come as small letters among capitals."""
    runs = ["".join(_LETTERS.findall(word)) for word in text.split()]
    # Lý A Gà has capitals only and is yet in small letters: only a word of capitals tells
    if max(map(len, runs), default=0) > 1 and "".join(runs).isupper():
        return text.upper()
    words = [_same_case_word(word) for word in text.split(" ")]
    small = [place for place, word in enumerate(words) if word[:1].islower()]
    if len(words) > 1 and len(small) < len(words) and all(words[p][0] > "\x7f" for p in small):
        for place in small:  # Lò Văn ứng: every other word is capitalised, so this one was
            words[place] = words[place][0].upper() + words[place][1:]
    return " ".join(words)


def _same_case_word(word: str) -> str:
    letters = "".join(_LETTERS.findall(word))
    return word.upper() if len(letters) > 1 and letters.isupper() else word


def settle(rows: list[list[Any]]) -> str:
    """Find the cells of a sheet in an old code and decode them in place.

    Returns the code that most of them are in, "unicode" where no two cells are in an old one.
    """
    texts = {v for v in chain.from_iterable(rows) if type(v) is str and not v.isascii()}
    codes = _codes(texts, rows)
    if not codes:
        return UNICODE
    verdicts = {code: {text: _verdict(text, code) for text in texts} for code in codes}
    columns = _columns(rows)
    weights = [_weights(column, verdicts) for column in columns]
    overall = sum(weights, Counter[str]()).most_common(1)[0][0]
    chosen = [max((overall, *codes), key=weight.__getitem__) for weight in weights]
    marks = [
        {row: verdicts[code][text] for row, text in column.items()}
        for column, code in zip(columns, chosen, strict=True)
    ]
    mixture = Mixture(marks)
    for place, (column, code) in enumerate(zip(columns, chosen, strict=True)):
        said: dict[str, str] = {}  # a column repeats itself
        for row in mixture.old_rows(place, _Likelier(column, marks[place], code)):
            text = column[row]
            rows[row][place] = said.get(text) or said.setdefault(text, decode(text, code))
    return overall


def _codes(texts: set[str], rows: list[list[Any]]) -> list[str]:
    """The old codes that some of the `texts` in `rows` are in.

    Letters foreign to Unicode Vietnamese prove it in two cells; what a slip of the hand could
    make of a word, only in numbers.
    """
    if not _ANY_SIGN.search("\n".join(texts)):  # all at once: nearly every list is in Unicode
        return []
    odd = list(filter(_ANY_SIGN.search, texts))
    codes = []
    for code in (TCVN3, VNI):
        old = {text for text in odd if _verdict(text, code) == OLD}
        if not old:
            continue
        cells = [v for row in rows for v in row if type(v) is str and v in texts]
        showing = [text for text in cells if text in old]
        foreign = sum(1 for text in showing if _FOREIGN.search(text))
        if foreign >= _LEAST or len(showing) >= max(_LEAST, _ENOUGH * len(cells)):
            codes.append(code)
    return codes


def _columns(rows: list[list[Any]]) -> list[dict[int, str]]:
    """Row → text by column, of the cells with letters beyond ASCII."""
    columns: list[dict[int, str]] = [{} for _ in range(max(map(len, rows), default=0))]
    for index, row in enumerate(rows):
        for column, value in enumerate(row):
            if type(value) is str and not value.isascii():
                columns[column][index] = value
    return columns


def _weights(column: dict[int, str], verdicts: dict[str, dict[str, str]]) -> Counter[str]:
    """How many cells of the column show each code."""
    return Counter(
        code for text in column.values() for code in verdicts if verdicts[code][text] == OLD
    )


def _verdict(text: str, code: str) -> str:
    """Whether `text` is OLD, in `code`, or NEW, in Unicode, where it shows that by itself."""
    if _UNICODE_SIGN.search(text) or (code == TCVN3 and _NOT_TCVN3.search(text)):
        return NEW
    sign = _ANY_SIGN if code == TCVN3 else _VNI_SIGN
    # Müller, 3×4 and « » have such letters too, but what they decode to is no Vietnamese
    return OLD if sign.search(text) and _all_syllables(decode(text, code)) else UNKNOWN


def _marked_words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text) if not word.isascii()]


def _all_syllables(text: str) -> bool:
    words = _marked_words(text)
    return any(len(word) > 1 for word in words) and all(map(is_syllable, words))


class _Likelier:
    """Which reading of a cell makes syllables, and words that the column is known to have."""

    def __init__(self, column: dict[int, str], marks: dict[int, str], code: str) -> None:
        self.column, self.marks, self.code = column, marks, code

    @cached_property
    def known(self) -> set[str]:
        """The words of the cells that show by themselves what they are."""
        return {
            word
            for row, mark in self.marks.items()
            if mark
            for word in _marked_words(
                decode(self.column[row], self.code) if mark == OLD else self.column[row]
            )
        }

    def __call__(self, row: int) -> str:
        text = self.column[row]
        old, new = self._score(decode(text, self.code)), self._score(text)
        return UNKNOWN if old == new else OLD if old > new else NEW

    def _score(self, text: str) -> tuple[bool, int]:
        sound = _all_syllables(text) and not _FOREIGN.search(text)
        return sound, sum(word in self.known for word in _marked_words(text))
