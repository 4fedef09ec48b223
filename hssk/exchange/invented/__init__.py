"""Invented residents and the two dirty files about them, with the truth beside: no real person."""

from .city import City, invent
from .dirt import Dirt, Faults
from .files import Files, write_files

__all__ = ["City", "Dirt", "Faults", "Files", "invent", "write_files"]
