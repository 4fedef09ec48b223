"""A real browser for tests: Debian's chromium, driven by Playwright. Skips where there is none.

with browser_page(360) as page:           # 360 or 1280 wide; dark=True for the dark colours
    page.goto(live_server.url)            # pages of a running server, or
    show(page, html)                      # one page held in memory, with our static files
    assert violations(page) == []         # axe: every WCAG 2.2 A and AA rule, best practices

Each page is of a context of its own, which knows nothing of the others; the browser behind them is
one for the whole process, for starting it takes longer than most of what is looked at in it.
"""

import atexit
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from mimetypes import guess_type

import pytest

CHROMIUM = (
    os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
)
SITE = "http://hssk.test/"
_ARGUMENTS = ["--no-sandbox", "--disable-quic", "--disable-background-networking"]
# Ends when its input does: with us, however we end.
_KEEPER = """
import sys
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    browser = playwright.chromium.launch(executable_path=sys.argv[1], args=sys.argv[2:])
    print("up", flush=True)
    sys.stdin.read()
    browser.close()
"""


@contextmanager
def browser_page(
    width: int = 1280, *, dark: bool = False, scripts: bool = True, more: Sequence[str] = ()
) -> Iterator:
    """A fresh page `width` CSS pixels wide, reading Vietnamese, motion reduced.

    more  arguments of the browser, which then is one of its own
    """
    if not CHROMIUM:
        pytest.skip("needs chromium: apt-get install chromium")
    from django.db import connections

    sync_playwright = pytest.importorskip("playwright.sync_api").sync_playwright
    # Playwright's own loop runs in this thread, and Django refuses its database beside a loop.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        chromium = playwright.chromium
        browser = (
            chromium.launch(executable_path=CHROMIUM, args=[*_ARGUMENTS, *more])
            if more
            else chromium.connect_over_cdp(_shared())
        )
        context = browser.new_context(
            viewport={"width": width, "height": 800 if width > 600 else 740},
            locale="vi-VN",
            java_script_enabled=scripts,
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
        )
        try:
            yield context.new_page()
        finally:
            # beside Playwright's loop the database has connections of its own: left open, they
            # would be those of a database that is gone when the next test asks
            connections.close_all()
            context.close()
            browser.close()


@cache
def _shared() -> str:
    """The address at which the browser of this process is driven, started now if it is the first."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    words = [
        sys.executable,
        "-c",
        _KEEPER,
        CHROMIUM,
        *_ARGUMENTS,
        f"--remote-debugging-port={port}",
    ]
    keeper = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert keeper.stdin
    assert keeper.stdout
    assert keeper.stdout.readline() == "up\n"
    atexit.register(keeper.communicate)
    return f"http://127.0.0.1:{port}"


def show(page, html: str) -> None:
    """Load `html` as the first page of a site that has our static files and nothing else."""
    from django.contrib.staticfiles import finders

    def answer(route):
        path = route.request.url.removeprefix(SITE).split("?")[0]
        found = path.startswith("static/") and finders.find(path.removeprefix("static/"))
        if found:
            route.fulfill(path=found, content_type=guess_type(found)[0])
        elif path:
            route.fulfill(status=404, body="nothing here")  # an empty one counts as an error
        else:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")

    page.route(SITE + "**", answer)
    page.goto(SITE)


def violations(page) -> list[str]:
    """What axe-core finds wrong on `page` as it stands: rule and the elements it is about."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:160]}" for rule in found for node in rule["nodes"]]
