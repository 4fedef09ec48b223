"""Names as numbers: every different name is taken apart once, pairs are compared as arrays.

A Vietnamese name has no reliable first/last split; what people keep stable is the last word (the
given name) and the first (the surname). Words in between are dropped, swapped or abbreviated.
Where the clan follows the given name, `kit.peoples` has put it first.
Source: domain.md, "Top 15", fact 15.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA

from hssk.exchange.linkage.blocking import runs
from hssk.kit.peoples import words_of
from hssk.kit.text import fold

WORDS = 6  # given name, surname, and up to four words between them
FAR = 3  # more slips than a typing error explains

# How two names agree, from best to worst. The order is the order of weights.json.
LEVELS = (
    "same",  # letters and marks
    "marks_missing",  # same letters; where marks differ one side has none
    "marks_differ",  # same letters; other marks, but not on the given name
    "marks_differ_given",  # same letters; the given name carries other marks: Thủy, Thúy
    "swapped",  # same words in another order
    "sounds_alike",  # spelt as it sounds: Sinh, Xinh; Ly, Li
    "middle_dropped",  # surname and given name agree; one side lacks middle words
    "typo",  # a slip or two, the given name untouched
    "typo_given",  # one slip in a given name that is no other known name by it
    "near_given",  # one slip apart, but both are names in use: Lan, Loan
    "middle_differs",  # surname and given name agree, the middle does not
    "given_only",  # the given name agrees
    "family_only",  # the surname (and perhaps the middle) agrees: brothers and sisters
    "different",
    "mothers",  # an infant under the name of a woman of its household (found by scoring)
)
(
    SAME_NAME,
    MARKS_MISSING,
    MARKS_DIFFER,
    MARKS_DIFFER_GIVEN,
    SWAPPED,
    SOUNDS_ALIKE,
    MIDDLE_DROPPED,
    TYPO,
    TYPO_GIVEN,
    NEAR_GIVEN,
    MIDDLE_DIFFERS,
    GIVEN_ONLY,
    FAMILY_ONLY,
    DIFFERENT,
    MOTHERS,
) = range(len(LEVELS))
_IN_USE = 4  # a given name borne this often is a name, not a slip

# beginnings and what they sound like; longer ones first, those that only look alike keep themselves
_SOUNDS = (
    *((f"gi{vowel}", f"d{vowel}") for vowel in "aeou"),
    *(("ngh", "ng"), ("ng", "ng"), ("nh", "nh"), ("gh", "g"), ("kh", "kh"), ("tr", "ch")),
    *(("gi", "di"), ("x", "s"), ("r", "d"), ("z", "d"), ("n", "l"), ("k", "c")),
)
# "con bà", "CB", "bé", "(con)" around a mother's name
_CHILD_OF = re.compile(
    r"^(?:cb|con|be|so sinh)\b\.?(?: (?:cua|ba|chi|me|so sinh)\b)*:? ?| ?\((?:con|cb|be)[^)]*\)$"
)

Keys = NDArray[np.int64]


def keys_of(texts: list[str]) -> Keys:
    """A 64-bit key per text, 0 for the empty one. Keys are only ever compared for equality."""
    return np.fromiter((hash(t) if t else 0 for t in texts), np.int64, len(texts))


@dataclass(frozen=True, slots=True)
class Names:
    """The different names of a set of entries, one row each, and which entry bears which."""

    of_entry: NDArray[np.int32]
    folded: list[str]
    marked_key: Keys
    folded_key: Keys
    marked_words: Keys  # [name, WORDS]: given, surname, then the words between
    folded_words: Keys
    bag_key: Keys  # the words in any order
    ends_key: Keys  # surname and given name
    sound_key: Keys  # the sounds of the words in any order
    given_sound: Keys
    mother_key: Keys  # the folded name without "con bà", "(con)" and their like

    def __len__(self) -> int:
        return len(self.folded)


def take_apart(names: list[str]) -> Names:
    """Names as written (NFC) to their table. Capitals do not matter; an empty name has key 0."""
    written: dict[str, int] = {}
    of_written = np.fromiter(
        (written.setdefault(n, len(written)) for n in names), np.int32, len(names)
    )
    small: dict[str, int] = {}
    of_small = np.fromiter(
        (small.setdefault(n.lower(), len(small)) for n in written), np.int32, len(written)
    )
    words: dict[str, str] = {}
    split = [words_of(name) for name in small]
    for parts in split:
        for word in parts:
            if word not in words:
                words[word] = fold(word)
    folded = [" ".join([words[w] for w in parts]) for parts in split]
    bare = {w: hash(f) if f else 0 for w, f in words.items()}
    marked_words = _word_table(split, {w: hash(w) for w in words})
    folded_words = _word_table(split, bare)
    sounds = _word_table(split, {w: hash(sound(f)) if f else 0 for w, f in words.items()})
    return Names(
        of_entry=of_small[of_written] if names else np.zeros(0, np.int32),
        folded=folded,
        marked_key=keys_of([" ".join(parts) for parts in split]),
        folded_key=keys_of(folded),
        marked_words=marked_words,
        folded_words=folded_words,
        bag_key=folded_words.sum(axis=1),
        ends_key=folded_words[:, 0] * 31 + folded_words[:, 1],
        sound_key=sounds.sum(axis=1),
        given_sound=sounds[:, 0],
        mother_key=keys_of(list(map(_mother, small, folded))),
    )


def _mother(name: str, folded: str) -> str:
    """A folded name without "con bà" and its like, as the mother's own name is kept."""
    if not _CHILD_OF.search(folded):
        return folded
    return " ".join(words_of(_CHILD_OF.sub("", fold(name))))


def after_mother(folded: str) -> str:
    """Whose child a folded name says that somebody is: "con ba giang thi my" → "giang thi my"; ""
    for any other name."""
    mother = _CHILD_OF.sub("", folded)
    return mother if mother != folded else ""


def sound(word: str) -> str:
    """How a folded word sounds where l and n, s and x, ch and tr, d, gi and r are one sound.

    Names taken down by ear differ so, and by i for y and c for k.
    """
    heard = word.replace("y", "i")
    for written, plain in _SOUNDS:
        if heard.startswith(written):
            return plain + heard[len(written) :]
    return heard


def _word_table(split: list[list[str]], key: dict[str, int]) -> Keys:
    """[name, WORDS] keys: given name, surname, words between. Names of one word have no surname."""
    lengths = np.fromiter(map(len, split), np.int64, len(split))
    flat = np.fromiter((key[w] for parts in split for w in parts), np.int64, int(lengths.sum()))
    starts = np.cumsum(lengths) - lengths
    table = np.zeros((len(split), WORDS), np.int64)
    has, two = lengths > 0, lengths > 1
    table[has, 0] = flat[(starts + lengths - 1)[has]]
    table[two, 1] = flat[starts[two]]
    for column in range(2, WORDS):
        some = lengths > column
        table[some, column] = flat[starts[some] + column - 1]
    return table


@dataclass(frozen=True, slots=True)
class NameTable:
    """The names of the known and the incoming entries, one under the other."""

    of_entry: NDArray[np.int32]
    folded: list[str]
    marked_key: Keys
    folded_key: Keys
    marked_words: Keys
    folded_words: Keys
    bag_key: Keys
    ends_key: Keys
    sound_key: Keys
    given_sound: Keys
    mother_key: Keys
    given_count: NDArray[np.int64]  # entries that share the given name


def stack(known: Names, incoming: Names) -> NameTable:
    """Both tables as one; names of `incoming` follow those of `known`."""
    of_entry = np.concatenate([known.of_entry, incoming.of_entry + np.int32(len(known))])
    arrays = {
        part: np.concatenate([getattr(known, part), getattr(incoming, part)])
        for part in (
            "marked_key",
            "folded_key",
            "marked_words",
            "folded_words",
            "bag_key",
            "ends_key",
            "sound_key",
            "given_sound",
            "mother_key",
        )
    }
    order, run, _ = runs(arrays["folded_words"][:, 0])
    borne = np.bincount(of_entry, minlength=len(arrays["marked_key"]))
    count = np.zeros(len(borne), np.int64)
    count[order] = np.bincount(run, weights=borne[order])[run]
    return NameTable(of_entry, known.folded + incoming.folded, given_count=count, **arrays)


def compare(
    table: NameTable, left: NDArray[np.int32], right: NDArray[np.int32]
) -> NDArray[np.int8]:
    """The level of agreement of each pair of names (indices into the table).

    -1 where a name is empty.
    """
    level = np.full(len(left), -1, np.int8)
    marked_left, marked_right = table.marked_key[left], table.marked_key[right]
    level[marked_left == marked_right] = SAME_NAME
    present = (marked_left != 0) & (marked_right != 0)
    level[~present] = -1
    rest = np.flatnonzero(present & (level < 0))
    alike = table.folded_key[left[rest]] == table.folded_key[right[rest]]
    marks = rest[alike]
    level[marks] = _compare_marks(table, left[marks], right[marks])
    letters = rest[~alike]
    if len(letters):
        level[letters] = _compare_letters(table, left[letters], right[letters])
    return level


def _compare_marks(
    table: NameTable, left: NDArray[np.int32], right: NDArray[np.int32]
) -> NDArray[np.int8]:
    """Names of the same letters: which marks are missing or different."""
    bare = table.folded_words[left]
    one, other = table.marked_words[left], table.marked_words[right]
    conflict = (one != other) & (one != bare) & (other != bare)
    level = np.full(len(left), MARKS_MISSING, np.int8)
    level[conflict.any(axis=1)] = MARKS_DIFFER
    level[conflict[:, 0]] = MARKS_DIFFER_GIVEN
    return level


def _compare_letters(
    table: NameTable, left: NDArray[np.int32], right: NDArray[np.int32]
) -> NDArray[np.int8]:
    """Names of different letters, worst level first so that better ones overwrite it."""
    one, other = table.folded_words[left], table.folded_words[right]
    given = one[:, 0] == other[:, 0]
    family = (one[:, 1] == other[:, 1]) & (one[:, 1] != 0)  # names of one word have none in common
    level = np.full(len(left), DIFFERENT, np.int8)
    level[family] = FAMILY_ONLY
    level[given] = GIVEN_ONLY
    level[given & family] = MIDDLE_DIFFERS
    slips = process.cpdist(
        list(map(table.folded.__getitem__, left.tolist())),
        list(map(table.folded.__getitem__, right.tolist())),
        scorer=OSA.distance,
        score_cutoff=FAR - 1,
        dtype=np.int8,
    )
    level[given & (slips < FAR)] = TYPO
    in_use = np.minimum(table.given_count[left], table.given_count[right]) >= _IN_USE
    slip = ~given & (slips == 1)
    level[slip & in_use] = NEAR_GIVEN
    level[slip & ~in_use] = TYPO_GIVEN
    level[given & family & _middle_within(one, other)] = MIDDLE_DROPPED
    level[table.sound_key[left] == table.sound_key[right]] = SOUNDS_ALIKE
    level[table.bag_key[left] == table.bag_key[right]] = SWAPPED
    return level


def _middle_within(one: Keys, other: Keys) -> NDArray[np.bool_]:
    """Whether the words between surname and given name of one side all occur on the other."""
    one, other = one[:, 2:], other[:, 2:]
    same = one[:, :, None] == other[:, None, :]
    return (same.any(axis=2) | (one == 0)).all(axis=1) | (same.any(axis=1) | (other == 0)).all(
        axis=1
    )
