-- Who counts whom again, when, and in what order the locks are taken.

-- 72150: everybody shares it, a large recount has it alone; 72151: one lock per hash of a person;
-- 72152: the right to fold, never waited for.
CREATE FUNCTION coverage_refresh(people uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    newest bigint;
BEGIN
    IF current_setting('transaction_isolation') = 'repeatable read' THEN
        RAISE EXCEPTION 'the ledger is kept in READ COMMITTED transactions: another one''s facts '
                        'would be missed';
    END IF;
    IF cardinality(people) <= 100 THEN
        PERFORM pg_advisory_xact_lock_shared(72150);
        PERFORM pg_advisory_xact_lock(72151, bucket)
        FROM (SELECT DISTINCT uuid_hash(p) & 1023 AS bucket FROM unnest(people) AS p ORDER BY 1) AS b;
        newest := coverage_recount_few(people);
        IF newest % 2048 < 8 AND pg_try_advisory_xact_lock(72152) THEN
            PERFORM coverage_fold();
        END IF;
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(72150);
    IF pg_try_advisory_xact_lock(72152) THEN
        PERFORM coverage_recount_many(people);
        PERFORM coverage_fold();
    ELSE
        PERFORM coverage_recount_many_aside(people);
    END IF;
END
$$;

-- The people given have changed: count them again now, or before the transaction ends if it said
-- SET LOCAL hssk.defer_coverage = on.
CREATE FUNCTION coverage_touch(people uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    roots uuid[];
BEGIN
    IF people IS NULL THEN
        RETURN;
    END IF;
    SELECT array_agg(DISTINCT COALESCE(p.root, c.id)) INTO roots
    FROM unnest(people) AS c (id) LEFT JOIN people_person p ON p.id = c.id;
    IF current_setting('hssk.defer_coverage', true) = 'on' THEN
        INSERT INTO coverage_due (roots) VALUES (roots);
    ELSE
        PERFORM coverage_refresh(roots);
    END IF;
END
$$;

-- Count whoever is due in this transaction. Called by itself at commit; call it to see the figures
-- before that.
CREATE FUNCTION coverage_settle() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    people uuid[];
BEGIN
    WITH due AS (DELETE FROM coverage_due RETURNING roots)
    SELECT array_agg(DISTINCT root) INTO people FROM due, unnest(due.roots) AS root;
    IF people IS NOT NULL THEN
        PERFORM coverage_refresh(people);
    END IF;
END
$$;

CREATE FUNCTION coverage_settle_at_commit() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM coverage_due) THEN
        PERFORM coverage_settle();
    END IF;
    RETURN NULL;
END
$$;

-- Forget the ledger and make it anew from the facts. Whoever writes facts waits meanwhile.
CREATE FUNCTION coverage_rebuild() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(72150);
    PERFORM pg_advisory_xact_lock(72152);
    DELETE FROM coverage_row;
    DELETE FROM coverage_nobody;
    DELETE FROM coverage_pending;
    DELETE FROM coverage_taken;
    DELETE FROM coverage_day;
    DELETE FROM coverage_month;
    DELETE FROM coverage_fresh;
    DELETE FROM coverage_due;
    INSERT INTO coverage_taken (place, day, /*counts*/, fresh)
    SELECT hamlet_id, e.day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, sum(e.way), 0, 0, 0, 0, 0, 0
    FROM people_listing CROSS JOIN LATERAL (VALUES (since, 1), (until, -1)) AS e (day, way)
    WHERE e.day IS NOT NULL AND since < COALESCE(until, '9999-12-31')
    GROUP BY hamlet_id, e.day;
    PERFORM coverage_recount_many((
        SELECT array_agg(DISTINCT p.root) FROM people_person p
        WHERE EXISTS (SELECT FROM people_residence f WHERE f.person_id = p.id)
           OR EXISTS (SELECT FROM people_holding f WHERE f.person_id = p.id)));
    PERFORM coverage_fold();
END
$$;
