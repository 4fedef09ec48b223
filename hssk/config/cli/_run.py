"""What every command stands on: the home, the database, Django, an actor, the command log."""

import argparse
import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import ModuleType
from typing import TYPE_CHECKING

from hssk.config.cli import _rights
from hssk.kit.errors import Trouble, disk_full
from hssk.kit.home import Home

if TYPE_CHECKING:
    from hssk.kit.pg.use import Database

LOGGED_BY_ALL = ("kind", "unit", "on", "map", "batch", "partial", "dry_run", "seed", "people")


def run(command: str, module: ModuleType, options: argparse.Namespace) -> int:
    """Run `module` on the current home and return its exit code (None counts as 0)."""
    if getattr(module, "STANDALONE", False):
        return answer(module, options, options.acting_as)
    ahead = getattr(module, "ahead", nullcontext)
    with ahead(options), installation(Home.current().open()):
        actor = actor_named(options.acting_as)
        with noted(command, module, options, actor) as note:
            _rights.check(module, options, actor)
            note.exit_code = answer(module, options, actor)
        return note.exit_code


@contextmanager
def installation(home: Home) -> Iterator["Database"]:
    """An opened home with its database running and up to date, and Django set up on it."""
    from hssk.config.schema import bring_up_to_date
    from hssk.kit.pg.use import database

    os.environ["HSSK_HOME"] = str(home.path)  # for the processes a command may start
    with database(home) as connections:
        bring_up_to_date(home, connections)
        os.environ["HSSK_DATABASE_ROLE"] = "machine"
        stand_up_django()
        _make_months()
        yield connections


def _make_months() -> None:
    """The tables of the log are there before a command looks, the first in a long while too."""
    from hssk.access.services import make_months

    make_months()


def stand_up_django() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "hssk.config.settings"
    import django
    from django.utils import translation

    django.setup()
    translation.activate("en" if speaks_english() else "vi")


def actor_named(name: str | None):
    """The user a command acts as: the one named, else the local operator.

    Only the owner of the home comes this far, so no password is asked.
    """
    from hssk.access.models import User

    actor = User.objects.filter(username=name or User.LOCAL_OPERATOR, is_active=True).first()
    if actor is None:
        raise Trouble(
            "Không có người dùng {name!r} đang hoạt động. "
            "Bỏ --as để làm với tư cách người vận hành.",
            name=name or User.LOCAL_OPERATOR,
        )
    return actor


def answer(module: ModuleType, options: argparse.Namespace, actor) -> int:
    """Run the command; what nobody foresaw becomes one line, with its story in the log."""
    from django.db import OperationalError

    from hssk.config.away import is_full

    try:
        return module.run(options, actor) or 0
    except OperationalError as error:
        log().exception("database went away")
        if is_full(error):
            raise disk_full() from error
        raise Trouble(
            "Mất kết nối với cơ sở dữ liệu giữa chừng. Chạy lại lệnh; việc dở dang sẽ tiếp tục."
        ) from error
    except (Trouble, BrokenPipeError):
        raise
    except Exception as error:
        if os.environ.get("HSSK_TRACEBACK"):
            raise
        log().exception("unforeseen")
        if is_full(error):
            raise disk_full() from error
        raise Trouble(
            "Lỗi ngoài dự kiến ({kind}). Chi tiết ở {log}.",
            kind=type(error).__name__,
            log=Home.current().logs / "hssk.log",
        ) from error


class _Note:
    exit_code = 1


@contextmanager
def noted(command: str, module: ModuleType, options: argparse.Namespace, actor) -> Iterator[_Note]:
    """Write the command into the log before it runs, and how it ended afterwards."""
    from django.db import Error
    from django.utils import timezone

    from hssk.access.models import CommandLog

    allowed = (*LOGGED_BY_ALL, *getattr(module, "LOGGED", ()))
    told = {name: str(v) for name, v in vars(options).items() if name in allowed and v is not None}
    entry = CommandLog.objects.create(
        actor=actor, command=command, arguments=told, started_at=timezone.now()
    )
    note = _Note()
    try:
        yield note
    finally:
        try:
            CommandLog.objects.filter(pk=entry.pk).update(
                finished_at=timezone.now(), exit_code=note.exit_code
            )
        except Error:  # the database is gone: the entry stays unfinished, which is the truth
            log().warning("command %s could not be closed in the log", entry.pk)


def translated(trouble: Trouble) -> str:
    """In English where the terminal is English, else as written: in Vietnamese."""
    if not speaks_english():
        return str(trouble)
    from django.apps import apps
    from django.utils.translation import gettext, override

    if not apps.ready:
        try:
            stand_up_django()
        except Trouble:  # the home itself cannot be read: better Vietnamese than nothing
            return str(trouble)
    told = filter(None, (trouble.message, getattr(trouble, "advice", "")))
    with override("en"):
        return " ".join(gettext(text) for text in told).format(**trouble.params)


def speaks_english() -> bool:
    """By the usual variables, strongest first; C and POSIX name no language."""
    names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return next((name for name in names if name), "").startswith("en")


def log() -> logging.Logger:
    """The log of this home, also where Django has not set one up (yet)."""
    from hssk.config.discreet import DiscreetFormatter, LogOfHome

    logger, home = logging.getLogger("hssk"), Home.current()
    if not logger.hasHandlers():
        handler: logging.Handler = logging.NullHandler()
        if home.exists:
            handler = LogOfHome(home.logs / "hssk.log", encoding="utf-8", delay=True)
        handler.setFormatter(DiscreetFormatter())
        logger.addHandler(handler)
    return logger
