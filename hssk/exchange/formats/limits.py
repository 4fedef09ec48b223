"""How much a reading child may use before it is stopped."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """memory in bytes of address space; cpu and wall in seconds."""

    memory: int = 3 << 30
    cpu: int = 300
    wall: int = 600
