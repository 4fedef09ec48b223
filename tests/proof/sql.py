"""Attempts by raw SQL, as somebody who found a way to run it as the role of the server.

Source of the grammar: protection.md, the list at the end of §3.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from uuid import UUID

import psycopg

from hssk.access.services import access_of
from hssk.access.services import scope as scopes
from hssk.access.signing import signed
from tests.proof.world import Reader, World
from tests.village import MARCH

WALLED = (
    "people_person", "people_identifier", "people_residence", "people_listing", "people_holding",
    "people_merge", "people_basis", "people_glassreview", "people_auditcase", "people_auditsubject",
    "records_entry", "people_objection", "outreach_copy", "outreach_listedperson",
    "outreach_invitation", "outreach_slip", "outreach_contact", "outreach_step",
    "outreach_bookline", "outreach_bookrow", "outreach_ticket", "outreach_card",
    "outreach_handover",
    "people_enrolment", "people_book", "people_departure", "people_membership",
    "people_move", "people_release", "people_movequestion", "people_movereview",
    "exchange_sourcerow", "exchange_claim", "exchange_cost", "exchange_checkup",
    "exchange_linkdecision",
    "exchange_review",
    "exchange_handedrow", "exchange_pairelsewhere", "exchange_postrow", "exchange_postdone",
    "exchange_receipt", "exchange_memberrow",
    "exchange_delivery", "exchange_deliveredperson", "exchange_takenin",
    "access_look", "access_tie", "access_question",
    "coverage_row", "coverage_nobody", "coverage_due", "coverage_sentreport",
    "coverage_registering", "coverage_registered_day", "coverage_registered_month",
)  # fmt: skip
APPENDED = ("access_look", "access_tie", "access_question")  # a trigger refuses, whoever may
OF_PERSON = ("people_identifier", "people_residence", "people_listing", "people_holding")


@dataclass
class Attacker:
    """One connection as the app role, on which readers come and go as in a pool."""

    world: World
    connection: psycopg.Connection
    key: str
    dice: random.Random
    captured: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    attempts: int = 0
    prepared: int = 0
    functions: list[str] = field(default_factory=list)
    typed: str = ""

    def __post_init__(self) -> None:
        self.connection.add_notice_handler(
            lambda told: self.notices.append(f"{told.message_primary} {told.message_detail}")
        )

    def enter(self, reader: Reader) -> None:
        """Begin a transaction in which the database shows what is the reader's."""
        began = self.connection.execute(
            "SELECT pg_backend_pid(), (extract(epoch FROM now()) * 1000000)::bigint"
        ).fetchone()
        assert began is not None
        words = scopes._words_of(access_of(reader.user, MARCH), "t.{}.{}".format(*began))
        told = signed(words, self.key)
        self.connection.execute("SELECT set_config('hssk.scope', %s, true)", [told])
        self.captured = [*self.captured[-20:], told]

    def attack(self, reader: Reader, attempts: int) -> Iterator[str]:
        """Try as `reader`, in transactions of some ten attempts; what leaked, in words."""
        self.functions = self._all_functions()
        seen = self.world.seen(reader) | self.world.named_elsewhere_to(reader)
        seen |= self.world.behind_glass(reader) | self.world.told_behind_glass(reader)
        for number in range(attempts):
            if number % 10 == 0:
                self.connection.rollback()
                self.enter(reader)
            self.attempts += 1
            self.notices.clear()
            told = self.what_of(self.dice.choice(GRAMMAR)(self))
            told += " ".join(self.notices)
            if leaked := self.world.shown_in(told) - seen - self._named_by_asker(told):
                yield f"{reader.user.username}: {self.typed} shows {len(leaked)} hidden people"
            if told.startswith("WROTE") or self._touched(told):
                yield f"{reader.user.username}: {told}"
        self.connection.rollback()

    def writes(self, reader: Reader) -> Iterator[str]:
        """Try to change and to remove all rows of each table; where anything was touched."""
        self.connection.rollback()
        self.enter(reader)
        for table, change in _CHANGE.items():
            for statement in (f"UPDATE {table} SET {change}", f"DELETE FROM {table}"):
                told = self.what_of(statement)
                if not told.startswith(("OK", "ERROR 42501")) or self._touched(told):
                    yield f"{reader.user.username}: {told}"
        self.connection.rollback()

    def calls(self, reader: Reader) -> Iterator[str]:
        """Call every function there is that needs nothing; what it hands out."""
        self.connection.rollback()
        self.enter(reader)
        seen = self.world.seen(reader)
        for name in self._all_functions():
            told = self.what_of(f"SELECT {name}()")
            if self.world.shown_in(told) - seen:
                yield f"{reader.user.username}: {name}() shows hidden people"
        self.connection.rollback()

    def pretends(self, reader: Reader) -> Iterator[str]:
        """Change one's own scope, and take up those of others before; what that shows."""
        self.connection.rollback()
        before = []  # of everybody, as if they had been on this connection just now
        for other in self.world.readers:
            self.enter(other)
            before.append(self.captured[-1])
            self.connection.rollback()
        self.enter(reader)
        seen = self.world.seen(reader)
        for told in (_widened(self.captured[-1]), *before):
            statement = f"SELECT set_config('hssk.scope', '{told}', true); TABLE people_person"
            shown = self.what_of(statement)
            if self.world.shown_in(shown) - seen:
                yield f"{reader.user.username}: another scope shows hidden people"
        self.connection.rollback()  # no scope any more: nobody's look can be written
        written = "'open', 'register', '', '{}', false, 'area', 'register', ''"
        told = self.what_of(f"SELECT access_write_look({reader.user.pk}, {written})")
        if not told.startswith("ERROR 42501"):
            yield f"{reader.user.username}: a look was written without a scope"
        self.connection.rollback()

    def reads(self, reader: Reader) -> Iterator[str]:
        """Read whatever the catalogue knows, also what somebody has made since."""
        self.connection.rollback()
        self.enter(reader)
        seen = self.world.seen(reader) | self.world.named_elsewhere_to(reader)
        found = self.connection.execute(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
            " AND relkind IN ('r', 'p', 'v', 'm') ORDER BY 1"
        )
        for (name,) in found.fetchall():
            told = self.what_of(f"TABLE {name}")
            if self.world.shown_in(told) - seen:
                yield f"{reader.user.username}: {name} shows hidden people"
        self.connection.rollback()

    def opens(self, reader: Reader) -> Iterator[str]:
        """Ask what each basis and each case opens; whom it shows but should not, or does not."""
        self.connection.rollback()
        self.enter(reader)
        found: set[UUID] = set()
        told: set[UUID] = set()
        for one in self.world.bases:
            found |= self.world.shown_in(self.what_of(f"SELECT * FROM people_emergency({one.pk})"))
            found |= self.world.shown_in(self.what_of(f"SELECT people_behind_glass({one.pk})"))
            told |= self.world.shown_in(self.what_of(f"SELECT * FROM records_emergency({one.pk})"))
        if found != self.world.behind_glass(reader):
            yield f"{reader.user.username}: broken glass shows whom it should not, or nobody"
        if told != self.world.told_behind_glass(reader):
            yield f"{reader.user.username}: broken glass tells of a record what it should not"
        cases = self.world.shown_in(" ".join(
            self.what_of(f"SELECT * FROM people_looks_in_case({case})") for case in range(50)
        ))  # fmt: skip
        if cases != self.world.under_audit(reader):
            yield f"{reader.user.username}: a case shows whom it should not, or nobody"
        self.connection.rollback()

    def sweeps(self, reader: Reader) -> Iterator[str]:
        """What is tried one by one and not by chance."""
        yield from self.opens(reader)
        yield from self.reads(reader)
        yield from self.writes(reader)
        yield from self.calls(reader)
        yield from self.pretends(reader)

    def _all_functions(self) -> list[str]:
        found = self.connection.execute(
            "SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
            " AND pronargs = 0 AND prorettype <> 'trigger'::regtype ORDER BY 1"
        )
        return [name for (name,) in found]

    def _touched(self, told: str) -> bool:
        """Whether a trigger of the ledger refused, or one of rows that are taken back once: then
        rows had been reached before it."""
        by_ledger = "coverage_due" in told and "coverage_due" not in self.typed
        return " 42501 " in told and (by_ledger or "is taken back, never changed" in told)

    def _named_by_asker(self, told: str) -> set[UUID]:
        """An error may repeat what the asker typed: that tells nothing."""
        return self.world.shown_in(self.typed) if told.startswith("ERROR") else set()

    def what_of(self, statement: str) -> str:
        """What a statement brings back, as text; it is undone whatever it did."""
        self.typed, connection = statement, self.connection
        connection.execute("SAVEPOINT attempt")
        try:
            cursor = connection.cursor()
            writes = statement.lstrip().split(" ", 1)[0] in ("UPDATE", "DELETE", "INSERT", "MERGE")
            if statement.startswith("COPY"):
                with cursor.copy(statement) as copy:  # type: ignore[arg-type]
                    told = b"".join(bytes(part) for part in copy).decode()
            else:
                cursor.execute(statement)  # type: ignore[arg-type]
                told = "OK"
                while True:
                    if cursor.description:
                        told += " ".join(map(str, cursor.fetchall()))
                    if not cursor.nextset():
                        break
            if writes and cursor.rowcount > 0:
                told = f"WROTE {cursor.rowcount}: {statement}"
        except psycopg.Error as error:
            told = f"ERROR {error.sqlstate} {error} {error.diag.message_detail}"
        if connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE:
            return told
        connection.execute("ROLLBACK TO attempt")
        return told

    # what the grammar is made of

    def table(self) -> str:
        return self.dice.choice(WALLED)

    def month(self) -> str:
        """A part of the log by its own name."""
        return self.connection.execute(
            "SELECT relname FROM pg_class WHERE relispartition AND relkind = 'r' LIMIT 1"
        ).fetchone()[0]  # type: ignore[index]

    def key_of_somebody(self) -> str:
        return str(self.dice.choice(list(self.world.people)))

    def mark(self) -> str:
        return self.dice.choice(list(self.world.marks))


def _read(a: Attacker) -> str:
    table = a.dice.choice(OF_PERSON)
    return a.dice.choice((
        f"SELECT * FROM people_person WHERE id = '{a.key_of_somebody()}'",
        f"SELECT * FROM {table} WHERE person_id = '{a.key_of_somebody()}'",
        f"SELECT * FROM people_identifier WHERE value >= '{a.mark()}' LIMIT 9",
        "SELECT name FROM people_person WHERE name LIKE 'Zq%'",
        "SELECT * FROM people_person WHERE name_folded ~ 'zq0'",
        f"SELECT * FROM {a.table()}",
        f"SELECT p.name, t.* FROM people_person p JOIN {table} t ON t.person_id = p.id",
        f"WITH x AS MATERIALIZED (SELECT * FROM {a.table()}) SELECT * FROM x",
        f"SELECT (SELECT string_agg(x::text, ',') FROM {a.table()} x)",
        f"SELECT person_id FROM {table} UNION SELECT id FROM people_person",
        f"TABLE {a.table()}",
        f"SELECT * FROM {a.table()} TABLESAMPLE SYSTEM (100)",
        f"SELECT ctid, xmin, tableoid, x FROM {a.table()} x",
        f"SELECT p.name FROM people_person p WHERE EXISTS (SELECT FROM {table} t"
        " WHERE t.person_id = p.id) OR true",
        f"SELECT count(*), min(x::text), max(x::text) FROM {a.table()} x",
        "SELECT s.*, d.* FROM exchange_linkdecision d FULL JOIN exchange_sourcerow s"
        " ON s.id = d.row_id",
        "SELECT n.name FROM generate_series(1, 3), LATERAL (SELECT * FROM people_person) n"
    ))  # fmt: skip


def _write(a: Attacker) -> str:
    table, key = a.table(), a.key_of_somebody()
    fact = a.dice.choice(OF_PERSON)
    return a.dice.choice((
        f"UPDATE {table} SET {_CHANGE[table]}",
        f"DELETE FROM {table}",
        f"UPDATE people_person SET name = 'mine' WHERE id = '{key}' RETURNING *",
        f"DELETE FROM {fact} WHERE person_id = '{key}' RETURNING *",
        "INSERT INTO people_person (id, name, name_folded, name_sort, birth_precision, sex,"
        f" ethnicity, root) VALUES ('{key}', 'x', 'x', 'x', '', 1, '', '{key}')"
        " ON CONFLICT (id) DO UPDATE SET name = people_person.name RETURNING *",
        "INSERT INTO people_identifier (person_id, kind, value, status)"
        f" VALUES ('{key}', 'pid', '{a.mark()}', 'verified') ON CONFLICT DO NOTHING",
        "INSERT INTO people_residence (person_id, since, decided, hamlet_id, kind, away, relation)"
        f" VALUES ('{key}', '2024-01-01', true, {a.dice.choice(a.world.hamlets).pk}, 'P', false,"
        " '')",
        f"MERGE INTO people_person p USING (SELECT '{key}'::uuid AS id) s ON p.id = s.id"
        " WHEN MATCHED THEN UPDATE SET name = 'mine' WHEN NOT MATCHED THEN DO NOTHING",
        "INSERT INTO people_basis (person, kind, user_id, granted_by_id, since, until, why, note,"
        f" source) SELECT '{key}', 'break-glass', id, id, now(), now() + interval '1 hour', '', '',"
        " '' FROM access_user",
        "INSERT INTO people_basis (person, kind, unit_id, granted_by_id, since, why, note, source)"
        f" VALUES ('{key}', 'care', {a.dice.choice(a.world.communes).pk}, 1, now(), '', '', '')",
        f"WITH gone AS (DELETE FROM {table} RETURNING *) SELECT * FROM gone",
        f"INSERT INTO coverage_due (people) VALUES (ARRAY['{key}'::uuid])",
        f"SELECT * FROM {table} FOR UPDATE",
        f"TRUNCATE {table}",
    ))  # fmt: skip


def _other_ways(a: Attacker) -> str:
    table = a.table()
    a.prepared += 1
    return a.dice.choice((
        f"COPY {table} TO STDOUT",
        f"COPY (SELECT * FROM {table}) TO STDOUT",
        f"COPY {table} FROM STDIN",
        f"DECLARE c CURSOR FOR SELECT * FROM {table}; FETCH ALL FROM c",
        f"PREPARE p{a.prepared} AS SELECT * FROM {table}; EXECUTE p{a.prepared}",
        f"EXECUTE p{max(a.prepared - 30, 1)}",
        f"CREATE TEMP TABLE got AS SELECT * FROM {table}; SELECT * FROM got",
        f"CREATE TEMP VIEW got AS SELECT * FROM {table}; SELECT * FROM got",
        "SELECT pg_read_file('/etc/passwd')",
        f"SELECT lo_export(16384, '/tmp/{table}')",
        f"SELECT table_to_xml('{table}', true, false, '')",
        f"SELECT query_to_xml('SELECT * FROM {table}', true, false, '')",
        f"DO $$ DECLARE r record; BEGIN FOR r IN SELECT * FROM {table} LOOP"
        " RAISE NOTICE '%', r; END LOOP; END $$",
    ))  # fmt: skip


_LEAKY = (
    "CREATE FUNCTION pg_temp.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS"
    " $$ BEGIN RAISE NOTICE '%', $1; RETURN false; END $$; "
)


def _leaky(a: Attacker) -> str:
    table = a.table()
    return a.dice.choice((
        f"{_LEAKY} SELECT * FROM {table} x WHERE pg_temp.leak(x::text)",
        f"{_LEAKY} SELECT * FROM people_person WHERE pg_temp.leak(name) OR id IS NULL",
        f"{_LEAKY} UPDATE people_person SET name = name WHERE pg_temp.leak(name)",
        f"{_LEAKY} DELETE FROM {table} x WHERE pg_temp.leak(x::text)",
        "SELECT * FROM people_person WHERE name::int > 0",
        "SELECT * FROM people_person WHERE 1 / (length(name) - length(name)) > 0",
        f"SELECT x::text::date FROM {table} x",
        f"SELECT * FROM {table} x WHERE x::text::int = 1",
        "SELECT CAST(value AS date) FROM people_identifier",
        "CREATE FUNCTION pg_temp.every(anyelement) RETURNS text LANGUAGE sql AS"
        " $$ SELECT string_agg(name, ',') FROM public.people_person $$;"
        " SELECT pg_temp.every(1)",
    ))  # fmt: skip


def _pretend(a: Attacker) -> str:
    table, told = a.table(), a.dice.choice(a.captured)
    widened = _widened(told)
    after = f"; SELECT * FROM {table}"
    return a.dice.choice((
        f"SELECT set_config('hssk.scope', '{widened}', true){after}",
        f"SELECT set_config('hssk.scope', '', true){after}",
        "RESET hssk.scope" + after,
        "SET hssk.scope = 'machine'" + after,
        "SET ROLE hssk_owner" + after,
        "SET ROLE hssk_machine" + after,
        "SET SESSION AUTHORIZATION hssk_machine" + after,
        "SET SESSION AUTHORIZATION hssk_owner" + after,
        "RESET ROLE" + after,
        "RESET ALL" + after,
        "SET row_security = off" + after,
        "SELECT * FROM access_key",
        "SELECT current_setting('hssk.scope')",
        "SELECT outer_pad FROM public.access_key; " + after[2:],
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY{after}",
        f"CREATE POLICY mine ON {table} USING (true){after}",
        f"DROP POLICY seen ON {table}{after}",
        f"GRANT hssk_owner TO CURRENT_USER{after}",
        "CREATE OR REPLACE FUNCTION public.access_all() RETURNS boolean LANGUAGE sql AS"
        f" $$ SELECT true $${after}",
        "CREATE FUNCTION pg_temp.access_all() RETURNS boolean LANGUAGE sql AS $$ SELECT true $$;"
        f" SET search_path = pg_temp, public{after}",
        "CREATE TEMP TABLE access_key AS SELECT true AS one, ''::bytea AS inner_pad,"
        f" ''::bytea AS outer_pad{after}",
        "CREATE TEMP TABLE access_post (id bigint, user_id bigint, since date, until date)"
        f"{after}",
        f"CREATE TEMP TABLE people_residence (person_id uuid, hamlet_id bigint){after}",
    ))  # fmt: skip


def _replayed(a: Attacker) -> str:
    """A scope of an earlier transaction, as it was; the newest is that of this one."""
    earlier = a.captured[:-1] or [""]
    return f"SELECT set_config('hssk.scope', '{a.dice.choice(earlier)}', true);" \
           f" SELECT * FROM {a.table()}"  # fmt: skip


def _widened(told: str) -> str:
    words = told.split("|")
    words[5] = "{}"
    return "|".join(words)


def _ask(a: Attacker) -> str:
    key = a.key_of_somebody()
    return a.dice.choice((
        "SELECT * FROM pg_stats WHERE schemaname = 'public' AND tablename LIKE 'people%'",
        "SELECT * FROM pg_stats_ext",
        "SELECT * FROM pg_statistic LIMIT 100",
        "SELECT relname, reltuples FROM pg_class WHERE relname LIKE 'people%'",
        f"EXPLAIN (ANALYZE, VERBOSE) SELECT * FROM {a.table()}",
        "SELECT query FROM pg_stat_activity",
        "SELECT lastval()",
        "SELECT * FROM people_residence_id_seq",
        "SELECT words FROM (SELECT access_scope()) AS s (words)",
        f"SELECT people_place_again(ARRAY['{key}'::uuid])",
        f"SELECT * FROM people_by_basis WHERE root = '{key}'",
        "SELECT * FROM people_by_basis",
        f"SELECT '{key}'::uuid WHERE people_in_care('{key}', people_care())",
        f"SELECT '{key}'::uuid WHERE people_in_care('{key}', ARRAY['{{1,2,3}}', people_care_seal('{{1,2,3}}')])",
        f"SELECT * FROM people_emergency({a.dice.choice(a.world.bases).pk})",
        f"SELECT people_behind_glass({a.dice.choice(a.world.bases).pk})",
        f"SELECT * FROM records_emergency({a.dice.choice(a.world.bases).pk})",
        f"SELECT * FROM people_looks_in_case({a.dice.randint(1, 9)})",
        f"SELECT * FROM records_looks_in_care('{key}', 9)",
        f"SELECT people_phones('{key}')",
        f"SELECT people_registered_at('{key}')",
        "SELECT id, people_registered_at(root) FROM people_person",
        "SELECT people_facilities()",
        "SELECT * FROM coverage_members('2024-03-31', ARRAY(SELECT id FROM places_organisation))",
        f"SELECT * FROM exchange_rows_in_scope WHERE id = {a.dice.choice(list(a.world.rows))}",
        f"NOTIFY x, '{key}'",
        "SELECT coverage_share_out(2)",
        "SELECT coverage_waiting()",
        f"SELECT people_ask('x', 'x', '1990-01-01', 'Y', '{a.mark()}', ARRAY['pid'],"
        f" ARRAY['{a.mark()}'])",
        "SELECT * FROM people_asked(1)",
        f"SELECT * FROM people_meant('zq001', '1951-03-01', 'D', ARRAY['pid'],"
        f" ARRAY['{a.mark()}'], '2024-03-31')",
        f"SELECT * FROM {a.dice.choice(a.functions)}()",
        f"SELECT {a.dice.choice(a.functions)}()",
        f"SELECT * FROM access_looks_at(ARRAY['{key}'::uuid])",
        f"SELECT access_write_look({a.dice.randrange(1, 20)}, 'open', 'register', '',"
        f" ARRAY['{key}'::uuid], false, 'area', 'register', '')",
        "SELECT access_purge_month('2026-11-01', 1)",
        f"SELECT * FROM {a.month()}",
        f"INSERT INTO {a.month()} SELECT * FROM access_look",
    ))  # fmt: skip


# what is taken back once and never changed
_TAKE_BACK = ("taken_back_at = now(), why = 'mine',"
              " taken_back_by_id = (SELECT min(id) FROM access_user)")  # fmt: skip
# a change that reads no column, so that only the policy of changes stands before it
_CHANGE = {
    "people_person": "name = 'mine'", "people_identifier": "value = 'mine'",
    "people_residence": "relation = 'mine'", "people_listing": "name = 'mine'",
    "people_holding": "name = 'mine'", "people_merge": "reason = 'mine'",
    "people_basis": "ended_by_id = NULL", "people_auditcase": "closed_at = now()",
    "people_glassreview": "justified = true", "people_auditsubject": "name = 'mine'",
    "people_move": "state = 'mine'", "people_release": "state = 'mine'",
    "people_movequestion": "known = true", "people_movereview": "at = now()",
    "records_entry": "display = 'mine'", "outreach_copy": "holder = 'mine'",
    "outreach_listedperson": "name = 'mine'",
    "outreach_invitation": "place = 'mine'", "outreach_slip": "called = 'mine'",
    "people_objection": _TAKE_BACK,
    "outreach_step": "said = 'mine'", "outreach_bookline": "name = 'mine'",
    "outreach_bookrow": "sheet = 'mine'", "outreach_contact": _TAKE_BACK,
    "outreach_ticket": "number = 999",
    "outreach_card": _TAKE_BACK, "outreach_handover": _TAKE_BACK,
    "people_enrolment": _TAKE_BACK, "people_book": _TAKE_BACK, "people_departure": _TAKE_BACK,
    "exchange_sourcerow": "sheet = 'mine'", "exchange_linkdecision": "score = 0",
    "exchange_claim": "code = 'mine'", "exchange_cost": "total = 0",
    "exchange_checkup": "paid = '9'", "exchange_receipt": "digest = 'mine'",
    "people_membership": "since = '2000-01-01'", "exchange_memberrow": "sheet = 'mine'",
    "exchange_review": "verdict = 'mine'", "exchange_handedrow": "refused = 'mine'",
    "exchange_postrow": "sheet = 'mine'", "exchange_postdone": "did = 'mine'",
    "exchange_delivery": "digest = 'mine'", "exchange_deliveredperson": "kind = 'mine'",
    "exchange_takenin": "name = 'mine'",
    "exchange_pairelsewhere": "open = false", "access_look": "act = 'mine'",
    "access_tie": "at = now()", "access_question": "text = 'mine'",
    "coverage_row": "listed = 1", "coverage_nobody": "listed = 1", "coverage_due": "people = '{}'",
    "coverage_sentreport": "digest = 'mine'", "coverage_registering": "expected = 9",
    "coverage_registered_day": "expected = 9", "coverage_registered_month": "expected = 9",
}  # fmt: skip
GRAMMAR: tuple[Callable[[Attacker], str], ...] = (
    _read, _read, _write, _write, _other_ways, _leaky, _pretend, _replayed, _ask,
)  # fmt: skip
