"""Workers: long work runs in processes of its own, which outlive the page and the server.

A worker holds the lock file of its job from birth to death, however it dies, so that anybody can
tell whether the job is being done. What is left undone by a crash is taken up by `resume`.
"""

import fcntl
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction

import hssk
from hssk.access.models import User
from hssk.exchange.models import Batch
from hssk.exchange.services import foreseeing, importing
from hssk.kit.home import write_whole
from hssk.places.models import Unit

# A job whose worker failed this often waits until somebody asks for it again.
MOST_FAILURES = 3
# A worker that was killed did nothing wrong; but one that is killed each time is out of memory.
MOST_KILLS = 20

_failures: Counter[str] = Counter()
_kills: Counter[str] = Counter()


def take_in(
    uploads: list[UploadedFile],
    *,
    kind: str,
    unit: Unit,
    on: date,
    partial: bool,
    actor: User,
    area: list[int] | None,
) -> list[Batch]:
    """Keep uploaded files and have them worked on; their batches, in the order given.

    area  the units of the posts by which they are delivered; None for everything

    A file that was refused before is tried again; one that is applied already stays as it is.
    """
    batches = []
    for upload in uploads:
        with NamedTemporaryFile(dir=settings.HOME.files, prefix="upload-") as scratch:
            for chunk in upload.chunks():
                scratch.write(chunk)
            scratch.flush()
            batch = importing.open_batch(
                Path(scratch.name),
                kind=kind, unit=unit, on=on, partial=partial, actor=actor, area=area,
                name=upload.name or "",
            )  # fmt: skip
        batches.append(batch)
    for batch in batches:
        if batch.state == Batch.FAILED:
            _wait_again(batch)
    resume()
    return batches


def again(batch: Batch) -> None:
    """Try a file again that failed, or whose worker did."""
    if batch.state in (Batch.FAILED, Batch.HELD):
        _wait_again(batch)
    forgive(job_of(batch))
    resume()


def insist(batch: Batch, *, actor: User) -> None:
    """Have a held file applied all the same, by a worker; who insisted stands on the batch."""
    importing.insist(batch, actor=actor)
    resume()


def _wait_again(batch: Batch) -> None:
    kept = Batch.RECEIVED if batch.taken_from_id else Batch.WAITING
    batch.state, batch.trouble = kept, None
    batch.save(update_fields=["state", "trouble"])


def request_undo(batch: Batch, *, actor: User) -> None:
    """Have a worker take `batch` back. The request outlives a crash until the file is undone."""
    path = _file(f"undo-{batch.id}", "json")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    write_whole(path, json.dumps({"as": actor.username}))
    forgive(f"undo-{batch.id}")
    resume()


def foresee(batch: Batch, *, actor: User) -> None:
    """Have a worker find out what undoing `batch` would change, unless one does or failed to."""
    job = foreseeing.job_of(batch)
    if is_startable(job):
        start([job], "undo", str(batch.id), "--dry-run", "--as", actor.username)


def undo_requested(batch: Batch) -> bool:
    """Whether somebody asked for this file to be undone and it is not yet."""
    return batch.state == Batch.APPLIED and _file(f"undo-{batch.id}", "json").exists()


def undo_has_failed(batch: Batch) -> bool:
    """Whether the undo that somebody asked for was tried too often and waits to be asked again."""
    return undo_requested(batch) and has_failed(f"undo-{batch.id}")


def resume() -> None:
    """Start a worker for whatever waits and nobody works on: new files, and what a crash left.

    Cheap when nothing waits; every page of this room calls it.
    """
    waiting = Batch.objects.filter(state__in=[Batch.WAITING, Batch.RECEIVED]).order_by("id")
    held = _worked_on_elsewhere() if waiting else set()
    idle = [b for b in waiting if b.id not in held and is_startable(job_of(b))]
    fresh = [batch for batch in idle if not _failures[job_of(batch)]]
    if fresh:  # one worker after another through the files, so that memory is needed once
        start([job_of(b) for b in fresh], "work", *(str(b.id) for b in fresh))
    for batch in idle:
        if batch not in fresh:
            start([job_of(batch)], "work", str(batch.id))
    _resume_undoing()


def _resume_undoing() -> None:
    for path in sorted((settings.HOME.path / "jobs").glob("undo-*.json")):
        job, batch = path.stem, int(path.stem.removeprefix("undo-"))
        if not Batch.objects.filter(id=batch, state=Batch.APPLIED).exists():
            path.unlink(missing_ok=True)
        elif is_startable(job) and (actor := _asked_by(path)):
            start([job], "undo", str(batch), "--as", actor)


def _asked_by(path: Path) -> str:
    """Who asked for an undo; empty where the request is gone by now, or was cut short and so was
    never confirmed to anybody: it is forgotten."""
    try:
        return json.loads(path.read_text())["as"]
    except (FileNotFoundError, ValueError):
        path.unlink(missing_ok=True)
        return ""


def job_of(batch: Batch) -> str:
    """The name of the job that brings `batch` in."""
    return f"batch-{batch.id}"


def is_startable(job: str) -> bool:
    """Whether nobody does `job`, and it has not failed too often."""
    return not is_running(job) and not has_failed(job)


def has_failed(job: str) -> bool:
    """Whether the workers of `job` died so often that it waits for somebody to ask again."""
    return _failures[job] >= MOST_FAILURES or _kills[job] >= MOST_KILLS


def forgive(job: str) -> None:
    """Let `job` be tried anew."""
    _failures.pop(job, None)
    _kills.pop(job, None)


def is_running(job: str) -> bool:
    """Whether a worker does `job` now, whichever process started it."""
    try:
        handle = os.open(_file(job, "lock"), os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _file(job: str, kind: str) -> Path:
    return settings.HOME.path / "jobs" / f"{job}.{kind}"


def _worked_on_elsewhere() -> set[int]:
    """The batches that some process, such as `hssk import`, holds the advisory lock of."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND classid = %s
            AND objsubid = 2
            AND database = (SELECT oid FROM pg_database WHERE datname = current_database())""",
            [importing.WORKING],
        )
        return {batch for (batch,) in cursor.fetchall()}


def start(jobs: list[str], *words: str) -> None:
    """Start a worker `hssk WORDS…` that does `jobs`, unless one of them is being done.

    It starts when what it is to work on is committed. It gets the locked files of its jobs from us,
    keeps no pipe or terminal of ours, and is waited for, so that it never stays behind as a zombie.
    """
    transaction.on_commit(lambda: _start(jobs, words))


def _start(jobs: list[str], words: tuple[str, ...]) -> None:
    (settings.HOME.path / "jobs").mkdir(mode=0o700, exist_ok=True)
    handles = [os.open(_file(job, "lock"), os.O_RDWR | os.O_CREAT, 0o600) for job in jobs]
    try:
        for handle in handles:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        worker = _spawn(words, handles)
    except BlockingIOError:
        return
    finally:
        for handle in handles:
            os.close(handle)
    threading.Thread(target=_await, args=(worker, jobs), daemon=True).start()


def _spawn(words: tuple[str, ...], handles: list[int]) -> subprocess.Popen:
    command = getattr(settings, "HSSK_WORKER_COMMAND", None) or [
        sys.executable, "-m", "hssk.config.cli",
    ]  # fmt: skip
    with (settings.HOME.logs / "work.log").open("ab") as log:
        return subprocess.Popen(
            [*command, *words],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=Path(hssk.__file__).parent.parent,
            env={**os.environ, "HSSK_HOME": str(settings.HOME.path)},
            start_new_session=True,
            pass_fds=handles,
        )


def _await(worker: subprocess.Popen, jobs: list[str]) -> None:
    code = worker.wait()
    for job in jobs:
        if code > 0:
            _failures[job] += 1
        elif code < 0:
            _kills[job] += 1
