"""Single faults of writing: each takes a clean text and dice, and gives the spoilt text."""

import unicodedata

import numpy as np

_MARKED = [chr(c) for c in (*range(0xC0, 0x1B8), *range(0x1E00, 0x1F00)) if chr(c).isalpha()]
_BARE = {ord(c): unicodedata.normalize("NFD", c)[0] for c in _MARKED} | {
    ord("đ"): "d",
    ord("Đ"): "D",
}
_TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
# sounds that one northern ear or one keyboard confuses
_CONFUSED = (
    ("s", "x"), ("x", "s"), ("ch", "tr"), ("tr", "ch"), ("gi", "d"), ("d", "gi"), ("r", "d"),
    ("l", "n"), ("n", "l"), ("i", "y"), ("y", "i"), ("ngh", "ng"), ("k", "c"), ("c", "k"),
)  # fmt: skip


def lose_marks(name: str, dice: int) -> str:
    """Nguyễn Thị Đào → Nguyen Thi Dao."""
    return name.translate(_BARE)


def change_tone(name: str, dice: int) -> str:
    """One word with another tone: Hương → Hường."""
    words = name.split(" ")
    place = dice % len(words)
    parts = unicodedata.normalize("NFD", words[place])
    toneless = "".join(part for part in parts if part not in _TONES[1:])
    for offset, letter in enumerate(toneless):
        if letter.lower() in "aeiouy":
            end = offset + 1
            while end < len(toneless) and unicodedata.combining(toneless[end]):
                end += 1
            tone = _TONES[dice // 7 % len(_TONES)]
            words[place] = unicodedata.normalize("NFC", toneless[:end] + tone + toneless[end:])
            break
    return " ".join(words)


def confuse_sound(name: str, dice: int) -> str:
    """One beginning or vowel as it sounds to another: Sinh → Xinh, Ly → Li."""
    words = name.split(" ")
    for turn in range(len(words)):
        place = (dice + turn) % len(words)
        word = words[place].lower()
        for heard, written in _CONFUSED:
            if word.startswith(heard) and len(word) > len(heard):
                words[place] = (written + word[len(heard) :]).capitalize()
                return " ".join(words)
            if heard in "iy" and word.endswith(heard) and len(word) > 1:
                words[place] = (word[:-1] + written).capitalize()
                return " ".join(words)
    return name


def mistype(name: str, dice: int) -> str:
    """One letter left out, doubled, or two changed about."""
    place = 1 + dice % max(1, len(name) - 2)
    kind = dice // 97 % 3
    if kind == 0:
        spoilt = name[:place] + name[place + 1 :]
    elif kind == 1:
        spoilt = name[:place] + name[place] + name[place:]
    else:
        spoilt = name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :]
    return " ".join(spoilt.split())


def drop_middle(name: str, dice: int) -> str:
    """Without the middle words, or without one of two: Lò Thị Thu Hà → Lò Hà, Lò Thu Hà."""
    words = name.split(" ")
    if len(words) < 3:
        return name
    if len(words) > 3 and dice % 3:
        del words[1 + dice // 3 % (len(words) - 2)]
        return " ".join(words)
    return f"{words[0]} {words[-1]}"


def shout(name: str, dice: int) -> str:
    return name.upper()


# in this order: capitals last, so that the others meet ordinary words
NAME_FAULTS = {
    "dropped_middle": drop_middle,
    "confused_sounds": confuse_sound,
    "wrong_tone": change_tone,
    "mistyped": mistype,
    "lost_marks": lose_marks,
    "upper_case": shout,
}


def days_in_month(birth: np.ndarray) -> np.ndarray:
    months = (birth // 10000 - 1970) * 12 + np.maximum(birth // 100 % 100, 1) - 1
    first = months.astype("datetime64[M]")
    return ((first + 1).astype("datetime64[D]") - first.astype("datetime64[D]")).astype(np.int32)


def swap_day_month(birth: np.ndarray) -> np.ndarray:
    """5 March as 3 May; a day above 12 stays as it was."""
    year, month, day = birth // 10000, birth // 100 % 100, birth % 100
    return np.where((day <= 12) & (day > 0), year * 10000 + day * 100 + month, birth)


def shift_day(birth: np.ndarray, dice: np.ndarray) -> np.ndarray:
    """Another day of the month (mostly one digit apart), or another month."""
    year, month, day = birth // 10000, birth // 100 % 100, birth % 100
    step = np.array([1, -1, 10, -10, 2, -2, 5])[dice % 7]
    moved_day = np.clip(day + step, 1, days_in_month(birth))
    moved_month = (month - 1 + 1 + dice // 7 % 3) % 12 + 1
    moved = np.where(
        dice % 4 == 0,
        year * 10000 + moved_month * 100 + np.minimum(day, 28),
        year * 10000 + month * 100 + moved_day,
    )
    return np.where(day > 0, moved, birth)


def shift_year(birth: np.ndarray, dice: np.ndarray, latest: int) -> np.ndarray:
    """A year or two off, or ten: 1978 as 1988. Never after the year `latest`."""
    step = np.array([1, -1, 1, -1, 2, -2, 10, -10])[dice % 8]
    year = np.minimum(birth // 10000 + step, latest - 1)
    moved = year * 10000 + birth % 10000
    return np.where(birth % 10000 == 229, moved - 1, moved)
