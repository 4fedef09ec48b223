"""Somebody's own PostgreSQL server, named by DATABASE_URL."""

import os

import psycopg
from psycopg import sql

from hssk.kit.errors import Trouble
from hssk.kit.home import Home
from hssk.kit.pg.connection import Connection, connection_of, external
from hssk.kit.pg.roles import grant, let_act_as, narrow, set_role

OLDEST = 15


def prepare_server(home: Home) -> None:
    """On first use make both roles on the server; afterwards only check that it is the same one."""
    administrator = external()
    assert administrator is not None
    known = home.facts.get("server")
    here = f"{administrator.host}:{administrator.port}/{administrator.name}"
    if known == here:
        _add_machine(home, administrator)
        _connect(connection_of(home, "app")).close()
        return
    if known or home.facts.get("embedded"):
        raise Trouble(
            "{home} đã có dữ liệu ở {known}, không phải ở {here} mà DATABASE_URL nêu. "
            "Hãy bỏ DATABASE_URL hoặc chọn HSSK_HOME khác.",
            home=home.path,
            known=known or home.path / "pg",
            here=here,
        )
    with home.locked("server.lock"), _connect(administrator) as connection:
        connection.autocommit = True
        _refuse_old(connection)
        if os.environ.get("HSSK_APP_DATABASE_URL"):
            app = connection_of(home, "app")
            _connect(app).close()
            grant(connection, app.name, administrator.user, app.user)
            narrow(connection, app.name, app.user)
        else:
            _make_roles(connection, home, administrator)
    home.note(server=here)


def _make_roles(connection: psycopg.Connection, home: Home, administrator: Connection) -> None:
    owner, app, machine = (connection_of(home, role) for role in ("owner", "app", "machine"))
    may = connection.execute(
        "SELECT rolsuper OR rolcreaterole FROM pg_roles WHERE rolname = current_user"
    ).fetchone()
    if not (may and may[0]):
        raise Trouble(
            "Người dùng {user} không được tạo vai trò trên máy chủ. Hãy nhờ quản trị tạo một người "
            "dùng chỉ đọc ghi và đặt HSSK_APP_DATABASE_URL.",
            user=administrator.user,
        )
    taken = connection.execute(
        "SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)",
        [[owner.user, app.user, machine.user]],
    ).fetchall()
    if taken and _has_tables(connection):
        raise Trouble(
            "Cơ sở dữ liệu {name} đang thuộc một bản cài đặt HSSK khác. Hãy dùng HSSK_HOME của "
            "bản ấy, hoặc một cơ sở dữ liệu trống.",
            name=administrator.name,
        )
    for role in (owner, app, machine):
        set_role(connection, role)
    let_act_as(connection, machine.user, app.user)
    me = sql.Identifier(administrator.user)
    connection.execute(sql.SQL("GRANT {} TO {}").format(sql.Identifier(owner.user), me))
    connection.execute(
        sql.SQL("ALTER DATABASE {} OWNER TO {}").format(
            sql.Identifier(owner.name), sql.Identifier(owner.user)
        )
    )
    for role in (app, machine):
        grant(connection, owner.name, owner.user, role.user, lays=role is machine)
    narrow(connection, owner.name, app.user)


def _add_machine(home: Home, administrator: Connection) -> None:
    """Make the role of commands, where this home is older than it."""
    if os.environ.get("HSSK_APP_DATABASE_URL"):
        return
    owner, app, machine = (connection_of(home, role) for role in ("owner", "app", "machine"))
    with _connect(administrator) as connection:
        connection.autocommit = True
        there = "SELECT 1 FROM pg_roles WHERE rolname = %s"
        if connection.execute(there, [machine.user]).fetchone() is None:
            set_role(connection, machine)
            let_act_as(connection, machine.user, app.user)
            grant(connection, owner.name, owner.user, machine.user, is_new=True, lays=True)


def _has_tables(connection: psycopg.Connection) -> bool:
    found = connection.execute(
        "SELECT 1 FROM pg_tables WHERE schemaname = 'public' LIMIT 1"
    ).fetchone()
    return found is not None


def _refuse_old(connection: psycopg.Connection) -> None:
    if connection.info.server_version < OLDEST * 10_000:
        raise Trouble(
            "Máy chủ chạy PostgreSQL {found}; cần {oldest} trở lên.",
            found=connection.info.server_version // 10_000,
            oldest=OLDEST,
        )


def _connect(to: Connection) -> psycopg.Connection:
    try:
        return psycopg.connect(**to.psycopg(connect_timeout=10))
    except psycopg.OperationalError as error:
        raise Trouble(
            "Không nối được máy chủ PostgreSQL {host}:{port}/{name} "
            "với người dùng {user}: {reason}",
            host=to.host,
            port=to.port,
            name=to.name,
            user=to.user,
            reason=" ".join(str(error).split())[:200],
        ) from error
