-- When people are counted again: whatever changes a fact leaves word in coverage_due, in its own
-- transaction, and whoever reads next counts those people first (services.upkeep.settle). So a
-- change costs one appended row, writers of facts never wait for the ledger or for each other
-- over it, and a crash loses nothing: the word stands or falls with the fact.

CREATE FUNCTION coverage_recount_batches(people uuid[]) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    -- so many at a time as sort and hash in memory
    FOR start IN 1 .. COALESCE(cardinality(people), 0) BY 100000 LOOP
        PERFORM coverage_recount_many(people[start : start + 99999]);
    END LOOP;
END
$$;

CREATE FUNCTION coverage_settle() RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    people uuid[];
    newest bigint;
BEGIN
    IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
        RAISE EXCEPTION 'the ledger is settled in READ COMMITTED transactions only';
    END IF;
    -- one at a time; the next statement sees what the one before has counted
    PERFORM pg_advisory_xact_lock(72150);
    WITH due AS (DELETE FROM coverage_due RETURNING people)
    -- whoever was merged away since is counted too: as nobody
    SELECT array_agg(DISTINCT r.root) INTO people
    FROM due CROSS JOIN LATERAL unnest(due.people) AS c (id)
    LEFT JOIN people_person p ON p.id = c.id
    CROSS JOIN LATERAL (VALUES (c.id), (p.root)) AS r (root) WHERE r.root IS NOT NULL;
    IF people IS NULL THEN
        RETURN 0;
    END IF;
    PERFORM records_settle(people);
    IF cardinality(people) <= 100 THEN
        newest := coverage_recount_few(people);
        IF newest % 2048 < 8 * cardinality(people) THEN
            PERFORM coverage_fold();
        END IF;
    ELSE
        IF cardinality(people) > 5000 THEN
            PERFORM coverage_tell_planner();
        END IF;
        PERFORM coverage_recount_batches(people);
        PERFORM coverage_fold();
    END IF;
    RETURN cardinality(people);
END
$$;

-- A large file is counted in shares, on as many connections: whoever settles then makes as many
-- words as there are to be shares, of people of whom nobody else's word speaks.
CREATE FUNCTION coverage_share_out(shares integer) RETURNS SETOF bigint
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM pg_advisory_xact_lock(72150);
    PERFORM coverage_tell_planner();
    RETURN QUERY
    WITH due AS (DELETE FROM coverage_due RETURNING people
    ), counted AS (
        SELECT DISTINCT r.root
        FROM due CROSS JOIN LATERAL unnest(due.people) AS c (id)
        LEFT JOIN people_person p ON p.id = c.id
        CROSS JOIN LATERAL (VALUES (c.id), (p.root)) AS r (root) WHERE r.root IS NOT NULL
    )
    INSERT INTO coverage_due (people)
    SELECT array_agg(root ORDER BY root) FROM (SELECT root, ntile(shares) OVER (ORDER BY root) AS nth FROM counted) AS c
    GROUP BY nth RETURNING id;
END
$$;

-- Count the people of one word that was shared out; 0 when somebody else has. Shares are counted
-- side by side, and nothing else is meanwhile.
CREATE FUNCTION coverage_settle_share(word bigint) RETURNS integer
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
    shared uuid[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared(72150);
    DELETE FROM coverage_due WHERE id = word RETURNING people INTO shared;
    PERFORM records_settle(shared);
    FOR start IN 1 .. COALESCE(cardinality(shared), 0) BY 100000 LOOP
        PERFORM coverage_recount_share(shared[start : start + 99999]);
    END LOOP;
    RETURN COALESCE(cardinality(shared), 0);
END
$$;

-- Fold what the shares have noted.
CREATE FUNCTION coverage_fold_shares() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(72150);
    PERFORM coverage_fold();
END
$$;

-- Forget the ledger and make it anew from the facts.
CREATE FUNCTION coverage_rebuild() RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(72150);
    DELETE FROM coverage_due;
    PERFORM records_stand_anew();
    DELETE FROM coverage_row;
    DELETE FROM coverage_nobody;
    DELETE FROM coverage_pending;
    DELETE FROM coverage_taken;
    DELETE FROM coverage_day;
    DELETE FROM coverage_month;
    DELETE FROM coverage_dated;
    DELETE FROM coverage_standing;
    DELETE FROM coverage_registering;
    DELETE FROM coverage_registered_day;
    DELETE FROM coverage_registered_month;
    INSERT INTO coverage_taken (place, day, /*counts*/, /*dated*/)
    SELECT hamlet_id, e.day, /*rows_come*/, /*dated_zeros*/
    FROM people_listing CROSS JOIN LATERAL (VALUES (since, 1), (until, -1)) AS e (day, way)
    WHERE e.day IS NOT NULL AND since < COALESCE(until, '9999-12-31')
    GROUP BY hamlet_id, e.day;
    PERFORM coverage_recount_batches((
        SELECT array_agg(DISTINCT p.root) FROM people_person p
        WHERE EXISTS (SELECT FROM people_residence f WHERE f.person_id = p.id)
           OR EXISTS (SELECT FROM people_holding f WHERE f.person_id = p.id)
           OR EXISTS (SELECT FROM people_listing f WHERE f.person_id = p.id)));
    PERFORM coverage_fold();
END
$$;
