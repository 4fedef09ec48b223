"""Reading a file in a process of its own, so that a hostile or huge file harms nobody else."""

import json
import os
import pickle
import select
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from typing import Any, Protocol

from hssk.exchange.formats.ahead import listening
from hssk.exchange.formats.errors import UnreadableFile
from hssk.exchange.formats.grids import Grid, grids_in
from hssk.exchange.formats.limits import Limits
from hssk.exchange.formats.rows import Columns
from hssk.exchange.formats.starting import started
from hssk.exchange.formats.tables.layout import AUTO
from hssk.exchange.formats.tables.read import finish
from hssk.exchange.formats.tables.reading import Reading
from hssk.exchange.formats.tables.refusals import refuse
from hssk.exchange.formats.wire import CLAIMS, STATED, frames
from hssk.kit.memory import no_walks

Progress = Callable[[int], None]


class Taker(Protocol):
    """Who works on the rows while the child still reads the next ones."""

    def start(self) -> None:
        """The rows come from the first one on, perhaps for a second time."""

    def take(self, sheet: str, columns: Columns, kind: str) -> None:
        """The next rows of a sheet, in the order of the file; the kind that it looks like."""


_MEMORY, _CRASH = "too_large", "died"
_DEATH_BY_MEMORY = (-signal.SIGABRT, -signal.SIGSEGV)


class _Died(Exception):
    """The child ended without an answer; the refusal kind it amounts to."""


class Begun:
    """A child at work on the file at `path`; who has it closes it."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        kind: str = AUTO,
        on: date | None = None,
        limits: Limits | None = None,
        streaming: bool = False,
        layouts: dict[str, Any] | None = None,
        ahead_in: str | os.PathLike[str] = "",
    ) -> None:
        """Begin to read; where nobody knows the layouts yet, `read_in_child` tells what they are.

        layouts   as for `read_in_child`; None when they are not known yet
        ahead_in  a folder where what is read lies until somebody asks for it; "" for nowhere: the
                  child then waits as soon as the pipe is full
        """
        self.path, self.kind, self.on, self.layouts = os.fspath(path), kind, on, layouts
        self.limits = limits or Limits()
        self._as_begun = self._as_is()
        self._child = started()
        self._tell(
            {
                "path": self.path, "kind": kind, "on": on.isoformat() if on else None,
                "streaming": streaming, "memory": self.limits.memory, "cpu": self.limits.cpu,
            }
        )  # fmt: skip
        if layouts is not None:
            self._tell(layouts)
        assert self._child.stdout is not None
        self._ahead = listening(self._child.stdout.fileno(), ahead_in)

    def close(self) -> None:
        """End the child, whatever it is doing."""
        self._child.kill()
        self._child.wait()
        if self._ahead is not None:
            self._ahead.end()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with suppress(BrokenPipeError):
                    stream.close()

    def __enter__(self) -> "Begun":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def will_do(self, kind: str, on: date | None, layouts: dict[str, Any]) -> bool:
        """Whether what it was told of the file is this."""
        return (self.kind, self.on) == (kind, on) and self.layouts in (None, layouts)

    @property
    def changed(self) -> bool:
        """Whether somebody has written to the file since the child began to read it."""
        return self._as_is() != self._as_begun

    def collect(
        self, layouts: dict[str, Any] | None, taker: Taker | None, progress: Progress | None
    ) -> Reading:
        """What the child reads, to its end; raises _Died, or UnreadableFile as the child says."""
        if taker is not None:
            taker.start()
        with no_walks():
            try:
                if self.layouts is None:
                    self._tell(layouts or {})
                return self._collected(taker, progress)
            except (
                pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError,
            ) as error:  # fmt: skip
                raise _Died(_CRASH) from error

    def _collected(self, taker: Taker | None, progress: Progress | None) -> Reading:
        reading = Reading()
        for what, content in frames(self._chunks()):
            if what == "sheet":
                reading.sheets.append(content)
            elif what == "rows":
                if not (reading.sheets and reading.sheets[-1].layout):
                    raise _Died(_CRASH)  # rows of no list: not our child's words
                _take(reading, content, taker, progress)
            elif what == "refused":
                raise UnreadableFile(*content)
            elif what == "memory":
                raise _Died(_MEMORY)
            elif what == "done":
                finish(reading, self.kind)
                return reading
        raise _Died(_cause(self._child.wait()))

    def grids(self) -> list[Grid]:
        """The sheets as they lie in the file, of a child begun with kind GRID; raises as
        `read_in_child` does."""
        try:
            return grids_in(frames(self._chunks()))
        except _Died as death:
            raise refuse(death.args[0]) from death
        except (pickle.UnpicklingError, EOFError, TypeError, ValueError) as error:
            raise refuse(_cause(self._child.wait())) from error

    def claims(self) -> Iterator[list[dict[str, Any]]]:
        """Claims as they are read, some at a time (claims_xml/packing.py), of a child begun with
        kind CLAIMS; raises as `read_in_child` does, what came before a break has come."""
        return self._some(CLAIMS)

    def stated(self) -> Iterator[list[tuple[int, list[str], str]]]:
        """Whose claims are said to be, some at a time (claims_xml/stated.py), of a child begun
        with kind STATED; raises as `claims` does."""
        return self._some(STATED)

    def _some(self, kind: str) -> Iterator[list]:
        try:
            for what, content in frames(self._chunks()):
                if what == kind:
                    yield content
                elif what == "refused":
                    raise UnreadableFile(*content)
                elif what == "memory":
                    raise _Died(_MEMORY)
                else:
                    return
            raise _Died(_cause(self._child.wait()))
        except _Died as death:
            raise refuse(death.args[0]) from death
        except (pickle.UnpicklingError, EOFError, TypeError, ValueError) as error:
            raise refuse(_cause(self._child.wait())) from error

    def _chunks(self) -> Iterator[bytes]:
        """What the child says, from the beginning."""
        if self._ahead is not None:
            yield from self._ahead.taken()
        yield from _chunks(self._child.stdout, self.limits.wall)

    def _as_is(self) -> tuple[int, ...]:
        try:
            found = os.stat(self.path)
        except OSError:
            return ()
        return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns

    def _tell(self, what: dict[str, Any] | None) -> None:
        assert self._child.stdin is not None
        with suppress(BrokenPipeError):  # it died at once; what is collected from it says so
            self._child.stdin.write(json.dumps(what).encode() + b"\n")
            self._child.stdin.flush()


def read_in_child(
    path: str | os.PathLike[str],
    *,
    layouts: dict[str, Any] | None = None,
    kind: str = AUTO,
    on: date | None = None,
    limits: Limits | None = None,
    taker: Taker | None = None,
    progress: Progress | None = None,
    begun: Begun | None = None,
) -> Reading:
    """All people in the table file at `path`, read by a child process.

    layouts   shape → layout dict that a user has confirmed (Layout.to_dict)
    kind      "roster", "records", or "auto" to tell by the columns
    on        the day the file was made, by default the day it was last written
    taker     given the rows as they come; all of them again if the file must be read anew
    progress  called with the number of rows read so far
    begun     a child that has begun on this very file, or on a copy of it, with this kind and day
    Raises UnreadableFile, and nothing else, for what cannot be read, for a child that dies, and
    for one that passes its limits.
    """
    try:
        if begun is not None and begun.will_do(kind, on, layouts or {}):
            reading = _of_begun(begun, path, layouts, taker, progress)
            if reading is not None:
                return reading
        with Begun(path, kind=kind, on=on, limits=limits) as child:
            return child.collect(layouts, taker, progress)
    except _Died as death:
        if death.args[0] != _MEMORY:
            raise refuse(death.args[0]) from death
    try:  # a sheet may state little and reach far; the streaming reader's memory is bounded
        with Begun(path, kind=kind, on=on, limits=limits, streaming=True) as child:
            return child.collect(layouts, taker, progress)
    except _Died as death:
        raise refuse(death.args[0]) from death


def _of_begun(
    begun: Begun,
    path: str | os.PathLike[str],
    layouts: dict[str, Any] | None,
    taker: Taker | None,
    progress: Progress | None,
) -> Reading | None:
    """None when the file must be read anew: a child died of what it had been copied from, or that
    is no longer the same."""
    with begun:
        try:
            reading = begun.collect(layouts, taker, progress)
        except _Died:
            if begun.path == os.fspath(path):
                raise  # of this very file: another child would die of it too
            return None
        except UnreadableFile:
            if begun.changed:
                return None
            raise
        return None if begun.changed else reading


def _take(
    reading: Reading, columns: Columns, taker: Taker | None, progress: Progress | None
) -> None:
    sheet = reading.sheets[-1]
    reading.runs.append((sheet.title, columns))
    assert sheet.layout is not None  # as `_collected` saw
    if taker is not None:
        taker.take(sheet.title, columns, sheet.layout.kind)
    if progress:
        progress(len(reading))


def _cause(status: int) -> str:
    if status == -signal.SIGXCPU:
        return "too_slow"
    return _MEMORY if status in _DEATH_BY_MEMORY else _CRASH


def _chunks(stdout: Any, seconds: int) -> Iterator[bytes]:
    deadline = time.monotonic() + seconds
    descriptor = stdout.fileno()
    while True:
        left = deadline - time.monotonic()
        if left <= 0 or not select.select([descriptor], [], [], left)[0]:
            raise _Died("too_slow")
        chunk = os.read(descriptor, 1 << 20)
        if not chunk:
            return
        yield chunk
