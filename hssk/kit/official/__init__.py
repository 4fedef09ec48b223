"""Papers that offices number, sign and send: one definition, as a PDF and as a Word file."""

from hssk.kit.official.paper import Heading, Letter, Paper, as_pdf, as_word, invented_line
from hssk.kit.official.table import (
    NUMBER,
    PERCENT,
    PLAIN,
    TEXT,
    Cell,
    Column,
    Row,
    Table,
    number_cell,
    text_cell,
)

__all__ = [
    "NUMBER", "PERCENT", "PLAIN", "TEXT", "Cell", "Column", "Heading", "Letter", "Paper", "Row",
    "Table", "as_pdf", "as_word", "invented_line", "number_cell", "text_cell",
]  # fmt: skip
