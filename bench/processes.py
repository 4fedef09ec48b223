"""What a program used, told by the kernel: processor time and memory, of it and its children."""

import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PAUSE = 0.02  # seconds between two looks at the memory


@dataclass
class Run:
    """wall and cpu in seconds (cpu of the program and its children), memory in MB.

    database is the processor time that the database server used meanwhile.
    """

    wall: float
    cpu: float
    database: float
    peak: float
    output: str


@dataclass
class Used:
    """Filled in when the block ends."""

    wall: float = 0.0
    cpu: float = 0.0
    database: float = 0.0


@dataclass
class _Watcher:
    """Sums the most that a program and each of its children held, child by child."""

    root: int
    most: dict[int, float] = field(default_factory=dict)
    over: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self.over.wait(PAUSE):
            for process in [self.root, *_below(self.root)]:
                held = _most_held(process)
                self.most[process] = max(self.most.get(process, 0.0), held)

    @property
    def peak(self) -> float:
        """Of the program and its largest child: children follow one another."""
        children = [most for process, most in self.most.items() if process != self.root]
        return self.most.get(self.root, 0.0) + max(children, default=0.0)


def run(command: list[str], data: Path, **environment: str) -> Run:
    """Run a program to its end; CalledProcessError when it fails.

    data  the data directory of the database whose time is told beside
    """
    began, before, spent = time.perf_counter(), database_seconds(data), _children_seconds()
    program = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=sys.stderr,
        text=True,
        env={**os.environ, **environment},
    )
    watcher = _Watcher(program.pid)
    thread = threading.Thread(target=watcher.watch, daemon=True)
    thread.start()
    output, _ = program.communicate()
    wall = time.perf_counter() - began
    watcher.over.set()
    thread.join()
    if program.returncode:
        raise subprocess.CalledProcessError(program.returncode, command)
    cpu = _children_seconds() - spent
    return Run(wall, cpu, database_seconds(data) - before, watcher.peak, output)


@contextmanager
def used(data: Path) -> Iterator[Used]:
    """What this process, its children and the database at `data` used inside the block."""
    told = Used()
    began, before, spent = time.perf_counter(), database_seconds(data), own_seconds()
    yield told
    told.wall = time.perf_counter() - began
    told.cpu = own_seconds() - spent
    told.database = database_seconds(data) - before


def own_seconds() -> float:
    """Processor time of this process and of its children that have ended."""
    mine = resource.getrusage(resource.RUSAGE_SELF)
    return mine.ru_utime + mine.ru_stime + _children_seconds()


def _children_seconds() -> float:
    theirs = resource.getrusage(resource.RUSAGE_CHILDREN)
    return theirs.ru_utime + theirs.ru_stime


def database_seconds(data: Path) -> float:
    """Processor time of the server at `data` so far: all its processes, those that ended too."""
    lines = (data / "postmaster.pid").read_text().splitlines()
    server = int(lines[0])
    return sum(_seconds(process) for process in [server, *_below(server)])


def _seconds(process: int) -> float:
    """Processor time of a process and of the children it has seen end; 0 when it is gone."""
    try:
        stat = (PROC / str(process) / "stat").read_text()
    except OSError:
        return 0.0
    fields = stat.rpartition(")")[2].split()
    return sum(int(ticks) for ticks in fields[11:15]) / TICKS


def _below(process: int) -> list[int]:
    """The living children of a process."""
    try:
        told = (PROC / str(process) / "task" / str(process) / "children").read_text()
    except OSError:
        return []
    return [int(child) for child in told.split()]


def _most_held(process: int) -> float:
    try:
        status = (PROC / str(process) / "status").read_text()
    except OSError:
        return 0.0
    line = next((line for line in status.splitlines() if line.startswith("VmHWM")), "")
    return int(line.split()[1]) / 1024 if line else 0.0
