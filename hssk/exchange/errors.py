"""What this room refuses, said to the person who must act."""

from collections.abc import Sequence

from hssk.kit.errors import Trouble


class Refused(Trouble):
    """A file or an act was refused: `message` says what is wrong, `advice` what to do."""

    def __init__(self, message: str, advice: str = "", **params: object) -> None:
        super().__init__(message, **params)
        self.advice = advice

    def __str__(self) -> str:
        return f"{super().__str__()} {self.advice.format(**self.params)}".strip()


class Held(Refused):
    """A file was doubted as a whole: nothing of it was applied. Somebody may insist, on record."""


class ColumnsHeld(Held):
    """What the columns mean was guessed, or contradicts what was said of the file.

    `guessed` names the columns to look at: sheet, letter, header, field.
    """

    kind = "layout"

    def __init__(
        self, message: str, advice: str, *, guessed: Sequence[dict] = (), **params: object
    ) -> None:
        super().__init__(message, advice, **params)
        self.guessed = list(guessed)


class Busy(Refused):
    """Somebody else is working on this file just now."""
