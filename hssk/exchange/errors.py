"""What this room refuses, said to the person who must act."""

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


class Busy(Refused):
    """Somebody else is working on this file just now."""
