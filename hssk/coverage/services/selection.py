"""One condition for figures and lists: which rows of the ledger a question asks for."""

from datetime import date
from typing import Any

from hssk.coverage import rules
from hssk.coverage.services.ground import Ground
from hssk.coverage.services.shapes import Filters

# what few rows have, in the words of the partial indexes of sql/indexes.sql: what is counted apart,
# and what is unusual about somebody's records and rows of rosters
RARE = "(c.flags & 185 > 0 OR c.listed <> 1)"
ODD = "c.flags & 3968 > 0"

# of a fact that has days: in force on the day asked; of a record `h`: its newest extract has it;
# the one that counts of the owner of a row `c`, as sql/recount.sql orders them, among those of the
# unit that keeps it: a unit's own records are seen there, wherever their owner lives
IN_FORCE = "{fact}.since <= %(on)s AND ({fact}.until IS NULL OR {fact}.until > %(on)s)"
ON_EXTRACT = "COALESCE(h.unlisted_since > %(on)s, true)"
MEMBERS = "unnest(COALESCE(c.members, ARRAY[c.person_id]))"
FIRST = f"""(SELECT h.id FROM {MEMBERS} AS n (id) JOIN people_holding h ON h.person_id = n.id
    WHERE h.unit_id IS NOT DISTINCT FROM c.units[1]
      AND {IN_FORCE.format(fact="h")} AND {ON_EXTRACT}
    ORDER BY h.decided DESC, h.since, h.id LIMIT 1)"""

# what our own record says of somebody on a day, and what the lack of each is called
OWN = {
    "verified": "c.verified_since <= %(on)s",
    "content": "c.content_since <= %(on)s",
    "complete": "c.complete_since <= %(on)s AND c.complete_until > %(on)s",
    "updated": "c.updated_since <= %(on)s AND c.updated_until > %(on)s",
}
LACKING = {
    "unverified": "verified", "empty": "content", "incomplete": "complete", "outdated": "updated",
}  # fmt: skip

# what can be asked of a row of the ledger by name; the count of the same name counts these rows
OF_ROW = {
    "expected": "TRUE",
    "found": "c.state = 2",
    "to_decide": "c.state = 1",
    "missing": "c.state = 0",
    "fresh": "c.fresh_since <= %(on)s AND c.fresh_until > %(on)s",
    "visited": "c.flags & 2 > 0",
    "app_opened": "c.flags & 4 > 0",
    **OWN,
    **{gap: f"({OWN[count]}) IS NOT TRUE" for gap, count in LACKING.items()},
    "away": f"{RARE} AND c.flags & 1 > 0",
    "moved_in": f"{RARE} AND c.flags & 32 > 0",
    "unlisted": f"{RARE} AND c.listed = 0",
    "doubles": f"{RARE} AND c.listed > 1",
    "dead_listed": f"{RARE} AND c.flags & 8 > 0",
    "moved_listed": f"{RARE} AND c.flags & 16 > 0",
    "only_unlisted": f"{RARE} AND c.flags & 128 > 0",
}


def where(
    on: date, filters: Filters | None = None, count: str = "expected"
) -> tuple[str, dict[str, Any]]:
    """SQL over `coverage_row c`, and its parameters: in force on `on`, of that count, filtered."""
    parts = ["c.since <= %(on)s", "c.until > %(on)s", OF_ROW[count]]
    params: dict[str, Any] = {"on": on}
    asked = filters or Filters()
    # a birth date known to the year stands as 1 January, so whole years come out as age_on's
    if asked.age_from is not None:
        parts.append("c.birth_on <= %(born_by)s")
        params["born_by"] = rules.years_before(on, asked.age_from)
    if asked.age_to is not None:
        parts.append("c.birth_on > %(born_after)s")
        params["born_after"] = rules.years_before(on, asked.age_to + 1)
    for name in ("sex", "ethnicity", "insurance_place"):
        value = getattr(asked, name)
        if value not in (None, ""):
            parts.append(f"c.{name} = %({name})s")
            params[name] = value
    for name, flag in (("phone", rules.PHONE), ("away", rules.AWAY)):
        value = getattr(asked, name)
        if value is not None:
            parts.append(f"c.flags & {flag} {'>' if value else '='} 0")
    if asked.away:
        parts.append(RARE)
    return " AND ".join(parts), params


def on_ground(ground: Ground) -> tuple[str, dict[str, Any]]:
    """SQL over `coverage_row c`, and its parameters: of a hamlet of `ground`.

    Nothing to ask where it holds every hamlet: naming them all only leads the planner astray.
    """
    if ground.every:
        return "TRUE", {}
    return "c.hamlet_id = ANY(%(hamlets)s)", {"hamlets": list(ground.hamlets)}
