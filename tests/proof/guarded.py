"""Raw SQL at what scopes are worked out from: who somebody is and what for, whose files are, where
places lie. Whoever writes there would be given a wider scope by the program itself."""

from collections.abc import Iterator

from tests.proof.sql import Attacker
from tests.proof.world import Reader

NOT_YOURS = "ERROR 42501"
# every one of them touches rows of this world
WIDENING = (
    "UPDATE access_post SET role = 'clinician', unit_id = {unit}, hamlet_id = NULL,"
    " facility_id = NULL, organisation_id = NULL",
    "UPDATE access_post SET unit_id = NULL WHERE facility_id IS NULL AND organisation_id IS NULL",
    "UPDATE access_post SET user_id = {me}",
    "UPDATE access_post SET until = NULL, since = '2000-01-01'",
    "INSERT INTO access_post (user_id, role, unit_id, since, granted_by_id, granted_at)"
    " VALUES ({me}, 'clinician', {unit}, '2000-01-01', {me}, now())",
    "MERGE INTO access_post p USING (SELECT {me} AS me) m ON p.user_id = m.me"
    " WHEN MATCHED THEN UPDATE SET role = 'officer' WHEN NOT MATCHED THEN DO NOTHING",
    "WITH mine AS (UPDATE access_post SET until = NULL RETURNING *) SELECT count(*) FROM mine",
    "DELETE FROM access_post",
    "UPDATE access_user SET username = 'local-operator' WHERE id = {me}",
    "UPDATE access_user SET password = 'md5$a$b'",
    "UPDATE access_user SET is_active = NOT is_active",
    "UPDATE access_user SET round = round + 1, second_by = NULL, first_until = NULL, woken_on = now()",
    "UPDATE access_user SET last_login = now(), full_name = 'x'",
    "INSERT INTO access_user (username, password, is_superuser, first_name, last_name, email,"
    " is_staff, is_active, date_joined, full_name, round)"
    " VALUES ('x', 'x', true, '', '', '', true, true, now(), '', 0)",
    "DELETE FROM access_user",
    "UPDATE access_sender SET secret = 'md5$a$b'",
    "INSERT INTO access_sendertoken (sender_id, digest, until)"
    " SELECT id, 'x', now() + interval '1 day' FROM access_sender",
    "INSERT INTO socialaccount_socialaccount (user_id, provider, uid, extra_data, last_login,"
    " date_joined) SELECT id, 'x', id::text, '{{}}', now(), now() FROM access_user",
    "UPDATE places_unit SET parent_id = {unit} WHERE parent_id IS NOT NULL",
    "INSERT INTO places_unitsuccession (old_id, new_id, whole) SELECT id, {unit}, true"
    " FROM places_unit LIMIT 9",
    "UPDATE places_unitsuccession SET new_id = {unit}",
    "UPDATE places_hamlet SET unit_id = {unit}",
    "UPDATE places_facility SET code = 'X' || code",
    "UPDATE places_organisation SET unit_id = {unit}",
    "UPDATE places_touched SET mark = 0",
    "UPDATE exchange_batch SET unit_id = {unit}",
    "UPDATE exchange_batch SET area = NULL, actor_id = {me}",
    "INSERT INTO exchange_batch SELECT * FROM exchange_batch",
    "DELETE FROM exchange_batch",
    "UPDATE exchange_postfile SET actor_id = {me}",
    "UPDATE exchange_memberfile SET organisation_id = organisation_id + 1",
    "UPDATE outreach_session SET unit_id = unit_id + 1",
    "UPDATE outreach_bookfile SET session_id = session_id + 1",
)  # fmt: skip


def widens(attacker: Attacker, reader: Reader) -> Iterator[str]:
    """Try each of them as `reader`; what was not refused, or made more of anybody visible."""
    count = "SELECT count(*) FROM people_person"
    execute = attacker.connection.execute
    before = execute(count).fetchone()
    unit = attacker.world.communes[-1].pk
    for statement in WIDENING:
        asked = statement.format(me=reader.user.pk, unit=unit)
        told = attacker.what_of(f"{asked} /* by hand */")
        if not told.startswith(NOT_YOURS):
            yield f"changes who sees whom: {asked[:60]}: {told[:80]}"
    if execute(count).fetchone() != before:
        yield "sees others than before"
