"""Screens as stories: a running server, real workers, a real browser at both widths."""

import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest

from hssk.kit.home import Home
from hssk.kit.tests.browser import CHROMIUM, browser_page

PASSWORD = "mot cau ngan de nho"


@pytest.fixture
def nurse(fresh_database):
    """Somebody who works with the pages."""
    from tests.village import on_duty

    return on_duty("lo.thi.y.ta", password=PASSWORD, full_name="Lò Thị Y Tá")


@pytest.fixture
def workers(fresh_database, settings, tmp_path):
    """Workers run as they do in life, on this test's database; none outlives the test."""
    from hssk.exchange.services import working

    settings.HOME = Home(tmp_path / "home").open()
    script = str(Path(__file__).with_name("worker.py"))
    settings.HSSK_WORKER_COMMAND = [sys.executable, script, fresh_database]
    yield working
    jobs = [path.stem for path in (settings.HOME.path / "jobs").glob("*.lock")]
    until(lambda: not any(map(working.is_running, jobs)))
    for job in jobs:
        working.forgive(job)


@pytest.fixture(params=[1280, 360], ids=["wide", "phone"])
def width(request):
    return request.param


@pytest.fixture
def visit(live_server, workers, nurse, width):
    """A signed-in browser: `with visit() as page: page.goto(page.site + "/…")`."""
    from django.db import connections

    if not CHROMIUM:
        pytest.skip("needs chromium: apt-get install chromium")

    @contextmanager
    def signed_in():
        with browser_page(width) as page:
            page.site = live_server.url
            page.goto(f"{live_server.url}/accounts/login/")
            page.fill("[name=login]", nurse.username)
            page.fill("[name=password]", PASSWORD)
            page.click("main button")
            try:
                yield page
            except Exception:
                print(
                    page.url, page.inner_text("body"), sep="\n"
                )  # pytest shows it with the failure
                raise
            finally:
                connections.close_all()  # beside Playwright's loop Django keeps connections apart

    return signed_in


def until(true, seconds=60):
    """Wait until `true()` is."""
    give_up = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < give_up, "waited in vain"
        time.sleep(0.1)
