"""Starting a reading child, with a pipe that holds what it reads while we work on what it read."""

import fcntl
import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_ROOT = str(Path(__file__).parents[3])
_START = (
    "import sys; sys.path.insert(0, sys.argv.pop(1)); "
    "from hssk.exchange.formats.child import main; main()"
)
_PIPE = 1 << 20  # bytes: about one run of rows


def started() -> "subprocess.Popen[bytes]":
    """A child with nothing of ours but the way to this code."""
    child = subprocess.Popen(
        [sys.executable, "-I", "-c", _START, _ROOT],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        env={"LANG": "C.UTF-8", "PATH": os.defpath},
    )  # fmt: skip
    with suppress(OSError, AttributeError):  # of Linux; without it the child waits more often
        assert child.stdout is not None
        fcntl.fcntl(child.stdout, fcntl.F_SETPIPE_SZ, _PIPE)
    return child
