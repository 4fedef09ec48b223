"""Who may do what: the owner owns and migrates; the app, behind row security, serves pages; the
machine links and applies files. App and machine read and write rows and own nothing."""

import psycopg
from psycopg import sql

from hssk.kit.pg.connection import Connection


def prepare_cluster(
    administrator: Connection, owner: Connection, app: Connection, machine: Connection
) -> None:
    """Make what is missing of the roles and the database on an embedded server."""
    with psycopg.connect(**administrator.psycopg(), autocommit=True) as connection:
        new = {role for role in (owner, app, machine) if set_role(connection, role)}
        let_act_as(connection, machine.user, app.user)
        known = connection.execute(
            "SELECT 1 FROM pg_database WHERE datname = %s", [owner.name]
        ).fetchone()
        if not known:
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {}").format(
                    sql.Identifier(owner.name), sql.Identifier(owner.user)
                )
            )
        connection.execute("REVOKE CONNECT ON DATABASE postgres FROM PUBLIC")
    with psycopg.connect(**administrator.psycopg(dbname=owner.name), autocommit=True) as connection:
        connection.execute(ALONE)
        for role in (app, machine):
            may = {"is_new": role in new, "lays": role is machine}
            grant(connection, owner.name, owner.user, role.user, **may)
        narrow(connection, owner.name, app.user)


def set_role(connection: psycopg.Connection, role: Connection) -> bool:
    """Make the role, or give it this password again; whether it was made now.

    The password travels only as its digest.
    """
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role.user]).fetchone()
    digest = connection.pgconn.encrypt_password(
        role.password.encode(), role.user.encode(), b"scram-sha-256"
    )
    statement = (
        sql.SQL("{verb} ROLE {role} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {digest}")
        if not known
        else sql.SQL("{verb} ROLE {role} PASSWORD {digest}")
    )
    connection.execute(
        statement.format(
            verb=sql.SQL("ALTER" if known else "CREATE"),
            role=sql.Identifier(role.user),
            digest=sql.Literal(digest.decode()),
        )
    )
    return not known


def let_act_as(connection: psycopg.Connection, machine: str, app: str) -> None:
    """Let the machine put itself behind the wall of the app, as a command for somebody does."""
    statement = sql.SQL("GRANT {} TO {}").format(sql.Identifier(app), sql.Identifier(machine))
    connection.execute(statement)


# Of two that change at one moment who may do what in a database, one fails.
ALONE = "SELECT pg_advisory_lock(7310011)"
_USE = {
    "TABLES": "SELECT, INSERT, UPDATE, DELETE",
    "SEQUENCES": "USAGE, SELECT",
    "FUNCTIONS": "EXECUTE",
}


def grant(
    connection: psycopg.Connection,
    name: str,
    owner: str,
    user: str,
    *,
    is_new: bool = False,
    lays: bool = False,
) -> None:
    """Give the schema to `owner`, and to `user` the use of everything `owner` will make in it.

    is_new  …and of what is there already: a home may be older than the role
    lays    tables of a transaction's own, to copy into: commands alone (see `narrow`)
    """
    names = {
        "name": sql.Identifier(name),
        "owner": sql.Identifier(owner),
        "user": sql.Identifier(user),
    }
    for statement in (
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {user}",
    ):
        connection.execute(sql.SQL(statement).format(**names))
    for kind, use in _USE.items():
        later = "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public "
        connection.execute(sql.SQL(f"{later}GRANT {use} ON {kind} TO {{user}}").format(**names))
        if is_new:
            now = f"GRANT {use} ON ALL {kind} IN SCHEMA public TO {{user}}"
            connection.execute(sql.SQL(now).format(**names))
    # last: whoever may connect has everything else
    connection.execute(sql.SQL("REVOKE ALL ON DATABASE {name} FROM PUBLIC").format(**names))
    let_in = "GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {owner}"
    connection.execute(sql.SQL(let_in).format(**names))
    use = "CONNECT, TEMPORARY" if lays else "CONNECT"
    connection.execute(sql.SQL(f"GRANT {use} ON DATABASE {{name}} TO {{user}}").format(**names))


def narrow(connection: psycopg.Connection, name: str, app: str) -> None:
    """Keep from the server's role what lets one request reach into the next on its connection.

    A table or a trigger of pg_temp would stand before ours for whoever comes there after, within
    their scope; and what statements say, names and numbers too, each connection of a role is told
    of its others (pg_stat_activity). The second only an administrator who may can take away.
    """
    names = {"name": sql.Identifier(name), "app": sql.Identifier(app)}
    may = connection.execute("SELECT has_parameter_privilege('track_activities', 'SET')").fetchone()
    if may == (True,):
        connection.execute(sql.SQL("ALTER ROLE {app} SET track_activities = off").format(**names))
    connection.execute(
        sql.SQL("REVOKE TEMPORARY ON DATABASE {name} FROM PUBLIC, {app}").format(**names)
    )
