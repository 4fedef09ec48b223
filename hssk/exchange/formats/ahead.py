"""What a child says before anybody listens is put on disk, so that it need not wait.

A pipe holds some claims; a child that reads the next file meanwhile has more to say.
"""

import os
import select
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from threading import Event, Thread

MOST = 512 << 20  # bytes on disk; a child that has said more waits as before
_CHUNK, _LOOK_AGAIN = 1 << 20, 0.1  # bytes; seconds


def listening(descriptor: int, folder: str | os.PathLike[str]) -> "Ahead | None":
    """Somebody who listens; None without a folder, and where it has no room for anything."""
    with suppress(OSError):
        return Ahead(descriptor, folder) if folder else None
    return None


class Ahead:
    """Listens to one pipe from now on, until what was said is `taken`."""

    def __init__(self, descriptor: int, folder: str | os.PathLike[str]) -> None:
        """folder  where a file without a name may lie: what it holds is of people's health"""
        self._descriptor = descriptor
        self._kept = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 closed when taken or ended
        self._left = b""  # what the disk had no room for
        self._enough = Event()
        self._listener = Thread(target=self._listen, daemon=True)
        self._listener.start()

    def taken(self) -> Iterator[bytes]:
        """What was said so far, in its order; what follows stands in the pipe again."""
        self.end(keep=True)
        with self._kept as kept:
            kept.seek(0)
            while chunk := kept.read(_CHUNK):
                yield chunk
        if self._left:
            yield self._left

    def end(self, *, keep: bool = False) -> None:
        """Listen no longer; what was kept goes unless it is asked for."""
        self._enough.set()
        self._listener.join()
        if not keep:
            self._kept.close()

    def _listen(self) -> None:
        while not (self._enough.is_set() or self._left) and self._kept.tell() < MOST:
            if select.select([self._descriptor], [], [], _LOOK_AGAIN)[0]:
                if not (chunk := os.read(self._descriptor, _CHUNK)):
                    return
                self._left = self._keep(chunk)

    def _keep(self, chunk: bytes) -> bytes:
        """Write a chunk down; what could not be."""
        with suppress(OSError):  # the disk is full: the child waits, as it did before
            while chunk:
                chunk = chunk[self._kept.write(chunk) :]
        return chunk
