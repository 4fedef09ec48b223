"""What a checkpoint of the log says, and how one is told to a witness: text, one line each."""

import hashlib
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Told:
    """A checkpoint in words: the looks up to `last`, their lines, their month by its first day,
    root, and the chain so far."""

    number: int
    last: int
    lines: int
    month: date
    root: str
    chain: str

    @classmethod
    def read(cls, text: str) -> "Told":
        """From `number last lines month root chain`; ValueError when it is not that."""
        number, last, lines, month, root, chain = text.split()
        bytes.fromhex(root)
        bytes.fromhex(chain)
        return cls(int(number), int(last), int(lines), date.fromisoformat(month), root, chain)

    def __str__(self) -> str:
        return f"{self.number} {self.last} {self.lines} {self.month} {self.root} {self.chain}"

    def continues(self, before: "Told | None") -> bool:
        """Whether its chain is that of the one before it, None before the first."""
        told = f"{self.number}|{self.last}|{self.lines}|{self.month}|{self.root}"
        return self.chain == chained(before, told) and self.number == (
            before.number + 1 if before else 1
        )


def sealed(before: Told | None, *, last: int, lines: int, month: date, root: str) -> Told:
    """The checkpoint that follows `before`, None for the first."""
    number = before.number + 1 if before else 1
    told = f"{number}|{last}|{lines}|{month}|{root}"
    return Told(number, last, lines, month, root, chained(before, told))


def chained(before: Told | None, told: str) -> str:
    """The chain after a checkpoint: it stands for that one and for all before it."""
    return hashlib.sha256(f"{before.chain if before else ''}|{told}".encode()).hexdigest()
