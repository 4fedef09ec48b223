"""Names not built like those of the Kinh: where the given name stands, and what is one word.

Ê Đê, M'Nông, Gia Rai, Xơ Đăng, Ba Na and Cơ Ho say the sex in a letter before the given name (Y, A,
K' of a man, H' or Y of a woman): "Y Bhăm Niê Kđăm", "H'Len Êban", "Ksor Y Blơ", "A Blưih". Whoever
takes such a name down writes the letter apart, with a dot, a hyphen or one of many apostrophes, or
in one with the name; and the clan stands after the given name or before it.
"""

import re

from hssk.kit.text import APOSTROPHES

# a letter of sex and the given name: these are one word. A (of men) only stands first: of
# "Sùng A Pháo" it is a word between. Ý is here as well, for Ý Nhi and Y Nhi may be one name.
_APART = rf"[{APOSTROPHES}. \-]+(?=\w)"
_LETTER = re.compile(rf"(?:(?:^|(?<=[ \-]))([hkyýỳỷỹỵ])|^(a)){_APART}")
_ODD = re.compile(rf"[{APOSTROPHES}\-]|(?:^| )[hkyýỳỷỹỵ][ .]|^a[ .]")
_FIRST = re.compile(rf"[hky]{_APART}")
_REST = str.maketrans({**dict.fromkeys(APOSTROPHES), "-": " "})


def words_of(name: str) -> list[str]:
    """The words of a name in small letters, the surname or clan first and the given name last.

    "h'len êban", "h len êban" and "êban h-len" are all ["êban", "hlen"]. Other names stay as they
    stand, and so does "hlen êban": "hpan văn minh" is a slip of the pen.
    """
    if not _ODD.search(name):
        return name.split()
    words = _LETTER.sub(r"\1\2", name).translate(_REST).split()
    return words[1:] + words[:1] if _FIRST.match(name) else words
