"""Vietnamese text from before Unicode: TCVN3 (ABC, fonts .VnTime) and VNI-Windows.

Such text is Latin-1 letters that a font paints as Vietnamese. It still arrives inside .xls and
.xlsx cells and in text files. Source: TCVN 5712:1993 VN3; the VNI-Windows code chart.
"""

import re
from typing import Any

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

# signs that stand within TCVN3 words and never within Unicode ones
_TCVN3_SIGN = re.compile(r"[¨©ª«¬®µ¶·¸¹»¼½¾¡¢£¤¥¦§Æ\xd7ßþÞ]")
# a Unicode Vietnamese word never has these letters after these vowels
_VNI_SIGN = re.compile(
    r"[aeouyôö][ùøûïåäüë]|[ae][âáàãê]|oâ|[aeo]õ|ñ|[öæ](?=n|c|t|m|$|\s)", re.IGNORECASE
)
_UNICODE_SIGN = re.compile("[ăđĩũơưĂĐĨŨƠƯ\u1ea0-\u1ef9\u0300-\u0303\u0309\u0323]")
_HIGH = re.compile("[\xa1-\xff]")
_LETTERS = re.compile(r"[A-Za-z]+")
_ENOUGH = 0.02  # of the text cells looked at show a sign
_LOOK_AT = 4000  # text cells


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
    letters = "".join(_LETTERS.findall(text))
    if len(letters) > 1 and letters.isupper():
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


def decode_rows(rows: list[list[Any]], only_clear: bool, encoding: str) -> None:
    """Decode the text cells of `rows` in place; `only_clear` leaves cells without a clear sign."""
    sign = _TCVN3_SIGN if encoding == TCVN3 else _VNI_SIGN
    known: dict[str, str] = {}
    for row in rows:
        for column, value in enumerate(row):
            if type(value) is str and not value.isascii():
                found = known.get(value)
                if found is None:
                    clear = not only_clear or sign.search(value)
                    found = known[value] = decode(value, encoding) if clear else value
                row[column] = found


def settle(rows: list[list[Any]]) -> str:
    """Find out how a sheet's text is encoded and decode it in place; returns the encoding found."""
    step = max(1, len(rows) // 500)
    sample = [*rows[:60], *rows[60::step]]
    cells = [value for row in sample for value in row if type(value) is str and not value.isascii()]
    encoding = detect(cells)
    if encoding != UNICODE:
        unicode_cells = sum(1 for text in cells if _UNICODE_SIGN.search(text))
        decode_rows(rows, unicode_cells * 10 > len(cells), encoding)
    return encoding
