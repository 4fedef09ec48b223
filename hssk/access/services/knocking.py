"""How often somebody may ask: counted by the database, so that two at once are two."""

import hmac
from dataclasses import dataclass

from django.conf import settings
from django.db import connection

_FORGOTTEN = 24 * 3600  # seconds after which a count nobody added to is removed


@dataclass(frozen=True)
class Limit:
    """So many times within so many seconds of the first."""

    times: int
    seconds: int


def knock(whose: str, limit: Limit) -> int:
    """Count one more time for `whose`; the seconds to wait where that is too often, else 0.

    whose  what is counted: an account, an address; kept as a digest under a key of the home
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO access_knock AS k (name, since, count)
            VALUES (%(name)s, clock_timestamp(), 1)
            ON CONFLICT (name) DO UPDATE SET
                count = CASE WHEN k.since > clock_timestamp() - %(window)s::interval
                        THEN k.count + 1 ELSE 1 END,
                since = CASE WHEN k.since > clock_timestamp() - %(window)s::interval
                        THEN k.since ELSE clock_timestamp() END
            RETURNING count,
                ceil(extract(epoch FROM since + %(window)s::interval - clock_timestamp()))::int""",
            {"name": _mark(whose), "window": f"{limit.seconds} seconds"},
        )
        count, left = cursor.fetchone()
    return max(1, left) if count > limit.times else 0


def forget_knocks(whose: str) -> None:
    """Begin anew for `whose`, and remove what nobody added to for a day."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM access_knock WHERE name = %s OR since < clock_timestamp() - %s::interval",
            [_mark(whose), f"{_FORGOTTEN} seconds"],
        )


def _mark(whose: str) -> str:
    return hmac.new(settings.CODE_KEY.encode(), f"knock|{whose}".encode(), "sha256").hexdigest()
