"""The reading child: one request on standard input, frames on standard output.

It imports this package alone, so it inherits no database connection, no thread and no lock of a
server; and of it no more than what is asked for needs, when it needs it, so that it starts in a few
hundredths of a second.
"""

import gc
import json
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO

from hssk.exchange.formats.errors import UnreadableFile
from hssk.exchange.formats.tables.sheets import open_sheets
from hssk.exchange.formats.wire import CLAIMS, GRID, STATED, runs, send

Layouts = Callable[[], dict[str, Any] | None]
_MOST_OF_IT = 0.75  # what fails then was a large piece more than there was room for


def main() -> None:
    """Answer what the first line asks; the second, perhaps a while later, brings the layouts."""
    gc.disable()  # nothing here makes cycles, and walking millions of cells takes time
    asked = json.loads(sys.stdin.buffer.readline())
    limit(asked["memory"], asked["cpu"])
    sys.unraisablehook = threading.excepthook = _end_for_want_of_memory
    answer(asked, sys.stdout.buffer, lambda: json.loads(sys.stdin.buffer.readline()))
    os._exit(0)  # nothing to tidy, and freeing a million cells takes time


def _end_for_want_of_memory(what: Any) -> None:
    """End as whoever has no memory left does: a thread that died of it is waited for for ever."""
    error = what.exc_value
    while error is not None and not isinstance(error, MemoryError):
        error = error.__context__  # a thread that has not quite begun fails to end, too
    if error is not None:
        os.abort()


def answer(asked: dict[str, Any], out: BinaryIO, layouts: Layouts) -> None:
    """Read what is asked for and send it: sheets and rows, then "done"; or why there is none.

    layouts  called once, when the first sheet has been opened
    """
    try:
        if asked["kind"] == GRID:
            from hssk.exchange.formats.grids import send_grids

            send_grids(asked["path"], out)
        elif asked["kind"] == CLAIMS:
            from hssk.exchange.formats.claims_xml.child import send_claims

            send_claims(asked["path"], out)
        elif asked["kind"] == STATED:
            from hssk.exchange.formats.claims_xml.child import send_stated

            send_stated(asked["path"], out)
        else:
            _send_sheets(asked, out, layouts)
    except MemoryError:
        send(out, "memory", None)
    except UnreadableFile as refusal:
        if refusal.kind == "damaged" and _is_full():  # so do readers of XML call want of memory
            send(out, "memory", None)
        else:
            send(out, "refused", (refusal.kind, refusal.message, refusal.advice))
    except Exception:
        if not _is_full():
            raise
        send(out, "memory", None)


def _is_full() -> bool:
    """Whether most of the memory that this process may hold was in use at some time."""
    import resource

    most, _ = resource.getrlimit(resource.RLIMIT_AS)
    with suppress(OSError, ValueError, IndexError):  # of Linux
        status = Path("/proc/self/status").read_text()
        peak = int(status.partition("VmPeak:")[2].split()[0]) << 10
        return most != resource.RLIM_INFINITY and peak > most * _MOST_OF_IT
    return False


def _send_sheets(asked: dict[str, Any], out: BinaryIO, layouts: Layouts) -> None:
    sheets = open_sheets(asked["path"], streaming=asked["streaming"])
    pool = ThreadPoolExecutor(1)  # a sheet is parsed while what understands it is loaded
    first = pool.submit(next, sheets, None)
    # whatever fails here is told at once: a thread may have died of the same want of memory
    from hssk.exchange.formats.tables.read import read_sheets, written

    opened = chain(filter(None, [first.result()]), sheets)
    pool.shutdown()
    on = date.fromisoformat(asked["on"]) if asked["on"] else written(asked["path"])
    for sheet, columns in read_sheets(opened, layouts=layouts, kind=asked["kind"], on=on):
        send(out, "sheet", sheet)
        if columns is not None:
            for run in runs(columns):
                send(out, "rows", run)
    send(out, "done", None)


def limit(memory: int, cpu: int) -> None:
    """Let this process hold so many bytes of address space and use so many seconds, no more."""
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (cpu, cpu + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
