"""`hssk WORDS…`, killed by -9 at a named step of bringing the last file in.

python killed_at.py STEP WORDS…      the file is the last of WORDS

STEP is `module:function:before` or `…:after`: the process ends as by a power cut when it comes to
that call, of which the others know nothing.
"""

import importlib
import os
import signal
import sys
from pathlib import Path
from typing import Any

SERVICES = "hssk.exchange.services"


def main(step: str, *words: str) -> int:
    from hssk.config import cli
    from hssk.config.cli import _run

    real, file = _run.stand_up_django, Path(words[-1]).name

    def stand_up_and_lay_the_trap() -> None:
        real()
        _lay(step, file)

    _run.stand_up_django = stand_up_and_lay_the_trap
    return cli.main(list(words))


def _lay(step: str, file: str) -> None:
    module, name, when = step.split(":")
    armed = []

    def arm(path: Path, **_more: Any) -> None:
        if path.name == file:
            armed.append(path)

    def end(*_arguments: Any, **_more: Any) -> None:
        if armed:
            os.kill(os.getpid(), signal.SIGKILL)

    _around(module, name, **{when: end})
    _around(f"{SERVICES}.importing", "open_batch", before=arm)


def _around(module: str, name: str, **call: Any) -> None:
    """Have `before` or `after` called around a function wherever the module calls it."""
    *path, last = name.split(".")
    owner: Any = importlib.import_module(module)
    for part in path:
        owner = getattr(owner, part)
    real = getattr(owner, last)

    def wrapped(*arguments: Any, **more: Any) -> Any:
        call.get("before", lambda *_, **__: None)(*arguments, **more)
        answer = real(*arguments, **more)
        call.get("after", lambda *_, **__: None)(*arguments, **more)
        return answer

    setattr(owner, last, wrapped)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
