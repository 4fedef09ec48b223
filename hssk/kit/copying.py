"""Writing many rows at once: COPY, PostgreSQL's own way in, through psycopg.

A table behind row security takes no COPY, so rows are copied into a table of the transaction's own
and inserted from there, where the policies look at them. The role of the server may make no such
table (kit/pg/roles.py): what it writes, a few rows for an act, goes as plain INSERTs.

Within `writing_behind()` a thread sends the rows, so that the rows of the next table are worked
out while PostgreSQL still takes in those of the one before.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from itertools import chain, islice
from queue import Queue
from sys import getswitchinterval, setswitchinterval
from threading import Event, Thread
from typing import Any
from uuid import UUID
from zlib import crc32

from django.db import connection, models
from psycopg import sql

_CHUNK = 500  # rows handed over at once
_AHEAD = 200  # chunks that may be worked out and not sent yet
# Seconds until Python lets the thread that sends have its turn. It asks for one each 32 KB, and a
# tenth of the usual time is enough that PostgreSQL does not wait for rows that are there.
_TURN = 0.0005
_behind: ContextVar["_Behind | None"] = ContextVar("behind", default=None)


def copy_in(model: type[models.Model], fields: Sequence[str], rows: Iterable[Sequence]) -> int:
    """Append `rows` to the table of `model`, in the order of `fields`; the number written.

    fields  names of the model's fields (`person`, not `person_id`), or columns that the database
            keeps by itself
    rows    one sequence a row, values as psycopg writes them (str, int, date, bool, None, bytes)

    Runs in the caller's transaction, fires the table's triggers once, and raises as INSERT would;
    within `writing_behind()` it returns before all is written, and what was wrong is raised by the
    next query or at the end of the block. The connection is busy while it copies: RuntimeError
    when producing `rows` asks it anything.
    """
    way = _Way.to(model, fields)
    behind = _behind.get()
    if behind is not None:
        return behind.copy(way, rows)
    with (
        connection.cursor() as cursor,
        connection.wrap_database_errors,
        connection.execute_wrapper(_busy),
    ):
        return _send(cursor.cursor, way, rows)


def array_of(keys: Iterable[UUID | int]) -> str:
    """Keys as PostgreSQL writes an array, for `%s::uuid[]` or `%s::bigint[]`.

    Tens of thousands of them so take a tenth of the time that a list does.
    """
    return f"{{{','.join(map(str, keys))}}}"


@contextmanager
def writing_behind() -> Iterator[None]:
    """Have every `copy_in` inside written by a thread; all is written, or raised, at the end.

    Any query inside waits until what was copied before it is there, so the order of things is as
    it reads.
    """
    behind = _Behind()
    token, turn = _behind.set(behind), getswitchinterval()
    setswitchinterval(_TURN)
    try:
        with connection.execute_wrapper(behind.before_a_query):
            yield
            behind.wait()
    finally:
        setswitchinterval(turn)
        _behind.reset(token)
        behind.end()


def _busy(execute, sql, params, many, context):
    raise RuntimeError(f"asked the connection while it copies: {sql[:80]}")


@dataclass(frozen=True)
class _Way:
    """The statements by which rows come into a table: before, during and after they are sent."""

    before: sql.Composed
    during: sql.Composed
    after: sql.Composed
    without: sql.Composed
    row: str

    @classmethod
    def to(cls, model: type[models.Model], fields: Sequence[str]) -> "_Way":
        concrete = {field.name: field.column for field in model._meta.concrete_fields}
        named = (str(concrete.get(name, name)) for name in fields)
        columns = sql.SQL(", ").join(map(sql.Identifier, named))
        table = model._meta.db_table
        # one for all that comes in this way: each table made is a lock held until the end of the
        # transaction, and a file comes in thousands of runs
        incoming = f"incoming_{table}_{crc32(' '.join(fields).encode()):08x}"
        known = {
            "table": sql.Identifier(table), "columns": columns, "incoming": sql.Identifier(incoming)
        }  # fmt: skip
        return cls(
            sql.SQL(
                "CREATE TEMP TABLE IF NOT EXISTS {incoming} ON COMMIT DROP AS"
                " SELECT {columns} FROM {table} WITH NO DATA"
            ).format(**known),
            sql.SQL("COPY {incoming} FROM STDIN").format(**known),
            sql.SQL(
                "INSERT INTO {table} ({columns}) SELECT {columns} FROM {incoming};"
                " TRUNCATE {incoming}"
            ).format(**known),
            sql.SQL("INSERT INTO {table} ({columns}) VALUES ").format(**known),
            f"({', '.join(['%s'] * len(fields))})",
        )


def _send(cursor: Any, way: _Way, rows: Iterable[Sequence]) -> int:
    count = 0
    cursor.execute("SELECT has_database_privilege(current_database(), 'TEMPORARY')")
    if not cursor.fetchone()[0]:
        return _insert(cursor, way, iter(rows))
    cursor.execute(way.before)
    with cursor.copy(way.during) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    cursor.execute(way.after)
    return count


def _insert(cursor: Any, way: _Way, rows: Iterator[Sequence]) -> int:
    count = 0
    while chunk := list(islice(rows, _CHUNK)):
        told = way.without + sql.SQL(", ".join([way.row] * len(chunk)))
        cursor.execute(told, list(chain.from_iterable(chunk)))
        count += len(chunk)
    return count


class _Dropped(Exception):
    """The rows of a table ended in an error: what was sent of it is not to stand."""


class _Behind:
    """A thread that copies what it is given, in order, over Django's connection.

    On the queue: the way into a table, chunks of rows, None; or an Event, set when its turn comes.
    """

    def __init__(self) -> None:
        self.queue: Queue[Any] = Queue(_AHEAD)
        self.failure: BaseException | None = None
        self.copying = False
        self.cursor = connection.cursor().cursor  # psycopg's own, which any thread may use
        self.thread = Thread(target=self._work, name="copying", daemon=True)
        self.thread.start()

    def copy(self, way: _Way, rows: Iterable[Sequence]) -> int:
        source, count = iter(rows), 0
        end: _Dropped | None = _Dropped()
        self.queue.put(way)
        self.copying = True
        try:
            while chunk := list(islice(source, _CHUNK)):
                self.queue.put(chunk)
                count += len(chunk)
            end = None
        finally:
            self.copying = False
            self.queue.put(end)
        return count

    def wait(self) -> None:
        """Until all is written that was copied so far; raises what went wrong with it."""
        reached = Event()
        self.queue.put(reached)
        reached.wait()
        if self.failure is not None:
            with connection.wrap_database_errors:
                raise self.failure

    def end(self) -> None:
        self.queue.put(None)
        self.thread.join()

    def before_a_query(self, execute, sql, params, many, context):
        if self.copying:
            _busy(execute, sql, params, many, context)
        self.wait()
        return execute(sql, params, many, context)

    def _work(self) -> None:
        while (item := self.queue.get()) is not None:
            if isinstance(item, Event):
                item.set()
                continue
            chunks = self._chunks()
            try:
                if self.failure is None:
                    _send(self.cursor, item, chain.from_iterable(chunks))
                deque(chunks, 0)
            except BaseException as failure:
                self.failure = self.failure or failure
                with suppress(_Dropped):
                    deque(chunks, 0)  # what nobody will write any more

    def _chunks(self) -> Iterator[list[Sequence]]:
        while (item := self.queue.get()) is not None:
            if isinstance(item, _Dropped):
                raise item
            yield item
