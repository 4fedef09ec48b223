"""How large a file of claims may be before it is refused."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bounds:
    """A claim of a long stay is some hundred KB; these are a hundred times that.

    What libxml2 itself refuses is not set here: more than 256 levels, or 10 million letters
    between two tags.
    """

    claims: int = 200_000  # in one file
    hoso: int = 64 << 20  # bytes of one HOSO in the envelope, in UTF-8
    decoded: int = 16 << 20  # bytes of one inner document
    elements: int = 400_000  # tags, opening and closing, of one HOSO or one inner document
    text: int = 1_000_000  # letters of one value
    levels: int = 8  # of elements above a row
    prolog: int = 64 << 10  # bytes before the first element
