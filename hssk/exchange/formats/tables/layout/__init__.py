"""Finding out what the columns of a sheet mean: by their headers, else by their content."""

from hssk.exchange.formats.tables.layout.find import find_layout
from hssk.exchange.formats.tables.layout.model import AUTO, FIELDS, RECORDS, ROSTER, Layout

__all__ = ["AUTO", "FIELDS", "RECORDS", "ROSTER", "Layout", "find_layout"]
