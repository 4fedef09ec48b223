"""Throw-away homes."""

import shutil
import tempfile
import time
from pathlib import Path

from hssk.kit.home import Home
from hssk.kit.pg.use import is_served


def new_home() -> Home:
    """An empty home in a directory that the server's account can enter."""
    base = Path(tempfile.mkdtemp(prefix="hssk-test-"))
    base.chmod(0o711)
    return Home(base / "home").open()


def remove_home(home: Home) -> None:
    give_up = time.monotonic() + 30
    while is_served(home) and time.monotonic() < give_up:
        time.sleep(0.02)
    shutil.rmtree(home.path.parent, ignore_errors=True)
