"""Logs that tell what broke without telling about whom."""

import logging
import re
import sys
from contextlib import suppress
from logging.handlers import RotatingFileHandler

from hssk.config.away import is_away

# The database quotes the row it refused: "DETAIL: Key (number)=(0123…) already exists."
QUOTES_A_ROW = re.compile(r"^\s*(DETAIL|CONTEXT|HINT|LINE \d+|QUERY):.*$", re.MULTILINE)
LONG_NUMBER = re.compile(r"\d{9,}")


class DiscreetFormatter(logging.Formatter):
    """Leaves out quoted rows and every number long enough to be somebody's.

    An entry begins with its time and the offset of its clock; its other lines are set in, so that
    nothing that was typed or sent can pass for an entry.
    """

    def __init__(self, line="%(asctime)s %(levelname)s %(name)s %(message)s"):
        super().__init__(line, "%Y-%m-%dT%H:%M:%S%z")

    def formatException(self, ei):  # noqa: N802
        """One line of a database that is away: where each page was by then helps nobody, and for
        minutes of it would push everything else out of the log."""
        return repr(ei[1]) if is_away(ei[1]) else super().formatException(ei)

    def format(self, record):
        text = QUOTES_A_ROW.sub("", super().format(record))
        return "\n    ".join(LONG_NUMBER.sub("…", text).splitlines())


class LogOfHome(RotatingFileHandler):
    """The log of a home. Where it cannot be written that is one line on stderr: Python's own way
    prints the whole story there, with the rows that the database quotes."""

    def handleError(self, record):  # noqa: N802
        with suppress(OSError):
            wrong = sys.exc_info()[1]
            print(f"hssk: {self.baseFilename}: {wrong}", file=sys.stderr)
