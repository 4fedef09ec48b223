"""Where two writings of one thing differ, letter by letter, for showing side by side. Pure."""

from difflib import SequenceMatcher

from hssk.kit.text import fold

SAME, CLOSE, DIFFERENT, UNKNOWN = "same", "close", "different", "unknown"

Segments = list[tuple[str, bool]]


def verdict(left: str, right: str) -> str:
    """same; close (alike but for marks, case, spaces); different; unknown when one is empty."""
    if not left or not right:
        return UNKNOWN
    if left == right:
        return SAME
    return CLOSE if fold(left) == fold(right) else DIFFERENT


def marked(left: str, right: str) -> tuple[Segments, Segments]:
    """Each side as (text, differs) segments, in order; joined they give the text back.

    Letter case does not count as a difference; tone marks do.
    """
    if not left or not right:
        return [(left, False)], [(right, False)]
    sides: tuple[Segments, Segments] = ([], [])
    first, second = left.lower(), right.lower()
    if len(first) != len(left) or len(second) != len(right):
        first, second = left, right
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        for side, text in zip(sides, (left[start:end], right[other_start:other_end]), strict=True):
            if text:
                side.append((text, kind != "equal"))
    return sides


def compare_line(label: str, left: str, right: str) -> dict[str, object]:
    """One line of kit/parts/compare.html."""
    first, second = marked(left, right)
    return {"label": label, "left": first, "right": second, "verdict": verdict(left, right)}
