"""Is the database as this program expects it, and making it so."""

import os
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path

import allauth
import django
import psycopg

import hssk
from hssk.access.signing import pads
from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.pg.connection import connection_of
from hssk.kit.pg.roles import ALONE, narrow
from hssk.kit.pg.use import Database

CONTRIB = Path(django.__file__).parent / "contrib"
ALLAUTH = Path(allauth.__file__).parent
ROOMS = Path(hssk.__file__).parent
Migrations = set[tuple[str, str]]
SCOPES_ASKED = "scope.lock"  # held shared by whoever serves pages with the key of scopes


def migrations_on_disk() -> Migrations:
    """(app, name) of every migration this program carries, read from file names alone."""
    folders = [CONTRIB / app / "migrations" for app in ("auth", "contenttypes", "sessions")]
    folders += [ALLAUTH / app / "migrations" for app in ("account", "mfa", "socialaccount")]
    folders += ROOMS.glob("*/migrations")
    return {
        (folder.parent.name, file.stem) for folder in folders for file in folder.glob("[0-9]*.py")
    }


def migrations_applied(database: Database) -> Migrations:
    with psycopg.connect(**database.owner.psycopg(connect_timeout=10)) as connection:
        try:
            rows = connection.execute("SELECT app, name FROM django_migrations").fetchall()
        except psycopg.errors.UndefinedTable:
            return set()
    return {(app, name) for app, name in rows}


def bring_up_to_date(home: Home, database: Database) -> None:
    """Migrate, in a process of its own as the owner, when and only when something is missing."""
    applied, known = migrations_applied(database), migrations_on_disk()
    unknown = sorted(f"{app}.{name}" for app, name in applied - known)
    if unknown:
        raise Trouble(
            "Cơ sở dữ liệu của {home} do bản HSSK mới hơn tạo ra ({migration}). "
            "Hãy cập nhật chương trình, hoặc chọn HSSK_HOME khác.",
            home=home.path,
            migration=unknown[0],
        )
    if known > applied:
        _migrate_as_owner(home)
    _narrow_older(home, database)
    _fit_scope_key(home, database)


def _narrow_older(home: Home, database: Database) -> None:
    """Take from the role of the server what homes made before gave it."""
    app = connection_of(home, "app").user
    with psycopg.connect(**database.owner.psycopg(connect_timeout=10)) as connection:
        wide = "SELECT has_database_privilege(%s, current_database(), 'TEMPORARY')"
        if connection.execute(wide, [app]).fetchone() == (True,):
            connection.execute(ALONE)
            narrow(connection, database.owner.name, app)


def _fit_scope_key(home: Home, database: Database) -> None:
    """Have the database verify scopes with the key of this home, also after a restore.

    Raises Trouble while pages are served with the key that was there before: each of them would
    find nothing any more, whoever asks.
    """
    inner, outer = pads(home.key("scope"))
    with psycopg.connect(**database.owner.psycopg(connect_timeout=10)) as connection:
        kept = connection.execute("SELECT inner_pad FROM access_key").fetchone()
        if kept == (inner,):
            return
        if kept is not None and home.is_locked(SCOPES_ASKED, or_shared=True):
            raise Trouble(
                "Tệp khóa {file} không còn là tệp mà trang web đang chạy dùng. Dữ liệu chưa bị "
                "động tới, các trang vẫn mở. Hãy chép lại đúng tệp ấy từ bản sao lưu; nếu thay có "
                "chủ ý thì dừng hssk serve rồi chạy lại.",
                file=home.keys / "scope",
            )
        connection.execute(
            "INSERT INTO access_key (inner_pad, outer_pad) VALUES (%(inner)s, %(outer)s)"
            " ON CONFLICT (one) DO UPDATE SET inner_pad = %(inner)s, outer_pad = %(outer)s",
            {"inner": inner, "outer": outer},
        )


def asking_by_scopes(home: Home) -> AbstractContextManager[None]:
    """Pages are served with the key of scopes for as long: no command puts another in its place."""
    return home.locked(SCOPES_ASKED, shared=True)


def _migrate_as_owner(home: Home) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "hssk.config.schema"],
        env={**os.environ, "HSSK_DATABASE_ROLE": "owner", "HSSK_HOME": str(home.path)},
        cwd=ROOMS.parent,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        log = home.logs / "migrate.log"
        log.write_text(done.stdout + done.stderr, "utf-8")
        raise Trouble(
            "Không cập nhật được cơ sở dữ liệu: {reason}. Toàn bộ ở {log}.",
            reason=done.stderr.strip().rpartition("\n")[2][:200],
            log=log,
        )


def migrate() -> None:
    """Run by `bring_up_to_date` as the owner, one process at a time."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "hssk.config.settings"
    django.setup()
    from django.core.management import call_command
    from django.db import connection, transaction

    _render_new_models_alone()
    # All of it or nothing, and the lock goes with the transaction: a process that is killed leaves
    # no table behind of which the next one would not know. Django alone notes some migrations in a
    # transaction of their own.
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('hssk migrate'))")
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # what waits for the end bars changes
        call_command("migrate", verbosity=0, interactive=False)
        furnish()
    count_whoever_waits()


def _render_new_models_alone() -> None:
    """For each new model Django makes all that is related to it anew, over accounts nearly every
    table: half the time of setting up. A new model changes none of those before it, and the schema
    that comes of it is the same to the letter (`pg_dump`)."""
    from django.db.migrations.state import ProjectState

    usual = ProjectState.reload_model

    def reload_model(
        self: ProjectState, app_label: str, model_name: str, delay: bool = False
    ) -> None:
        if "apps" in self.__dict__ and model_name not in self.apps.all_models[app_label]:
            self.apps.render_multiple([self.models[app_label, model_name]])
        else:
            usual(self, app_label, model_name, delay)

    ProjectState.reload_model = reload_model  # type: ignore[method-assign]


def count_whoever_waits() -> None:
    """Where the ledger learned to keep something more, everybody is counted again: now, and not in
    the first page that somebody opens."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT coverage_waiting()")
        if cursor.fetchone()[0]:
            from hssk.coverage.services import settle

            settle()


def furnish() -> None:
    """What every installation has from its first day: the local operator, who cannot log in."""
    from hssk.access.models import User

    operator, made = User.objects.get_or_create(
        username=User.LOCAL_OPERATOR, defaults={"full_name": "Người vận hành tại máy"}
    )
    if made:
        operator.set_unusable_password()
        operator.save()


if __name__ == "__main__":
    migrate()
