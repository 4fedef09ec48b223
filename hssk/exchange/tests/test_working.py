"""Workers: known while they live, never doubled, never zombies; what they leave is taken up."""

import os
import signal
import subprocess
import sys
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hssk.exchange.models import Batch
from hssk.exchange.services import working
from hssk.exchange.tests.pipeline import MARCH, somebody
from hssk.places.services import unit_on

JOB = "batch-1"


@pytest.fixture
def worker(settings):
    """Have workers run a line of Python; gives back all that were started."""
    started: list[subprocess.Popen] = []

    def of(line):
        settings.HSSK_WORKER_COMMAND = [sys.executable, "-c", line]
        return started

    spawn = working._spawn

    def noted(*given):
        started.append(spawn(*given))
        return started[-1]

    working._spawn = noted
    yield of
    working._spawn = spawn
    for process in started:
        if process.poll() is None:
            os.kill(process.pid, signal.SIGKILL)
    until(lambda: all(process.poll() is not None for process in started))
    time.sleep(0.05)
    working.forgive(JOB)


def until(true):
    give_up = time.monotonic() + 20
    while not true():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.02)


SLEEPS, FAILS, ENDS = "import time; time.sleep(60)", "raise SystemExit(1)", "pass"


def test_a_job_is_running_from_its_birth_until_its_worker_dies(worker):
    started = worker(SLEEPS)
    assert not working.is_running(JOB)
    working.start([JOB], "work", "1")
    assert working.is_running(JOB)
    os.kill(started[0].pid, signal.SIGKILL)
    until(lambda: not working.is_running(JOB))


def test_a_job_is_never_done_twice_at_once(worker):
    started = worker(SLEEPS)
    working.start([JOB], "work", "1")
    working.start([JOB], "work", "1")
    assert len(started) == 1


def test_a_worker_that_ended_is_no_zombie(worker):
    started = worker(ENDS)
    working.start([JOB], "work", "1")
    until(lambda: not os.path.exists(f"/proc/{started[0].pid}"))


def test_a_job_that_fails_each_time_waits_until_somebody_asks_again(worker):
    worker(FAILS)
    for failures in range(1, working.MOST_FAILURES + 1):
        assert working.is_startable(JOB)
        working.start([JOB], "work", "1")
        until(lambda f=failures: working._failures[JOB] == f)
    assert working.has_failed(JOB)
    assert not working.is_startable(JOB)
    working.forgive(JOB)
    assert working.is_startable(JOB)


def test_a_worker_that_was_killed_is_replaced(worker):
    started = worker(SLEEPS)
    working.start([JOB], "work", "1")
    os.kill(started[0].pid, signal.SIGKILL)
    until(lambda: working._kills[JOB] == 1)
    assert working.is_startable(JOB)


def uploaded(text="STT,Họ và tên\n1,Giàng A Bịa\n", name="danh_sach.csv"):
    return working.take_in(
        [SimpleUploadedFile(name, text.encode())],
        kind="auto", unit=unit_on("12-105", MARCH), on=MARCH, partial=False, actor=somebody(),
        area=None,
    )[0]  # fmt: skip


def applied():
    batch = uploaded()
    Batch.objects.filter(id=batch.id).update(state=Batch.APPLIED)
    batch.refresh_from_db()
    return batch


@pytest.mark.django_db
def test_an_upload_is_kept_under_its_own_name_and_worked_on(
    worker, settings, django_capture_on_commit_callbacks
):
    started = worker(ENDS)
    with django_capture_on_commit_callbacks(execute=True):
        batch = uploaded()
        assert not started  # no worker looks for what is not committed yet
    assert (batch.file_name, batch.state) == ("danh_sach.csv", Batch.WAITING)
    assert (settings.HOME.files / batch.digest).read_text().startswith("STT")
    assert started[0].args[-2:] == ["work", str(batch.id)]


@pytest.mark.django_db
def test_the_same_upload_again_is_the_same_batch(worker):
    worker(ENDS)
    assert uploaded() == uploaded()


@pytest.mark.django_db
def test_a_file_that_was_refused_is_tried_again_when_it_is_sent_again(worker):
    worker(ENDS)
    Batch.objects.filter(id=uploaded().id).update(state=Batch.FAILED, trouble={"message": "x"})
    assert uploaded().state == Batch.WAITING


@pytest.mark.django_db
def test_an_undo_that_was_asked_for_outlives_its_worker(worker, django_capture_on_commit_callbacks):
    started = worker(SLEEPS)
    batch = applied()
    with django_capture_on_commit_callbacks(execute=True):
        working.request_undo(batch, actor=somebody())
    assert working.undo_requested(batch)
    os.kill(started[-1].pid, signal.SIGKILL)
    until(lambda: not working.is_running(f"undo-{batch.id}"))
    with django_capture_on_commit_callbacks(execute=True):
        working.resume()
    assert started[-1].args[-4:] == ["undo", str(batch.id), "--as", "mai"]
    assert working.is_running(f"undo-{batch.id}")
    Batch.objects.filter(id=batch.id).update(state=Batch.UNDONE)
    batch.refresh_from_db()
    assert not working.undo_requested(batch)


@pytest.mark.django_db
def test_an_undo_that_failed_each_time_is_said_and_may_be_asked_for_again(worker):
    worker(ENDS)
    batch = applied()
    working.request_undo(batch, actor=somebody())
    assert not working.undo_has_failed(batch)
    working._failures[f"undo-{batch.id}"] = working.MOST_FAILURES
    assert working.undo_has_failed(batch)
    working.request_undo(batch, actor=somebody())
    assert not working.undo_has_failed(batch)


@pytest.mark.django_db
def test_a_request_to_undo_that_was_cut_short_is_forgotten_and_closes_no_page(worker):
    worker(ENDS)
    batch = applied()
    working.request_undo(batch, actor=somebody())
    working._file(f"undo-{batch.id}", "json").write_text("")
    working.resume()
    assert not working.undo_requested(batch)
