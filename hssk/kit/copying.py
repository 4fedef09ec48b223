"""Writing many rows at once: COPY, PostgreSQL's own way in, through psycopg."""

from collections.abc import Iterable, Sequence

from django.db import connection, models
from psycopg import sql


def _busy(execute, sql, params, many, context):
    raise RuntimeError(f"asked the connection while it copies: {sql[:80]}")


def copy_in(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence]) -> int:
    """Append `rows` to the table of `model`, in the order of `fields`; the number written.

    fields  names of the model's fields (`person`, not `person_id`)
    rows    one sequence a row, values as psycopg writes them (str, int, date, bool, None, bytes)

    Runs in the caller's transaction, fires the table's triggers once, and raises as INSERT would.
    The connection is busy meanwhile: RuntimeError when producing `rows` asks it anything.
    """
    concrete = {field.name: field.column for field in model._meta.concrete_fields}
    columns = [sql.Identifier(str(concrete[name])) for name in fields]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(columns)
    )
    count = 0
    with (
        connection.cursor() as cursor,
        cursor.cursor.copy(statement) as copy,
        connection.execute_wrapper(_busy),
    ):
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
