"""Where two writings of one thing differ, letter by letter, for showing side by side. Pure."""

import re
from difflib import SequenceMatcher
from itertools import groupby

from hssk.kit.text import fold

SAME, CLOSE, DIFFERENT, UNKNOWN = "same", "close", "different", "unknown"

LONG_NUMBER = 5  # digits; what has fewer is read as one thing

_WORDS = re.compile(r"\w+|\W")

Segments = list[tuple[str, bool]]


def verdict(left: str, right: str) -> str:
    """same; close (alike but for marks, case, spaces); different; unknown when one is empty."""
    if not left or not right:
        return UNKNOWN
    if left == right:
        return SAME
    return CLOSE if fold(left) == fold(right) else DIFFERENT


def _letters(left: str, right: str) -> tuple[Segments, Segments]:
    """Two words that resemble each other, marked letter by letter; else marked whole."""
    first, second = left.lower(), right.lower()
    if first == second:
        return [(left, False)], [(right, False)]
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    sides: tuple[Segments, Segments] = ([], [])
    short = left.isdigit() and max(len(left), len(right)) < LONG_NUMBER
    if short or len(first) != len(left) or matcher.ratio() < 0.5:
        return [(left, True)], [(right, True)]
    if left.isdigit() and len(left) == len(right):  # digits have places: compare them one by one
        return _places(left, right), _places(right, left)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        for side, text in zip(sides, (left[start:end], right[other_start:other_end]), strict=True):
            if text:
                side.append((text, kind != "equal"))
    return sides


def _places(text: str, other: str) -> Segments:
    """`text` in runs of places that are alike, or not, in `other` of the same length."""
    pairs = groupby(zip(text, other, strict=True), key=lambda pair: pair[0] != pair[1])
    return [("".join(digit for digit, _ in run), differs) for differs, run in pairs]


def marked(left: str, right: str) -> tuple[Segments, Segments]:
    """Each side as (text, differs) segments, in order; joined they give the text back.

    Word by word; a day, month or year as a whole, so that it stays readable, a long number digit
    by digit. Letter case
    is no difference; tone marks are. An empty side marks nothing.
    """
    if not left or not right:
        return [(left, False)], [(right, False)]
    sides: tuple[Segments, Segments] = ([], [])
    first, second = _WORDS.findall(left), _WORDS.findall(right)
    if len(first) == len(second):
        pairs = [([a], [b]) for a, b in zip(first, second, strict=True)]
    else:
        matcher = SequenceMatcher(None, [w.lower() for w in first], [w.lower() for w in second])
        pairs = [(first[a:b], second[c:d]) for _kind, a, b, c, d in matcher.get_opcodes()]
    for words, others in pairs:
        for side, segments in zip(sides, _letters("".join(words), "".join(others)), strict=True):
            side.extend((text, differs) for text, differs in segments if text)
    return sides


def compare_line(label: str, left: str, right: str) -> dict[str, object]:
    """One line of kit/parts/compare.html."""
    first, second = marked(left, right)
    return {"label": label, "left": first, "right": second, "verdict": verdict(left, right)}
