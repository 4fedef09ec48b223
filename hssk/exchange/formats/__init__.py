"""Reading and writing files. Pure Python: no framework, no database.

`read_in_child` is the way in and `Begun` an early start of it; the way out is
`hssk.exchange.formats.tables.write`.
"""

from hssk.exchange.formats.errors import UnreadableFile
from hssk.exchange.formats.grids import GRID, Grid
from hssk.exchange.formats.limits import Limits
from hssk.exchange.formats.parent import Begun, read_in_child
from hssk.exchange.formats.rows import ERROR, WARNING, Problem, Row
from hssk.exchange.formats.tables.frame import Columns
from hssk.exchange.formats.tables.layout.model import FIELDS, Layout
from hssk.exchange.formats.tables.notes import Note
from hssk.exchange.formats.tables.reading import Reading, SheetReading

__all__ = [
    "ERROR", "FIELDS", "GRID", "WARNING", "Begun", "Columns", "Grid", "Layout", "Limits", "Note",
    "Problem", "Reading", "Row", "SheetReading", "UnreadableFile", "read_in_child",
]  # fmt: skip
