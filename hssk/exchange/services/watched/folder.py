"""The folder itself: which files are complete, and how each is put away so that none is ever lost.

A file goes  FOLDER/name → FOLDER/.hssk/name → FOLDER/done/name  (or refused/), by renames alone.
Whatever cuts us off, it lies in exactly one of these, or is the same file in the last two, and
`recovered` goes on from there. Everything is opened below the folder and no link is followed.
"""

import errno
import fcntl
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from django.utils.translation import gettext_noop as _n

from hssk.kit.errors import Trouble

DONE, REFUSED, _TAKING = "done", "refused", ".hssk"
# how programs call what they still write
_UNFINISHED = (".tmp", ".part", ".partial", ".crdownload", ".filepart", "~")
_ANSWER, _WRITTEN = ".txt", ".hssk-txt"  # of the words beside a file: in place, and before
_LONGEST = 200  # bytes of a name, with room for what we add
_NO_LINKS = {errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EACCES}


class Seen(NamedTuple):
    """By what a file is known to be as it was: which it is, its size, when it was last written."""

    inode: int
    size: int
    written: int


class Folder:
    """A folder that this process alone watches; whoever has it closes it."""

    def __init__(self, path: Path) -> None:
        """Raises Trouble where it is no folder, cannot be written, or somebody else watches it."""
        self._path = path
        try:
            with ExitStack() as opened:
                self._all = _opened(path, opened)
                fcntl.flock(self._all, fcntl.LOCK_EX | fcntl.LOCK_NB)
                self._taking = self._inner(_TAKING, opened)
                for name in (DONE, REFUSED):
                    with self._put(name):
                        pass
                self._closing = opened.pop_all()
        except BlockingIOError as error:
            raise Trouble(_n("Thư mục {folder} đang có lệnh khác canh."), folder=path) from error
        except OSError as error:
            raise self._unusable(error) from error

    def _unusable(self, error: OSError) -> Trouble:
        said = _n(
            "Không dùng được thư mục {folder}: {reason}. Cần một thư mục ghi được, trong đó"
            " done, refused không phải là lối tắt (liên kết)."
        )
        return Trouble(said, folder=self._path, reason=error.strerror or error)

    def _inner(self, name: str, opened: ExitStack) -> int:
        with suppress(FileExistsError):
            os.mkdir(name, 0o700, dir_fd=self._all)
        return _opened(name, opened, os.O_NOFOLLOW, self._all)

    @contextmanager
    def _put(self, where: str) -> Iterator[int]:
        """The folder for what is away, opened anew: people carry it off to their archive."""
        with ExitStack() as opened:
            try:
                target = self._inner(where, opened)
            except OSError as error:
                raise self._unusable(error) from error
            yield target

    def close(self) -> None:
        """Let others watch it."""
        self._closing.close()

    def waiting(self) -> dict[str, Seen]:
        """The files that lie there, by name: no links, nothing that is called unfinished."""
        found = ((name, _seen(name, self._all)) for name in sorted(os.listdir(self._all)))
        return {
            name: seen
            for name, seen in found
            if seen and not name.startswith(".") and not name.lower().endswith(_UNFINISHED)
        }

    def claim(self, name: str) -> None:
        """Take a file out of everybody's reach; it is then among `taken`."""
        os.rename(name, name, src_dir_fd=self._all, dst_dir_fd=self._taking)

    def taken(self) -> list[str]:
        """The files that were claimed and not put away yet."""
        return [name for name in sorted(os.listdir(self._taking)) if _seen(name, self._taking)]

    def copy(self, name: str, to: Path) -> Seen | None:
        """Copy a claimed file; how it was, or None where it was written to meanwhile."""
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
        with os.fdopen(os.open(name, flags, dir_fd=self._taking), "rb") as file:
            before = _seen_of(os.fstat(file.fileno()))
            with to.open("wb") as copy:
                shutil.copyfileobj(file, copy)
            return before if before == _seen_of(os.fstat(file.fileno())) else None

    def put_away(self, name: str, seen: Seen, where: str, words: str) -> bool:
        """Put a claimed file into `where`, with a small text beside it; whether it was still as
        seen: one that was written to meanwhile stays, and is taken again."""
        with self._put(where) as target:
            final = _free(name, target)
            written = f".{final}{_WRITTEN}"
            _write(written, words, target)
            if _seen(name, self._taking) != seen:
                os.unlink(written, dir_fd=target)
                return False
            _move(name, self._taking, final, target)
            os.rename(written, final + _ANSWER, src_dir_fd=target, dst_dir_fd=target)
            os.fsync(target)
        return True

    def recover(self) -> None:
        """Go on where somebody who was cut off stood: put words beside files that are away, and
        drop those of files that are not."""
        for where in (DONE, REFUSED):
            with self._put(where) as target:
                self._words_put(target)

    def _words_put(self, target: int) -> None:
        for written in list(_unfinished_words(target)):
            final = written[1 : -len(_WRITTEN)]
            away = _seen(final, target)
            if away is None:
                os.unlink(written, dir_fd=target)
                continue
            for name in self.taken():  # a move stopped half-way: the same file in both places
                if _seen(name, self._taking) == away:
                    os.unlink(name, dir_fd=self._taking)
            os.rename(written, final + _ANSWER, src_dir_fd=target, dst_dir_fd=target)


def _opened(path: Path | str, opened: ExitStack, flags: int = 0, below: int | None = None) -> int:
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | flags, dir_fd=below)
    opened.callback(os.close, descriptor)
    return descriptor


def _unfinished_words(target: int) -> Iterator[str]:
    return (n for n in os.listdir(target) if n.startswith(".") and n.endswith(_WRITTEN))


def _seen(name: str, folder: int) -> Seen | None:
    """A file of a folder as it is now; None for what is none, a link, or gone."""
    try:
        found = os.stat(name, dir_fd=folder, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return _seen_of(found) if stat.S_ISREG(found.st_mode) else None


def _seen_of(found: os.stat_result) -> Seen:
    return Seen(found.st_ino, found.st_size, found.st_mtime_ns)


def _free(name: str, folder: int) -> str:
    """A name like `name` that neither a file of the folder has nor the words beside one."""
    there = set(os.listdir(folder))
    stem, suffix = os.path.splitext(name)
    stem, suffix = _shortened(stem, _LONGEST - 20), _shortened(suffix, 20)
    number, free = 1, f"{stem}{suffix}"
    while {free, free + _ANSWER, f".{free}{_WRITTEN}"} & there:
        number += 1
        free = f"{stem} ({number}){suffix}"
    return free


def _shortened(text: str, most: int) -> str:
    while len(os.fsencode(text)) > most:
        text = text[:-1]
    return text


def _write(name: str, words: str, folder: int) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    with os.fdopen(os.open(name, flags, 0o600, dir_fd=folder), "w", encoding="utf-8") as file:
        file.write(words)
        file.flush()
        os.fsync(file.fileno())


def _move(name: str, since: int, final: str, to: int) -> None:
    """Move a file under a new name, over nothing that is there: by a second name for it, where the
    disk knows such; the first goes when the second stands."""
    try:
        os.link(name, final, src_dir_fd=since, dst_dir_fd=to, follow_symlinks=False)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        os.rename(name, final, src_dir_fd=since, dst_dir_fd=to)
    else:
        os.unlink(name, dir_fd=since)
