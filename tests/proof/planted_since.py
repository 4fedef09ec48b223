"""Holes in what was added since the first planting: bases, moves, places, handed-on rows, the log,
questions, seals; and what careless hands leave besides: counts of everybody, policies that ask too
little."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.proof.planted import Hole
from tests.proof.sql import WALLED

ANY_SCOPE = "(SELECT access_outside()) IS NOT NULL"
SEALS = ("access_checkpoint", "access_retention", "access_witnessed", "access_purge",
         "access_commandlog", "django_migrations")  # fmt: skip
CLOSED = ("access_purge_month(date, bigint)", "access_make_month(date)", "coverage_rebuild()",
          "people_place_again(uuid[])")  # fmt: skip


@dataclass(frozen=True)
class Before:
    """How the database was made: functions by name, policies by (table, name), and the triggers that
    keep what is appended and where people stand, as (table, name)."""

    functions: dict[str, str]
    policies: dict[tuple[str, str], str]
    triggers: list[tuple[str, str]]
    app: str

    def without(self, function: str, words: str, instead: str = "true", *, name: str) -> Hole:
        """A function of which some words were forgotten."""
        before = self.functions[function]
        assert words in before, (function, words)
        return Hole(f"{function} {name}", before.replace(words, instead), before)

    def policy(self, table: str, seen: str, *, name: str, which: str = "seen") -> Hole:
        """A policy that asks something else; {old} is what it asked."""
        old = self.policies[table, which]
        clause = "WITH CHECK" if which == "added" else "USING"
        return Hole(f"{table} {name}",
                    f"ALTER POLICY {which} ON {table} {clause} ({seen.format(old=old)})",
                    f"ALTER POLICY {which} ON {table} {clause} ({old})")  # fmt: skip


def all_since(before: Before) -> list[Hole]:
    """Every one of them."""
    return [*of_policies(before), *of_bases(before), *of_records(before), *of_copies(before), *of_moves(before), *of_places(before),
            *of_rights(before),            *of_exchange(before), *of_log(before), *of_triggers(before), *of_counts()]  # fmt: skip


def of_policies(before: Before) -> Iterator[Hole]:
    """A policy that asks whether somebody asks, and not who: no word in it says `true`."""
    for table in WALLED:
        if table != "exchange_review":  # is nobody's: verdicts name rows by digest alone
            yield before.policy(table, ANY_SCOPE, name="is seen by any scope")
        if table != "access_look":  # no right to insert at all
            yield before.policy(table, ANY_SCOPE, name="takes rows of any scope", which="added")


def of_bases(before: Before) -> Iterator[Hole]:
    yield before.without(
        "people_emergency", "public.people_behind_glass(asked)",
        "(SELECT p.root FROM public.people_basis b JOIN public.people_person p ON p.id = b.person"
        " WHERE b.id = asked)", name="opens with a basis of anybody")  # fmt: skip
    yield before.without(
        "records_emergency", "public.people_behind_glass(asked)",
        "(SELECT p.root FROM public.people_basis b JOIN public.people_person p ON p.id = b.person"
        " WHERE b.id = asked)", name="opens with a basis of anybody")  # fmt: skip
    yield before.without(
        "people_care_units", "p.id = ANY(posts) AND ", "", name="forgets whose posts"
    )
    yield before.without(
        "people_looks_in_case", "public.people_person k ON k.id = b.person",
        "public.people_person k ON true", name="tells the looks at everybody")  # fmt: skip
    yield before.without(
        "people_looks_in_case", "l.people && ARRAY(\n        SELECT p.id FROM public.people_person p"
        " WHERE p.root = k.root)", "true", name="forgets whom the case names")  # fmt: skip
    yield before.without(
        "records_looks_in_care", "b.root = one", "true", name="tells the looks at anybody")  # fmt: skip
    yield Hole("the telephones of anybody", "ALTER FUNCTION people_phones(uuid) SECURITY DEFINER",
               "ALTER FUNCTION people_phones(uuid) SECURITY INVOKER")  # fmt: skip
    yield before.policy("people_basis", "{old} OR kind = 'care'", name="shows the care of others")
    yield before.without(
        "people_facilities",
        "p.id = ANY(posts) AND p.role IN",
        "p.role IN",
        name="forgets whose posts",
    )
    yield before.without(
        "people_registered_at", "AND l.until IS NULL", "", name="takes a list that has ended"
    )
    yield before.policy("outreach_step", "{old} OR (SELECT people_facilities()) <> '{{}}'",
                        name="shows the turns of other facilities")  # fmt: skip
    yield before.without(
        "coverage_members", "p.id = ANY(string_to_array((public.access_scope())[4], ',')::bigint[])",
        name="tells any contact of every organisation")  # fmt: skip
    yield before.policy("people_membership", "EXISTS (SELECT FROM people_person p WHERE p.id = person)",
                        name="tells other posts who belongs where")  # fmt: skip
    yield before.policy("people_basis", "{old} OR holder IS NULL", name="shows broken glass to all")
    yield before.policy("people_auditsubject", "{old} OR EXISTS (SELECT FROM people_basis b"
                        " WHERE b.case_id = people_auditsubject.case_id)"
                        " OR (SELECT access_may('posts'))", name="is told to who gives posts")  # fmt: skip


def of_records(before: Before) -> Iterator[Hole]:
    known = "EXISTS (SELECT FROM people_person p WHERE p.id = person)"
    yield before.policy("records_entry", known, name="forgets how far a basis leads")
    yield before.policy("records_entry", f"{{old}} OR tier <= 1 AND {known}",
                        name="opens prevention to every role")  # fmt: skip
    yield before.policy("records_entry", f"{{old}} OR (SELECT access_may('record')) AND {known}",
                        name="opens all to clinicians of the area")  # fmt: skip
    yield before.policy("records_entry", "{old} OR (SELECT people_care_units()) <> ARRAY[]::bigint[] AND EXISTS"
                        " (SELECT FROM people_person p JOIN people_by_basis b USING (root)"
                        " WHERE p.id = person)", name="opens what is sensitive by care")  # fmt: skip
    yield before.policy("records_entry", "{old} OR author_id IS NOT NULL",
                        name="opens what anybody typed")  # fmt: skip


def of_copies(before: Before) -> Iterator[Hole]:
    yield before.policy("outreach_copy", "{old} OR holder_user_id = (SELECT access_user_asking())",
                        name="outlives its end")  # fmt: skip
    yield before.policy("outreach_copy", "{old} OR (SELECT access_may('lists'))",
                        name="is read by whoever hands out others")  # fmt: skip
    yield before.policy("outreach_copy", "{old} OR NOT ((SELECT access_outside()) @> -hamlet_id)",
                        name="is read by every post of the area")  # fmt: skip
    yield before.policy("outreach_card", "EXISTS (SELECT FROM people_person p WHERE p.id = person)",
                        name="is read by every post that sees its person")  # fmt: skip
    yield before.policy("outreach_card", "(SELECT access_may('lists'))",
                        name="is read by whoever prints others")  # fmt: skip
    yield before.policy("outreach_handover", "(SELECT access_may('lists'))",
                        name="is told to whoever sees no such card")  # fmt: skip
    yield before.policy("outreach_listedperson", "(SELECT access_user_asking()) IS NOT NULL",
                        name="shows its lines to everybody")  # fmt: skip


def of_moves(before: Before) -> Iterator[Hole]:
    asked_today = "q.actor_id = asker AND q.asked_on = today) >= 30"
    yield before.without("people_ask", asked_today, asked_today + "0", name="counts to 300")
    yield before.without("people_ask", "NOT access_may('move')", "false", name="answers any role")
    yield before.without(
        "people_ask", "WHERE p.id = ANY(string_to_array(words[4], ',')::bigint[]);",
        "HAVING false;", name="writes no look")  # fmt: skip
    yield before.without(
        "people_asked", "q.transaction IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint",
        name="answers what can be taken back")  # fmt: skip
    yield before.without("people_asked", "q.actor_id = access_user_asking()",
                         name="tells the questions of others")  # fmt: skip
    meant = "people_meant(text, date, text, text[], text[], date)"
    yield Hole("whom a number means, for anybody", f"ALTER FUNCTION {meant} SECURITY DEFINER",
               f"ALTER FUNCTION {meant} SECURITY INVOKER")  # fmt: skip
    yield before.policy("people_release", "NOT ((SELECT access_outside()) @> -hamlet_id)",
                        name="keeps the stub for ever")  # fmt: skip
    yield before.policy("people_release", "{old} OR asked_by_id = (SELECT access_user_asking())",
                        name="tells the proposer whom he means")  # fmt: skip
    yield before.policy("people_move", "{old} OR EXISTS (SELECT FROM people_release r"
                        " WHERE r.move_id = people_move.id)", name="tells the commune left where to")  # fmt: skip
    yield before.policy("access_look", "actor_id = (SELECT access_user_asking())"
                        " OR (SELECT access_may('looks'))", name="tells the proposer whom he met")  # fmt: skip


def of_places(before: Before) -> Iterator[Hole]:
    words = "(public.access_scope())[6]::int8multirange"
    for what, kept in (("hamlet", "[0,)"), ("unit", "(,0]")):
        yield before.without("access_outside", words, f"{words} * '{{{kept}}}'::int8multirange",
                             name=f"knows no {what} outside")  # fmt: skip


def of_rights(before: Before) -> Iterator[Hole]:
    """A right that is held somewhere, taken for held wherever another post reaches."""
    yield before.without(
        "access_beyond", "substring(words[8] FROM '(?:^|;)' || asked || '=([^;]*)')", "''",
        name="asks where any post is")  # fmt: skip
    here = "NOT ((SELECT access_outside()) @> {place})"
    for table, right, place in (
        ("exchange_delivery", "deliver", "unit_id"), ("coverage_sentreport", "rows", "unit_id"),
        ("exchange_postrow", "posts", "unit_id"), ("outreach_invitation", "lists", "-hamlet_id"),
        ("outreach_bookline", "move", "-hamlet_id"), ("outreach_ticket", "move", "-hamlet_id"),
        ("outreach_copy", "lists", "-hamlet_id"),
    ):  # fmt: skip
        yield before.policy(
            table, f"{{old}} OR (SELECT access_may('{right}')) AND {here.format(place=place)}",
            name=f"is read by {right} held elsewhere")  # fmt: skip
    known = "EXISTS (SELECT FROM people_person p WHERE p.id = person)"
    for table, right in (("outreach_card", "lists"), ("people_membership", "lists"),
                         ("records_entry", "record")):  # fmt: skip
        of_tier = "tier = 1 AND " * (table == "records_entry")
        yield before.policy(
            table, f"{{old}} OR {of_tier}(SELECT access_may('{right}')) AND {known}",
            name=f"is read of whom another post shows, by {right}")  # fmt: skip
    yield before.policy(
        "outreach_copy", "{old} OR holder_user_id = (SELECT access_user_asking())"
        " AND closed_at IS NULL AND until > CURRENT_DATE", name="is held where no post is")  # fmt: skip


def of_exchange(before: Before) -> Iterator[Hole]:
    yield before.policy("exchange_handedrow", "{old} OR EXISTS (SELECT FROM exchange_rows_in_scope s"
                        " WHERE s.id = row_id)", name="tells the sender what became of it")  # fmt: skip
    yield before.policy(
        "exchange_pairelsewhere", "EXISTS (SELECT FROM exchange_rows_in_scope s WHERE s.id = row_id)",
        name="is seen from one side")  # fmt: skip
    yield before.policy(
        "exchange_linkdecision", "{old} OR EXISTS (SELECT FROM exchange_handedrow h"
        " WHERE h.row_id = exchange_linkdecision.row_id)", name="goes along with a handed row")  # fmt: skip
    yield before.policy("exchange_postrow", "{old} OR (SELECT access_may('posts'))",
                        name="is seen by whoever gives posts anywhere")  # fmt: skip
    yield before.policy("exchange_postrow", "(SELECT access_may('posts'))", which="added",
                        name="is written into the files of others")  # fmt: skip
    yield Hole(
        "exchange_rows_in_scope of whoever delivered anything",
        "CREATE OR REPLACE VIEW exchange_rows_in_scope WITH (security_barrier) AS"
        " SELECT r.id FROM exchange_sourcerow r WHERE r.batch_id IN (SELECT b.id FROM exchange_batch b"
        " WHERE NOT ((SELECT access_outside()) @> b.unit_id) OR b.actor_id IS NOT NULL)",
        before.functions["exchange_rows_in_scope"],
    )


def of_log(before: Before) -> Iterator[Hole]:
    refused = "IF asking IS DISTINCT FROM actor OR actor IS NULL THEN"
    written = before.functions["access_write_look"]
    assert refused in written
    yield Hole("a look in the name of another", written.replace(refused, "IF actor IS NULL THEN")
               .replace("VALUES (asking, now()", "VALUES (actor, now()"), written)  # fmt: skip
    yield before.without("access_looks_at", "public.access_may('looks')", name="tells anybody")
    yield before.without("access_last_looks", "public.access_may('posts')", name="tells anybody")
    yield before.policy("access_question", "by_id = (SELECT access_user_asking())", which="added",
                        name="is closed by whom it is about")  # fmt: skip
    yield before.policy("access_tie", "{old} OR user_id = (SELECT access_user_asking())",
                        name="tells whom it ties")  # fmt: skip
    yield before.policy("access_question", "{old} OR by_id <> about_id",
                        name="is read by everybody")  # fmt: skip
    for table in SEALS:
        yield Hole(f"{table} is written by the server", f'GRANT INSERT ON {table} TO "{before.app}"',
                   f'REVOKE INSERT ON {table} FROM "{before.app}"')  # fmt: skip
    for function in CLOSED:
        yield Hole(f"the server may call {function}",
                   f'GRANT EXECUTE ON FUNCTION {function} TO "{before.app}"',
                   f'REVOKE EXECUTE ON FUNCTION {function} FROM "{before.app}"')  # fmt: skip


def of_triggers(before: Before) -> Iterator[Hole]:
    """What keeps the appended appended, and people placed, turned off."""
    for table, name in before.triggers:
        yield Hole(f"{name} of {table} is off", f"ALTER TABLE {table} DISABLE TRIGGER {name}",
                   f"ALTER TABLE {table} ENABLE TRIGGER {name}")  # fmt: skip


def of_counts() -> Iterator[Hole]:
    """How many there are is told as well."""
    start = "CREATE FUNCTION planted() RETURNS {} LANGUAGE sql STABLE SECURITY DEFINER" \
            " SET search_path = pg_catalog, public, pg_temp AS $$ {} $$"  # fmt: skip
    for name, kind, body in (
        ("everybody", "bigint", "SELECT count(*) FROM people_person"),
        ("each hamlet", "SETOF bigint", "SELECT count(*) FROM people_residence GROUP BY hamlet_id"),
        ("whether anybody waits", "boolean", "SELECT count(*) > 20 FROM people_release"),
        ("the rows of files", "bigint", "SELECT max(id) FROM exchange_sourcerow"),
    ):
        yield Hole(f"a function of the owner that counts {name}", start.format(kind, body),
                   "DROP FUNCTION planted()")  # fmt: skip
    yield Hole("a view of the owner that counts", "CREATE VIEW planted AS SELECT count(*) FROM people_person",
               "DROP VIEW planted")  # fmt: skip
