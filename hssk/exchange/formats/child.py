"""Reading a file in a process of its own, so that a hostile or huge file harms nobody else.

The child is a fresh interpreter that imports this package alone: it inherits no database
connection, no thread and no lock of a server, and starts in a few hundredths of a second.
"""

import gc
import json
import os
import pickle
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from hssk.exchange.formats.errors import UnreadableFile
from hssk.exchange.formats.limits import Limits
from hssk.exchange.formats.rows import Row
from hssk.exchange.formats.tables.layout import AUTO
from hssk.exchange.formats.tables.read import finish, read_sheets
from hssk.exchange.formats.tables.reading import Reading, rows_of
from hssk.exchange.formats.tables.refusals import refuse
from hssk.exchange.formats.wire import frames, runs, send

Progress = Callable[[int], None]


class Taker(Protocol):
    """Who works on the rows while the child still reads the next ones."""

    def start(self) -> None:
        """The rows come from the first one on, perhaps for a second time."""

    def take(self, rows: list[Row]) -> None:
        """The next rows, in the order of the file."""


_ROOT = str(Path(__file__).parents[3])
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from hssk.exchange.formats.child import main; main()"
)
_MEMORY, _CRASH = "too_large", "died"
_DEATH_BY_MEMORY = (-signal.SIGABRT, -signal.SIGSEGV)


class _Died(Exception):
    """The child ended without an answer; the refusal kind it amounts to."""


def read_in_child(
    path: str | os.PathLike[str],
    *,
    layouts: dict[str, Any] | None = None,
    kind: str = AUTO,
    on: date | None = None,
    limits: Limits | None = None,
    taker: Taker | None = None,
    progress: Progress | None = None,
) -> Reading:
    """All people in the table file at `path`, read by a child process.

    layouts   shape → layout dict that a user has confirmed (Layout.to_dict)
    kind      "roster", "records", or "auto" to tell by the columns
    on        the day the file was made, by default the day it was last written
    taker     given the rows as they come; all of them again if the file must be read anew
    progress  called with the number of rows read so far
    Raises UnreadableFile, and nothing else, for what cannot be read, for a child that dies, and
    for one that passes its limits.
    """
    request = {
        "path": os.fspath(path),
        "layouts": layouts,
        "kind": kind,
        "on": on.isoformat() if on else None,
    }
    limits = limits or Limits()
    try:
        return _attempt(request, limits, taker, progress, streaming=False)
    except _Died as death:
        if death.args[0] != _MEMORY:
            raise refuse(death.args[0]) from death
    try:  # a sheet may state little and reach far; the streaming reader's memory is bounded
        return _attempt(request, limits, taker, progress, streaming=True)
    except _Died as death:
        raise refuse(death.args[0]) from death


def _attempt(
    request: dict[str, Any],
    limits: Limits,
    taker: Taker | None,
    progress: Progress | None,
    *,
    streaming: bool,
) -> Reading:
    if taker is not None:
        taker.start()
    collecting = gc.isenabled()
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, _ROOT],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", "PATH": os.defpath},
    )
    asked = {**request, "streaming": streaming, "memory": limits.memory, "cpu": limits.cpu}
    try:
        assert child.stdin is not None
        assert child.stdout is not None
        gc.disable()  # a hundred thousand new rows would set it walking over and over
        _ask(child.stdin, asked)
        return _collect(
            child, child.stdout, request["kind"], limits, taker=taker, progress=progress
        )
    finally:
        if collecting:
            gc.enable()
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream is not None and not stream.closed:
                stream.close()


def _ask(stdin: Any, asked: dict[str, Any]) -> None:
    try:
        stdin.write(json.dumps(asked).encode())
        stdin.close()
    except BrokenPipeError:
        return  # it died at once; what is collected from it says so


def _collect(
    child: subprocess.Popen[bytes],
    stdout: Any,
    kind: str,
    limits: Limits,
    *,
    taker: Taker | None,
    progress: Progress | None,
) -> Reading:
    reading = Reading()
    title = ""
    try:
        for what, content in frames(_chunks(stdout, limits.wall)):
            if what == "sheet":
                title = content.title
                reading.sheets.append(content)
            elif what == "rows":
                _take(reading, rows_of(title, content), taker, progress)
            elif what == "refused":
                raise UnreadableFile(*content)
            elif what == "memory":
                raise _Died(_MEMORY)
            elif what == "done":
                finish(reading, kind)
                return reading
    except (pickle.UnpicklingError, EOFError, AttributeError, TypeError, ValueError) as error:
        raise _Died(_CRASH) from error
    raise _Died(_cause(child.wait()))


def _take(
    reading: Reading, rows: list[Row], taker: Taker | None, progress: Progress | None
) -> None:
    reading.rows.extend(rows)
    if taker is not None:
        taker.take(rows)
    if progress:
        progress(len(reading.rows))


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


def main() -> None:
    """The child: one request on standard input, frames on standard output."""
    gc.disable()  # nothing here makes cycles, and walking millions of cells takes time
    asked = json.loads(sys.stdin.buffer.read())
    _limit(asked["memory"], asked["cpu"])
    answer(asked, sys.stdout.buffer)
    os._exit(0)  # nothing to tidy, and freeing a million cells takes time


def answer(asked: dict[str, Any], out: BinaryIO) -> None:
    """Read what is asked for and send it: sheets and rows, then "done"; or why there is none."""
    try:
        _send_sheets(asked, out)
    except UnreadableFile as refusal:
        send(out, "refused", (refusal.kind, refusal.message, refusal.advice))
    except MemoryError:
        send(out, "memory", None)


def _send_sheets(asked: dict[str, Any], out: BinaryIO) -> None:
    on = date.fromisoformat(asked["on"]) if asked["on"] else None
    for sheet, columns in read_sheets(
        asked["path"],
        layouts=asked["layouts"],
        kind=asked["kind"],
        on=on,
        streaming=asked["streaming"],
    ):
        send(out, "sheet", sheet)
        if columns is not None:
            for run in runs(columns):
                send(out, "rows", run)
    send(out, "done", None)


def _limit(memory: int, cpu: int) -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
