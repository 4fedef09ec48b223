"""Who may do what: the owner owns and migrates; the app, behind row security, serves pages; the
machine links and applies files. App and machine read and write rows and own nothing."""

import psycopg
from psycopg import sql

from hssk.kit.pg.connection import Connection


def prepare_cluster(
    administrator: Connection, owner: Connection, app: Connection, machine: Connection
) -> None:
    """Make the roles and the database on a fresh embedded server. Safe to repeat."""
    with psycopg.connect(**administrator.psycopg(), autocommit=True) as connection:
        for role in (owner, app, machine):
            set_role(connection, role)
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
        for user in (app.user, machine.user):
            grant(connection, name=owner.name, owner=owner.user, app=user)


def set_role(connection: psycopg.Connection, role: Connection) -> None:
    """Make the role, or give it this password again; the password travels only as its digest."""
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


def let_act_as(connection: psycopg.Connection, machine: str, app: str) -> None:
    """Let the machine put itself behind the wall of the app, as a command for somebody does."""
    statement = sql.SQL("GRANT {} TO {}").format(sql.Identifier(app), sql.Identifier(machine))
    connection.execute(statement)


def grant(connection: psycopg.Connection, *, name: str, owner: str, app: str) -> None:
    """Give the schema to `owner`, and to `app` the use of everything `owner` will make in it."""
    names = {
        "name": sql.Identifier(name),
        "owner": sql.Identifier(owner),
        "app": sql.Identifier(app),
    }
    for statement in (
        "REVOKE ALL ON DATABASE {name} FROM PUBLIC",
        "GRANT CONNECT, TEMPORARY ON DATABASE {name} TO {owner}, {app}",
        "ALTER SCHEMA public OWNER TO {owner}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        "GRANT USAGE ON SCHEMA public TO {app}",
    ):
        connection.execute(sql.SQL(statement).format(**names))
    for what in (
        "SELECT, INSERT, UPDATE, DELETE ON TABLES",
        "USAGE, SELECT ON SEQUENCES",
        "EXECUTE ON FUNCTIONS",
    ):
        connection.execute(
            sql.SQL(
                "ALTER DEFAULT PRIVILEGES FOR ROLE {owner} IN SCHEMA public GRANT "
                + what
                + " TO {app}"
            ).format(**names)
        )
