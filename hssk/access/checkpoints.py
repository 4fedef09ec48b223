"""What a checkpoint of the log says, and how one is told to a witness: text, one line each."""

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True)
class Told:
    """A checkpoint in words: the looks up to `last`, their lines, root, and the chain so far."""

    number: int
    last: int
    lines: int
    root: str
    chain: str

    @classmethod
    def read(cls, text: str) -> "Told":
        """From `number last lines root chain`; ValueError when it is not that."""
        number, last, lines, root, chain = text.split()
        bytes.fromhex(root)
        bytes.fromhex(chain)
        return cls(int(number), int(last), int(lines), root, chain)

    def __str__(self) -> str:
        return f"{self.number} {self.last} {self.lines} {self.root} {self.chain}"


def chained(before: str, *, number: int, last: int, lines: int, root: str) -> str:
    """The chain after a checkpoint: it stands for that one and for all before it.

    before  the chain after the one before, "" for the first
    """
    return hashlib.sha256(f"{before}|{number}|{last}|{lines}|{root}".encode()).hexdigest()
