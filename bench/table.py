"""What every bench prints: the machine, medians, a table that reads in a terminal."""

import os
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence


def machine() -> str:
    """One line on where this ran."""
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as info:
            model = next(
                line.split(":")[1].strip() for line in info if line.startswith("model name")
            )
    except (OSError, IndexError):
        model = platform.processor() or platform.machine()
    busy = ", ".join(f"{load:.1f}" for load in os.getloadavg())
    return f"{os.cpu_count()} × {model}, Python {platform.python_version()}, load {busy}"


def seconds(work: Callable[[], object], *, times: int = 1) -> float:
    """The median wall time of `times` runs of `work`."""
    return statistics.median(_once(work) for _ in range(times))


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def peak_megabytes() -> float:
    """The most memory this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def verdict(reached: bool) -> str:
    """How a table says whether a figure asked for was reached."""
    return "yes" if reached else "NO"


def show(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table on the terminal: the first column to the left, the others to the right."""
    lines = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    print(f"\n{title}")
    for at, line in enumerate(lines):
        cells = [line[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(line[1:], widths[1:], strict=True)]
        print("  " + "  ".join(cells))
        if at == 0:
            print("  " + "  ".join("─" * width for width in widths))
    sys.stdout.flush()
