"""How far a long piece of work has come, told outside its transaction.

A small file in the home, replaced whole: a reader sees one state or the next, never half of one,
and a worker that dies leaves nothing behind that could be mistaken for data.
"""

import json
import os
from pathlib import Path

from django.conf import settings


def _path(name: str) -> Path:
    return settings.HOME.path / "progress" / f"{name}.json"


def tell(name: str, stage: str, done: int = 0, total: int = 0) -> None:
    """Say that work `name` is at `stage`, `done` of `total` (0: not known)."""
    path = _path(name)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    scratch = path.with_suffix(f".{os.getpid()}")
    scratch.write_text(json.dumps({"stage": stage, "done": done, "total": total}))
    scratch.replace(path)


def asked(name: str) -> dict | None:
    """What was last told of `name`: stage, done, total; None when nothing was."""
    try:
        return json.loads(_path(name).read_text())
    except (FileNotFoundError, ValueError):
        return None


def forget(name: str) -> None:
    """Take away what was told of `name`."""
    _path(name).unlink(missing_ok=True)
