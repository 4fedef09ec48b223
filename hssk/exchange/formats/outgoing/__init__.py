"""Records on their way into other software: what stands in each column of its import workbook."""

from hssk.exchange.formats.outgoing.saying import EMPTY, FIXED, WAYS, Resident, Saying, row_of
from hssk.exchange.formats.outgoing.template import Template, guess, standard, template_in
from hssk.exchange.formats.outgoing.write import write_filled

__all__ = [
    "EMPTY", "FIXED", "WAYS", "Resident", "Saying", "Template", "guess", "row_of", "standard",
    "template_in", "write_filled",
]  # fmt: skip
