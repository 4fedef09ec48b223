"""Whether the second wall stands (decision 10): what the catalogue of the database says of it.

`hssk doctor` tells, `hssk serve` does not start with a hole, and a test walks the same catalogue,
so that a new table cannot be forgotten. Source: protection.md, invariant I32.
"""

import psycopg

from hssk.kit.errors import Trouble

# Tables that say nothing of anybody in the register, and why; every other one is walled.
OF_NOBODY = {
    "access_cache": "how often somebody failed to sign in, by digest",
    "access_checkpoint": "seals of the log, digests alone",
    "access_commandlog": "commands and who ran them",
    "access_confirmation": "that posts of staff are still needed",
    "access_key": "the key of scopes, closed to the app role altogether",
    "access_knock": "how often somebody asked the gateway, by digest",
    "access_post": "duties of staff, read to work out every scope",
    "access_purge": "which months of the log went, and how many lines",
    "access_retention": "for how many years looks are kept",
    "access_presence": "staff who may come back to a shared machine",
    "access_sender": "accounts of facilities' software, with digests of their passwords",
    "access_sendertoken": "what such software shows, by digest",
    "access_shortcode": "short codes of staff, by slow digest",
    "access_sparecode": "spare codes of staff, by slow digest",
    "access_sitting": "where staff are signed in",
    "access_user": "accounts of staff, read before anybody is known",
    "access_user_groups": "of the framework, unused",
    "access_user_user_permissions": "of the framework, unused",
    "access_witnessed": "which seals a witness has, digests alone",
    "account_emailaddress": "of allauth, unused",
    "account_emailconfirmation": "of allauth, unused",
    "auth_group": "of the framework, unused",
    "auth_group_permissions": "of the framework, unused",
    "auth_permission": "of the framework, unused",
    "coverage_day": "counts of places",
    "coverage_dated": "counts of places",
    "coverage_goal": "what units mean to reach",
    "coverage_month": "counts of places",
    "coverage_pending": "counts of places",
    "coverage_standing": "counts of places",
    "coverage_taken": "counts of places",
    "django_content_type": "of the framework",
    "django_migrations": "of the framework",
    "django_session": "signed-in accounts of staff",
    "exchange_batch": "files, by whom and for where, with counts",
    "exchange_knownlayout": "how files are laid out",
    "exchange_memberfile": "lists of members of organisations, by whom",
    "exchange_postfile": "workbooks of posts of staff, by whom",
    "exchange_softwarelayout": "headers of import workbooks of other software",
    "mfa_authenticator": "second factors of staff, encrypted",
    "outreach_bookfile": "names of files of sessions and by whom they came",
    "outreach_daybook": "which books of sessions went out",
    "outreach_barred": "hamlets struck from a weekend",
    "outreach_campaign": "what units mean to reach by when",
    "outreach_cardrun": "for which hamlets cards were printed, by whom and how many",
    "outreach_closing": "how the day of a session went, in words that may name no resident",
    "outreach_cost": "what a campaign costs",
    "outreach_dayreport": "figures of sessions as they were sent, by whom",
    "outreach_proposal": "hamlets and days that the planner chose, with counts",
    "outreach_road": "travel groups of hamlets",
    "outreach_seat": "at which desk of a session staff work",
    "outreach_session": "teams of staff, where and when",
    "outreach_sessionhamlet": "hamlets of a session, with counts",
    "outreach_spending": "what sessions cost",
    "outreach_team": "teams of staff",
    "outreach_teamoff": "days off of teams",
    "places_facility": "places",
    "places_hamlet": "places",
    "places_household": "numbers of households, of nobody by name",
    "places_organisation": "agencies, unions, schools and enterprises, of nobody by name",
    "places_touched": "marks of changed places",
    "places_unit": "places",
    "places_unitsuccession": "places",
    "socialaccount_socialaccount": "links of staff accounts to an identity provider",
    "socialaccount_socialapp": "of allauth, unused",
    "socialaccount_socialtoken": "of allauth, unused",
}

# Views that read as the owner: they judge, and show only what the scope opens.
JUDGES = {
    "people_by_basis": "whom care opens",
    "exchange_rows_in_scope": "which rows of files are visible",
}

# The functions that run as the owner, before whom there is no wall, and what of it they tell.
OWNERS = {
    "access_beyond": "what is beyond the area of a right of the asker's",
    "access_is_machine": "whether a command asks",
    "access_kept_until": "until when a month of looks is kept",
    "access_last_looks": "when somebody looked last, to who gives posts",
    "access_looks_at": "which looks named somebody, to who reads the log",
    "access_make_month": "nothing",
    "access_make_months": "nothing",
    "access_may": "a right of the asker",
    "access_outside": "what is not the asker's",
    "access_purge_month": "nothing; commands alone call it",
    "access_scope": "the asker's scope",
    "access_user_asking": "the asker",
    "access_write_look": "nothing; in the asker's name alone",
    "coverage_fold_shares": "nothing",
    "coverage_members": "how many members of organisations have a record, to who may see figures"
    " and to their contacts",
    "coverage_quality": "how many people of hamlets have doubtful data, to who may see figures",
    "coverage_rebuild": "nothing; commands alone call it",
    "coverage_registered": "how many people of hamlets a facility has, to who may see figures",
    "coverage_settle": "nothing",
    "coverage_settle_share": "nothing",
    "coverage_share_out": "nothing",
    "coverage_tell_planner": "nothing",
    "coverage_waiting": "how many people wait to be counted",
    "outreach_checkups": "how many people of the asker's hamlets were examined, as visits",
    "outreach_left": "how many people of hamlets are left for which reason, as those",
    "outreach_visits": "how many visits people of the asker's hamlets had, to who may see rows",
    "people_ask": "the number of a question, thirty a day",
    "people_asked": "whether somebody is known, to who asked",
    "people_behind_glass": "whom a break-glass of the asker opens",
    "people_care_units": "the facilities of the asker's posts",
    "people_facilities": "the facilities of which the asker is the officer of first contact",
    "people_emergency": "the emergency set of a break-glass of the asker",
    "people_care": "the facilities of the asker's posts, sealed for the statement",
    "people_in_care": "whether care opens somebody to the asker",
    "people_looks_in_case": "looks at those whom a case of the asker names",
    "people_place_again": "nothing; triggers alone call it",
    "people_registered_at": "with which facility of the asker's somebody is registered",
    "people_search": "whom of the scope a name means, to who may see the register",
    "people_place_facts": "nothing, a trigger",
    "people_place_merged": "nothing, a trigger",
    "places_touch": "nothing, a trigger",
    "records_emergency": "what a record adds to the emergency set of a break-glass of the asker",
    "records_looks_in_care": "by which duty, not a treating one, somebody in care was seen",
}
# What scopes are worked out from: written by acts of the machine alone (access/sql/guard.sql), as a
# whole or in the columns that decide.
GUARDED = (
    *("access_post", "access_user", "access_sender", "access_sendertoken"),
    "socialaccount_socialaccount",
    *("places_unit", "places_unitsuccession", "places_hamlet", "places_facility"),
    "places_organisation",
    *("exchange_batch", "exchange_postfile", "exchange_memberfile"),
    *("outreach_session", "outreach_bookfile"),
)
BY_COLUMN = (
    *("access_user", "socialaccount_socialaccount"),
    *("exchange_batch", "exchange_postfile", "exchange_memberfile"),
    *("outreach_session", "outreach_bookfile"),
)
# what the role of the server may not call, and not write
CLOSED = ("access_make_month", "access_purge_month", "coverage_rebuild", "people_place_again")
SEALED = (
    "access_look",
    "access_checkpoint",
    "access_retention",
    "access_witnessed",
    "access_purge",
    "access_commandlog",
    "django_migrations",
    "places_touched",
)
# what only grows, or is only ended: a trigger refuses anything else to whoever asks
KEPT = (
    *("access_look", "access_retention", "access_witnessed", "access_purge", "access_tie"),
    *("access_question", "access_confirmation", "people_basis", "people_auditcase"),
    *("people_glassreview", "people_auditsubject", "people_verification", "records_entry"),
    *("people_birth", "people_death", "people_stranger", "people_amendment", "people_objection"),
    "coverage_sentreport",
    *("people_enrolment", "people_book", "people_departure", "outreach_contact"),
    *("outreach_card", "outreach_handover"),
    "outreach_dayreport",
    *("exchange_delivery", "exchange_deliveredperson", "exchange_takenin"),
)

_TABLES = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    AND relkind IN ('r', 'p') AND NOT relname = ANY(%(of_nobody)s)
    AND NOT (relrowsecurity AND relforcerowsecurity) ORDER BY 1"""
_POLICIES = r"""
    SELECT tablename || ' (' || policyname || ')' FROM pg_policies p
    JOIN pg_tables t USING (schemaname, tablename)
    WHERE schemaname = 'public' AND 'true' IN (qual, with_check) AND NOT roles <@ ARRAY[
        t.tableowner, (SELECT rolname FROM pg_roles WHERE rolname LIKE '%%\_machine'
                       AND pg_has_role(rolname, current_user, 'MEMBER') LIMIT 1)] ORDER BY 1"""
_VIEWS = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    AND (relkind = 'm' OR relkind = 'v' AND NOT relname = ANY(%(judges)s) AND NOT COALESCE(
        reloptions && ARRAY['security_invoker=true', 'security_invoker=on'], false)) ORDER BY 1"""
_FUNCTIONS = """
    SELECT DISTINCT p.proname FROM pg_proc p
    WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef
    AND (NOT p.proname = ANY(%(owners)s)
         OR NOT EXISTS (SELECT FROM unnest(p.proconfig) AS s WHERE s LIKE 'search_path=%%')
         OR p.proowner <> (SELECT relowner FROM pg_class WHERE oid = 'access_key'::regclass))
    ORDER BY 1"""
_ROLE = """
    SELECT rolname FROM pg_roles r WHERE rolname = current_user AND (
        rolsuper OR rolbypassrls OR rolcreaterole
        OR EXISTS (SELECT FROM pg_class WHERE relowner = r.oid AND relpersistence <> 't')
        OR EXISTS (SELECT FROM pg_auth_members m WHERE m.member = r.oid)
        OR has_table_privilege('access_key', 'SELECT')
        OR has_database_privilege(current_database(), 'TEMPORARY'))"""
# A part of a table asked by its own name is judged by its own policies, not by those of the whole.
_PARTS = """
    SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace
    AND c.relispartition AND c.relkind = 'r' AND (
        EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid)
        OR has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE')) ORDER BY 1"""
_OPENED = """
    SELECT DISTINCT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
    AND proname = ANY(%(closed)s) AND has_function_privilege(oid, 'EXECUTE') ORDER BY 1"""
_WRITTEN = """
    SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
    AND relname = ANY(%(sealed)s) AND has_table_privilege(oid, 'INSERT, UPDATE, DELETE, TRUNCATE')
    ORDER BY 1"""
_TRIGGERS = """
    SELECT relname || ' (' || tgname || ')' FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid
    WHERE relnamespace = 'public'::regnamespace AND NOT tgisinternal AND tgenabled NOT IN ('O', 'A')
    UNION ALL
    SELECT name FROM unnest(%(kept)s::text[]) AS name WHERE NOT EXISTS (
        SELECT FROM pg_trigger JOIN pg_proc f ON f.oid = tgfoid
        WHERE tgrelid = to_regclass('public.' || name)
        AND f.proname IN ('access_append_only', 'people_bases_stay', 'people_cases_stay',
                          'people_acts_stay', 'people_verified_stays', 'records_entries_stay',
                          'outreach_handover_stays'))
    ORDER BY 1"""
# A table of nobody that a policy, a judge or a function of the owner reads decides who sees whom.
_DECIDING = r"""
    SELECT name FROM unnest(%(guarded)s::text[], %(functions)s::text[]) AS g (name, function)
    WHERE NOT EXISTS (SELECT FROM pg_trigger JOIN pg_proc f ON f.oid = tgfoid
                      WHERE tgrelid = to_regclass('public.' || name) AND f.proname = function)
    UNION
    SELECT c.relname FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relname = ANY(%(of_nobody)s)
    AND NOT c.relname = ANY(%(guarded)s) AND has_table_privilege(c.oid, 'INSERT, UPDATE, DELETE')
    AND (EXISTS (SELECT FROM pg_depend d
                 WHERE d.refobjid = c.oid AND d.classid = 'pg_policy'::regclass)
         OR EXISTS (SELECT FROM pg_depend d JOIN pg_rewrite w ON w.oid = d.objid
                    JOIN pg_class v ON v.oid = w.ev_class
                    WHERE d.refobjid = c.oid AND v.relname = ANY(%(judges)s))
         OR EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = c.relnamespace AND p.prosecdef
                    AND NOT p.proname LIKE 'coverage\_%%'
                    AND p.prosrc ~ ('\m' || c.relname || '\M')))
    ORDER BY 1"""
_HOLES = (
    (_TABLES, "bảng {name} chưa bật bảo vệ theo dòng"),
    (_POLICIES, "quy tắc của {name} mở cho mọi người"),
    (_PARTS, "phần {name} của một bảng mở riêng được"),
    (_VIEWS, "khung nhìn {name} không theo quyền của người hỏi"),
    (_FUNCTIONS, "hàm {name} chạy với quyền lạ hoặc không cố định search_path"),
    (_OPENED, "hàm {name} chỉ dành cho lệnh mà máy chủ gọi được"),
    (_WRITTEN, "máy chủ ghi thẳng được vào bảng {name}"),
    (_TRIGGERS, "bảng {name} thiếu trình kích hoạt canh giữ"),
    (_DECIDING, "bảng {name} quyết định ai xem được ai mà máy chủ tự sửa được"),
    (_ROLE, "vai trò {name} của máy chủ có quyền quá rộng"),
)


def holes(connection: psycopg.Connection) -> list[str]:
    """What is open that should not be, in words; asked as the app role. Empty when all stands."""
    found = []
    for question, words in _HOLES:
        named = {
            "of_nobody": list(OF_NOBODY), "judges": list(JUDGES), "owners": list(OWNERS),
            "closed": list(CLOSED), "sealed": list(SEALED), "kept": list(KEPT),
            "guarded": [*GUARDED, *BY_COLUMN],
            "functions": ["access_guarded"] * len(GUARDED)
            + ["access_guarded_columns"] * len(BY_COLUMN),
        }  # fmt: skip
        rows = connection.execute(question, named).fetchall()
        found += [words.format(name=name) for (name,) in rows]
    return found


def refuse_holes(connection: psycopg.Connection) -> None:
    """Raise Trouble when the wall has a hole: no page is served with one."""
    if found := holes(connection):
        raise Trouble(
            "Không phục vụ khi cơ sở dữ liệu không tự giữ được dữ liệu của người dân: {holes}. "
            "Chạy `hssk doctor`; khôi phục cơ sở dữ liệu từ bản sao lưu hoặc nhờ quản trị sửa.",
            holes="; ".join(found),
        )
