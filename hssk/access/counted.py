"""What allauth counts (failures, codes that were used), kept by the database as JSON.

Django's own store in the database unpickles what it reads: whoever could write that table would
have the server run what they like, and it knows the keys (docs/decisions/0039).
"""

import json
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.db import connection


class Counted(BaseCache):
    """A cache whose entries are text. What has run out goes with the next entry."""

    def __init__(self, table: str, params: dict[str, Any]) -> None:
        super().__init__(params)
        self.table = connection.ops.quote_name(table)

    def add(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        """Keep `value`, unless something is kept under `key` already; whether it was."""
        return self._keep(key, value, timeout, version, "WHERE kept.expires <= clock_timestamp()")

    def set(
        self, key: str, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None
    ) -> None:
        """Keep `value` under `key` for `timeout` seconds."""
        self._keep(key, value, timeout, version, "")

    def _keep(self, key: str, value: Any, timeout: Any, version: int | None, unless: str) -> bool:
        until = self.get_backend_timeout(timeout)
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self.table} WHERE ctid = ANY(ARRAY(SELECT ctid FROM {self.table}"
                " WHERE expires <= clock_timestamp() FOR UPDATE SKIP LOCKED))"
            )
            cursor.execute(
                f"INSERT INTO {self.table} AS kept (cache_key, value, expires)"
                " VALUES (%s, %s, COALESCE(to_timestamp(%s), 'infinity'))"
                " ON CONFLICT (cache_key) DO UPDATE"
                f" SET value = EXCLUDED.value, expires = EXCLUDED.expires {unless}",
                [self.make_and_validate_key(key, version), json.dumps(value), until],
            )
            return cursor.rowcount == 1

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """What is kept under `key`; `default` where nothing is, or nothing of ours."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT value FROM {self.table}"
                " WHERE cache_key = %s AND expires > clock_timestamp()",
                [self.make_and_validate_key(key, version)],
            )
            found = cursor.fetchone()
        try:
            return json.loads(found[0]) if found else default
        except ValueError:
            return default

    def touch(self, key: str, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> bool:
        """Keep what is under `key` for `timeout` seconds more; whether there is anything."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE {self.table} SET expires = COALESCE(to_timestamp(%s), 'infinity')"
                " WHERE cache_key = %s AND expires > clock_timestamp()",
                [self.get_backend_timeout(timeout), self.make_and_validate_key(key, version)],
            )
            return cursor.rowcount == 1

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forget what is under `key`; whether there was anything."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"DELETE FROM {self.table} WHERE cache_key = %s",
                [self.make_and_validate_key(key, version)],
            )
            return cursor.rowcount == 1

    def clear(self) -> None:
        """Forget everything."""
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table}")
