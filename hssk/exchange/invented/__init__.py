"""Invented residents and the two dirty files about them, with the truth beside: no real person."""

from .city import City, invent
from .dirt import Dirt, Faults

__all__ = ["City", "Dirt", "Faults", "invent"]
