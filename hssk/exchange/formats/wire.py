"""What goes over the pipe from a reading child to its parent: sheets in runs of columns.

A frame is a length and a pickle. The parent unpickles plain containers and the few classes named
here and nothing else, so that a child taken over by a hostile file cannot run code in it.
"""

import io
import pickle
import struct
from collections.abc import Iterator
from typing import Any, BinaryIO

from hssk.exchange.formats.rows import Columns

# as the kind of a file that is asked for, and of a frame with some of it
GRID = "grid"  # its sheets as they lie in it
CLAIMS = "claims"
STATED = "stated"  # whose its claims are said to be
RUN = 8_000  # rows in one frame, so that the parent builds rows while the child goes on
_LENGTH = struct.Struct("<I")
_ALLOWED = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("hssk.exchange.formats.rows", "Columns"),
    ("hssk.exchange.formats.rows", "Problem"),
    ("hssk.exchange.formats.tables.notes", "Note"),
    ("hssk.exchange.formats.tables.layout.model", "Layout"),
    ("hssk.exchange.formats.tables.reading", "SheetReading"),
    ("dataclasses", "_dataclass_setstate"),
    ("copyreg", "__newobj__"),
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
}


class _Plain(pickle.Unpickler):
    """Refuses every class that has no business on this pipe."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name} has no business here")
        return super().find_class(module, name)


def send(stream: BinaryIO, kind: str, content: Any) -> None:
    """Write one frame and flush it."""
    frame = pickle.dumps((kind, content), protocol=5)
    stream.write(_LENGTH.pack(len(frame)))
    stream.write(frame)
    stream.flush()


def frames(chunks: Iterator[bytes]) -> Iterator[tuple[str, Any]]:
    """The frames in a stream of bytes that arrives in any pieces; a broken last one is dropped.

    Raises UnpicklingError for a frame that is not ours.
    """
    buffer = bytearray()
    for chunk in chunks:
        buffer += chunk
        while len(buffer) >= _LENGTH.size:
            (length,) = _LENGTH.unpack_from(buffer)
            end = _LENGTH.size + length
            if len(buffer) < end:
                break
            frame = bytes(buffer[_LENGTH.size : end])
            del buffer[:end]
            yield _Plain(io.BytesIO(frame)).load()


def runs(columns: Columns) -> Iterator[Columns]:
    """`columns` in runs of RUN rows."""
    for start in range(0, len(columns.numbers), RUN):
        part = slice(start, start + RUN)
        yield Columns(
            columns.numbers[part],
            [column[part] for column in columns.cells],
            {name: values[part] for name, values in columns.fields.items()},
            {
                position - start: problems
                for position, problems in columns.problems.items()
                if start <= position < start + RUN
            },
        )
