"""The door of this package: what the rest of the house uses of it.

No part of `__init__`, for a reading child would then load all of this before it reads anything.
"""

from hssk.exchange.formats.errors import UnreadableFile
from hssk.exchange.formats.grids import Grid
from hssk.exchange.formats.limits import Limits
from hssk.exchange.formats.parent import Begun, read_in_child
from hssk.exchange.formats.rows import ERROR, WARNING, Columns, Problem, Row
from hssk.exchange.formats.tables.layout.model import FIELDS, Layout
from hssk.exchange.formats.tables.notes import Note
from hssk.exchange.formats.tables.reading import Reading, SheetReading
from hssk.exchange.formats.wire import GRID

__all__ = [
    "ERROR", "FIELDS", "GRID", "WARNING", "Begun", "Columns", "Grid", "Layout", "Limits", "Note",
    "Problem", "Reading", "Row", "SheetReading", "UnreadableFile", "read_in_child",
]  # fmt: skip
