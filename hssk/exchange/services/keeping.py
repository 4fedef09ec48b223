"""Keep: the files as they came, each under its digest, as long as a batch that is listed needs it.

What brought nothing leaves nothing: a rehearsal, and a file from the command line that could not
be read. A file sent through the pages stays with its batch, which is listed there, so that it can
be read again.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

from hssk.exchange.errors import Refused
from hssk.exchange.models import Batch

# What is on its way in is younger than this; older and needed by no batch, a crash left it behind.
STRANDED_SECONDS = 24 * 3600
_COMING_IN = 7_310_012  # the advisory lock of whoever takes a file in, by its digest


class _TakenBack(Exception):
    """Raised to take a rehearsal back."""


def keep_file(path: Path, digest: str) -> None:
    """Keep a copy of the file under its digest, in the home: on the disk before a batch says so.

    Raises Refused where it is another file by now, as one that is still being copied here.
    """
    kept = kept_file(digest)
    if kept.exists() and digest_of(kept) == digest:
        return  # else a power cut or a hand left half of it
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    scratch = kept.with_suffix(".part")
    try:
        shutil.copyfile(path, scratch)
        if digest_of(scratch) != digest:
            raise Refused("Tệp này đang được ghi hoặc sửa. Đợi cho xong rồi nạp lại.")
        _onto_disk(scratch)
        scratch.replace(kept)
        _onto_disk(kept.parent)
    finally:
        scratch.unlink(missing_ok=True)


def _onto_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def digest_of(path: Path) -> str:
    """SHA-256 of the file, hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def name_of(path: Path) -> str:
    """Its name as it can be kept: a stick from elsewhere has names whose bytes are no UTF-8."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def kept_file(digest: str) -> Path:
    """Where the file of this digest is kept."""
    return settings.HOME.files / digest


def lost_files() -> list[str]:
    """The names of the files of batches that are no longer kept, or are empty.

    Rows that were handed on came in a file of somebody else's batch.
    """
    came = Batch.objects.filter(taken_from=None).order_by("id")
    names = dict(came.values_list("digest", "file_name"))
    return [name for digest, name in names.items() if not _has_content(kept_file(digest))]


def _has_content(path: Path) -> bool:
    return path.is_file() and path.stat().st_size > 0


def guess_file(batch: int) -> Path:
    """Where the guess of a file's columns is kept, with sample rows of it."""
    return settings.HOME.path / "jobs" / f"guess-{batch}.json"


@contextmanager
def coming_in(digest: str) -> Iterator[None]:
    """While inside, no kept file is taken away: one may be there whose batch is not yet.

    Until the transaction around it ends, nobody else takes the file of this digest in or away: its
    batch is there, and nobody else sees it.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:  # before the other lock, which is not held so long
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_COMING_IN, digest])
        with settings.HOME.locked("files.lock"):
            yield


@contextmanager
def rehearsal(path: Path) -> Iterator[None]:
    """Whatever is done inside with the file at `path` is taken back, and no copy of it stays.

    Nobody else sees a batch that is opened inside, so that no worker takes it up.
    """
    try:
        with transaction.atomic():
            yield
            raise _TakenBack
    except _TakenBack:
        pass
    finally:
        _drop_if_needless(digest_of(path))


def forget(batch: Batch) -> None:
    """Take away a batch that brought nothing, and its file unless another batch needs it."""
    batch.delete()
    _drop_if_needless(batch.digest)


def _drop_if_needless(name: str) -> None:
    with coming_in(name):
        if not Batch.objects.filter(digest=name).exists():
            (settings.HOME.files / name).unlink(missing_ok=True)


def drop_stranded(*, at: datetime) -> None:
    """Take away what a crash left a day before `at`: files that no batch needs, guesses of none."""
    young = at.timestamp() - STRANDED_SECONDS
    jobs = settings.HOME.path / "jobs"
    with settings.HOME.locked("files.lock"):
        needed = set(Batch.objects.values_list("digest", flat=True))
        needed |= {guess_file(key).name for key in Batch.objects.values_list("id", flat=True)}
        for path in (*settings.HOME.files.iterdir(), *jobs.glob("guess-*.json")):
            with suppress(FileNotFoundError):
                if path.name not in needed and path.stat().st_mtime < young:
                    path.unlink()
