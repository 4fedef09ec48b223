"""Progress of long work, on a terminal's error stream only."""

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def shown(name: str) -> Iterator[None]:
    """While inside, show how far work `name` has come, when somebody is there to look."""
    if not sys.stderr.isatty():
        yield
        return
    over = threading.Event()
    watcher = threading.Thread(target=_watch, args=(name, over), daemon=True)
    watcher.start()
    try:
        yield
    finally:
        over.set()
        watcher.join()
        print("\r\033[K", end="", file=sys.stderr, flush=True)


def _watch(name: str, over: threading.Event) -> None:
    from django.utils.translation import gettext as _

    from hssk.kit import progress

    stages = {
        "read": _("Đọc tệp"),
        "receive": _("Nhận các dòng"),
        "link": _("Đối chiếu"),
        "apply": _("Ghi vào sổ"),
        "undo": _("Rút lại"),
    }
    while not over.wait(0.2):
        told = progress.asked(name)
        if told:
            share = f" {told['done']}/{told['total']}" if told["total"] else ""
            text = f"{stages.get(told['stage'], told['stage'])}…{share}"
            print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)
