"""Holes as careless hands leave them, each planted in the living database and taken out again."""

from collections.abc import Iterator
from dataclasses import dataclass

from tests.proof.sql import APPENDED, WALLED

# what triggers refuse of a table to everybody
REFUSED = {
    **dict.fromkeys(APPENDED, ("UPDATE", "DELETE")), "people_glassreview": ("UPDATE", "DELETE"),
    "people_auditsubject": ("UPDATE", "DELETE"), "people_basis": ("DELETE",),
    "people_auditcase": ("DELETE",), **dict.fromkeys(
        ("people_objection", "people_enrolment", "people_book", "people_departure",
         "outreach_contact", "outreach_card", "outreach_handover"), ("DELETE",)),
    "records_entry": ("UPDATE", "DELETE"),
    **dict.fromkeys(("exchange_delivery", "exchange_deliveredperson", "exchange_takenin",
                     "coverage_sentreport"), ("UPDATE", "DELETE")),
}  # fmt: skip


@dataclass(frozen=True)
class Hole:
    name: str
    plant: str
    mend: str


def _function(name: str, returns: str, body: str) -> str:
    return (
        f"CREATE OR REPLACE FUNCTION {name} RETURNS {returns} LANGUAGE sql STABLE SECURITY DEFINER"
        f" SET search_path = pg_catalog, public, pg_temp AS $$ {body} $$"
    )


def of_tables() -> Iterator[Hole]:
    """What can go wrong with each table alone."""
    for table in WALLED:
        yield Hole(f"{table} without row security",
                   f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY",
                   f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")  # fmt: skip
        yield Hole(f"{table} not forced",
                   f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",
                   f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")  # fmt: skip
        for command, clause in (
            ("ALL", "USING (true)"), ("SELECT", "USING (true)"), ("SELECT", "USING (1 = 1)"),
            ("UPDATE", "USING (true)"), ("UPDATE", "USING (length('a') = 1)"),
            ("DELETE", "USING (true)"), ("DELETE", "USING (now() IS NOT NULL)"),
            ("INSERT", "WITH CHECK (true)"),
        ):  # fmt: skip
            if command in REFUSED.get(table, ()):
                continue  # no hole: a trigger refuses these whoever may
            yield Hole(f"{table} open to {command} {clause}",
                       f"CREATE POLICY planted ON {table} FOR {command} {clause}",
                       f"DROP POLICY planted ON {table}")  # fmt: skip
        yield Hole(f"a view of the owner on {table}",
                   f"CREATE VIEW planted AS SELECT * FROM {table}", "DROP VIEW planted")  # fmt: skip
        yield Hole(f"a copy of {table}",
                   f"CREATE TABLE planted AS SELECT * FROM {table}", "DROP TABLE planted")  # fmt: skip


def of_functions(originals: dict[str, str]) -> Iterator[Hole]:
    """A judge that says yes to everybody.

    originals  name → the statement that makes the function as it is
    """
    true_for_all = {
        "access_is_machine": _function("access_is_machine()", "boolean", "SELECT true"),
        "access_may": _function("access_may(asked text)", "boolean", "SELECT true"),
        "access_outside": _function("access_outside()", "int8multirange", "SELECT '{}'::int8multirange"),
        "people_by_basis": "CREATE OR REPLACE VIEW people_by_basis AS SELECT root FROM people_person",
        "people_in_care": _function(
            "people_in_care(asked uuid, care text[])", "boolean", "SELECT true"),
        "people_care_units": _function(
            "people_care_units()", "bigint[]", "SELECT array_agg(id) FROM places_unit"),
        "people_facilities": _function(
            "people_facilities()", "bigint[]", "SELECT array_agg(id) FROM places_facility"),
        "exchange_rows_in_scope": "CREATE OR REPLACE VIEW exchange_rows_in_scope AS"
                                  " SELECT id FROM exchange_sourcerow",
    }  # fmt: skip
    for name, planted in true_for_all.items():
        yield Hole(f"{name} says yes to all", planted, originals[name])
    yield Hole("a scope nobody signed", originals["access_scope"].replace(
        "holds IS NOT TRUE", "holds IS NULL"), originals["access_scope"])  # fmt: skip
    yield Hole("a scope of another transaction", originals["access_scope"].replace(
        "words[2] <> 't.'", "false AND words[2] <> 't.'"), originals["access_scope"])  # fmt: skip
    yield Hole("a plain setting", _function(
        "access_scope()", "text[]", "SELECT string_to_array(current_setting('hssk.scope', true), '|')"),
        originals["access_scope"])  # fmt: skip
    for name, hour in (
        ("people_by_basis", "(b.until > statement_timestamp())"),
        ("people_by_basis", "(b.since <= statement_timestamp())"),
        ("people_in_care", "b.until > statement_timestamp()"),
        ("people_in_care", "b.since <= statement_timestamp()"),
        ("people_behind_glass", "b.until > statement_timestamp()"),
        ("people_behind_glass", "b.since <= statement_timestamp()"),
        ("people_looks_in_case", "b.until > statement_timestamp()"),
    ):
        assert hour in originals[name]
        yield Hole(f"{name} forgets {hour}",
                   originals[name].replace(hour, "true"), originals[name])  # fmt: skip
    unsealed = "care[2] IS DISTINCT FROM public.people_care_seal(care[1])"
    assert unsealed in originals["people_in_care"]
    yield Hole("a care nobody sealed", originals["people_in_care"].replace(unsealed, "false"),
               originals["people_in_care"])  # fmt: skip
    for name, asker in (
        ("people_behind_glass", "b.user_id = (SELECT public.access_user_asking())"),
        ("people_behind_glass", "(SELECT public.access_may('emergency'))"),
        ("people_looks_in_case", "b.user_id = (SELECT public.access_user_asking())"),
        ("people_care_units", "p.role IN ('clinician')"),
        ("people_registered_at", "machine OR found = ANY(mine)"),
    ):
        assert asker in originals[name]
        yield Hole(f"{name} forgets to ask {asker}",
                   originals[name].replace(asker, "true"), originals[name])  # fmt: skip


def of_months(app: str, month: str) -> Iterator[Hole]:
    """What can go wrong with a part of the log."""
    yield Hole("a month of the log without row security",
               f"ALTER TABLE {month} DISABLE ROW LEVEL SECURITY",
               f"ALTER TABLE {month} ENABLE ROW LEVEL SECURITY")  # fmt: skip
    yield Hole("a month of the log open by its own name",
               f'CREATE POLICY planted ON {month} USING (length(act) > 0); GRANT SELECT ON {month} TO "{app}"',
               f'DROP POLICY planted ON {month}; REVOKE SELECT ON {month} FROM "{app}"')  # fmt: skip
    yield Hole("a month of the log that may be written into",
               f'GRANT INSERT ON {month} TO "{app}"',
               f'REVOKE INSERT ON {month} FROM "{app}"')  # fmt: skip


def of_rights(app: str) -> Iterator[Hole]:
    """What nobody should have granted."""
    yield Hole("the key is readable", f'GRANT SELECT ON access_key TO "{app}"',
               f'REVOKE SELECT ON access_key FROM "{app}"')  # fmt: skip
    temporary = "DO $$ BEGIN EXECUTE format('{} TEMPORARY ON DATABASE %I {} {}', current_database()); END $$"
    yield Hole("the server may lay tables of its own before ours",
               temporary.format("GRANT", "TO", app), temporary.format("REVOKE", "FROM", app))  # fmt: skip
    yield Hole("everybody is placed everywhere",
               "UPDATE people_person SET places = '{(,)}'",
               "SELECT people_place_again(array_agg(root)) FROM people_person")  # fmt: skip
    yield Hole("a function of the owner that hands out names",
               _function("planted()", "text", "SELECT string_agg(name, ' ') FROM people_person"),
               "DROP FUNCTION planted()")  # fmt: skip
    yield Hole("a function of the owner with a search path of the caller's",
               "CREATE FUNCTION planted() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS"
               " $$ SELECT count(*) FROM people_person $$", "DROP FUNCTION planted()")  # fmt: skip
    yield Hole("a view kept by hand",
               "CREATE MATERIALIZED VIEW planted AS SELECT name FROM people_person",
               "DROP MATERIALIZED VIEW planted")  # fmt: skip
