-- What stands in each person's record, as the ledger asks it: docs/decisions/0021. Writers of entries
-- leave notes, appended and never waited for; whoever counts next takes them into the standing.
-- What only its author sees (tier 3) is in neither.

-- The day from which somebody born, or something done, on `day` is so many years old:
-- 29 February -> 1 March
CREATE OR REPLACE FUNCTION records_years_on(day date, years integer) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (day + make_interval(years => years))::date
           + (extract(month FROM day) = 2 AND extract(day FROM day) = 29
              AND extract(day FROM day + make_interval(years => years)) = 28)::int
$$;

CREATE OR REPLACE FUNCTION records_entry_added() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO records_note (person, anew, content, updated, /*parts*/)
    SELECT person, false, /*content*/, /*updated*/, /*first*/
    FROM (
        -- a visit says thirty things on one day
        SELECT DISTINCT person, /*part*/ AS section, "on" AS day FROM new_rows
        WHERE /*counted*/
    ) AS said
    WHERE /*of_the_form*/
    GROUP BY person;
    RETURN NULL;
END
$$;

-- What was replaced, restored or taken away is read again, for it may have been the only thing said; what
-- is now about somebody else, of both.
CREATE OR REPLACE FUNCTION records_entry_changed() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO records_note (person, anew)
    SELECT DISTINCT person, true FROM old_rows WHERE tier <= /*most*/;
    IF TG_OP = 'UPDATE' THEN
        INSERT INTO records_note (person, anew)
        SELECT DISTINCT n.person, true FROM new_rows n JOIN old_rows o ON o.id = n.id
        WHERE n.person <> o.person AND n.tier <= /*most*/;
    END IF;
    RETURN NULL;
END
$$;

-- Take what was noted of these human beings (roots) into their standing. Whoever counts calls it, and
-- one at a time for each of them.
CREATE OR REPLACE FUNCTION records_settle(roots uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET jit = off
SET plan_cache_mode = force_custom_plan AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM records_note) THEN
        RETURN;
    END IF;
    WITH member AS MATERIALIZED (
        SELECT p.id FROM unnest(roots) AS r (root) JOIN people_person p ON p.root = r.root
    ), noted AS (
        DELETE FROM records_note n USING member m WHERE n.person = m.id RETURNING n.*
    ), heard AS MATERIALIZED (
        SELECT person, bool_or(anew) AS anew, min(content) AS content,
               range_agg(updated) AS updated, /*mins*/
        FROM noted GROUP BY person
    ), stands AS (
        SELECT s.person, LEAST(s.content, t.content) AS content,
               COALESCE(s.updated, '{}') + COALESCE(t.updated, '{}') AS updated, /*least*/
        FROM heard s LEFT JOIN records_standing t ON t.person = s.person WHERE NOT s.anew
        UNION ALL
        SELECT a.person, /*content*/, COALESCE(/*updated*/, '{}'), /*first*/
        FROM heard a LEFT JOIN (
            SELECT DISTINCT person, /*part*/ AS section, "on" AS day FROM records_entry
            WHERE person IN (SELECT person FROM heard WHERE anew) AND /*counted*/
        ) AS said ON said.person = a.person
        WHERE a.anew GROUP BY a.person
    )
    INSERT INTO records_standing (person, content, updated, /*parts*/)
    SELECT person, content, updated, /*parts*/ FROM stands
    ON CONFLICT (person) DO UPDATE
    SET content = excluded.content, updated = excluded.updated, /*replaced*/;
END
$$;

-- Make every standing anew from the entries.
CREATE OR REPLACE FUNCTION records_stand_anew() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp SET jit = off AS $$
BEGIN
    DELETE FROM records_note;
    DELETE FROM records_standing;
    INSERT INTO records_standing (person, content, updated, /*parts*/)
    SELECT person, /*content*/, COALESCE(/*updated*/, '{}'), /*first*/
    FROM (
        SELECT DISTINCT person, /*part*/ AS section, "on" AS day FROM records_entry
        WHERE /*counted*/
    ) AS said
    WHERE /*of_the_form*/
    GROUP BY person;
END
$$;

-- The days on which a record is complete: from birth on, without those on which a part was required
-- and had no entry yet. Empty where who they are is not known.
CREATE OR REPLACE FUNCTION records_complete(sex integer, birth date, ethnicity text, /*declared*/)
RETURNS datemultirange LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN sex IN (1, 2) AND birth IS NOT NULL AND ethnicity <> '' AND NOT (/*none*/)
        THEN datemultirange(daterange(birth, NULL)) /*lacking*/
        ELSE '{}'::datemultirange END
$$;
