-- Moves behind the second wall, and the blind match: see docs/decisions/0013.

-- Who proposes sees what was typed into his own area; the commune left, what it is asked, and for
-- thirty days after its answer that the person went. Neither sees the other's row.
SELECT access_wall('people_move', 'NOT ((SELECT access_outside()) @> -hamlet_id)');
SELECT access_wall('people_release', 'NOT ((SELECT access_outside()) @> 0::bigint)
    OR (NOT ((SELECT access_outside()) @> -hamlet_id)
        AND (answered_on IS NULL OR answered_on > (SELECT (access_scope())[5]::date) - 30))');
-- nobody reads these: people_asked() tells its answer, and acts of the machine count refusals
SELECT access_wall('people_movequestion', '(SELECT access_may(''machine''))');
SELECT access_wall('people_movereview', '(SELECT access_may(''machine''))');

-- Whether a birth date as typed says no less than what is known of somebody, and nothing else. Lists
-- write 1 January when they know the year only.
CREATE FUNCTION people_birth_fits(known date, known_precision text, typed date, typed_precision text)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT extract(year FROM known) = extract(year FROM typed)
       AND (known_precision = 'Y' OR to_char(known, 'MMDD') = '0101'
            OR (typed_precision <> 'Y' AND extract(month FROM known) = extract(month FROM typed)
                AND (known_precision = 'M' OR (typed_precision = 'D' AND known = typed))))
$$;

-- The one whom a number, a birth date and a name mean, all three, and where they count today. Reads
-- as whoever calls: behind the wall it finds nobody whom its caller may not see.
CREATE FUNCTION people_meant(folded text, typed date, typed_precision text, kinds text[],
                             numbers text[], today date)
RETURNS TABLE (person uuid, hamlet bigint) LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp AS $$
    WITH numbered AS (
        SELECT DISTINCT p.root
        FROM unnest(kinds, numbers) AS n (kind, value)
        JOIN people_identifier i ON i.value = n.value AND i.kind = n.kind
        JOIN people_person p ON p.id = i.person_id
    ), alike AS (
        SELECT n.root FROM numbered n
        WHERE EXISTS (SELECT FROM people_person p WHERE p.root = n.root AND p.name_folded = folded
                      AND people_birth_fits(p.birth_on, p.birth_precision, typed, typed_precision))
        AND NOT EXISTS (SELECT FROM people_person p
                        WHERE p.root = n.root AND p.died_on IS NOT NULL)
    )
    SELECT a.root, home.hamlet_id
    FROM alike a LEFT JOIN LATERAL (
        SELECT r.hamlet_id, r.since FROM people_residence r JOIN people_person p ON p.id = r.person_id
        WHERE p.root = a.root AND r.since <= today AND (r.until IS NULL OR r.until > today)
        ORDER BY strpos('CTP', r.kind), r.since DESC, r.id LIMIT 1
    ) home ON true
    ORDER BY home.since DESC NULLS LAST, a.root LIMIT 1
$$;

-- The blind match: note the question of whoever asks, with its answer, and write down whom it would
-- have shown. Returns the number of the question, NULL after thirty on one day. It tells nothing by
-- itself, so that a question taken back is a question that was not answered.
CREATE FUNCTION people_ask(typed_name text, folded text, typed date, typed_precision text,
                           typed_number text, kinds text[], numbers text[]) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text[] := access_scope();
    asker bigint := words[3]::bigint;
    today date := words[5]::date;
    outside int8multirange := access_outside();
    meant uuid;
    question bigint;
BEGIN
    IF NOT access_may('move') THEN
        RAISE insufficient_privilege USING MESSAGE = 'who proposes no moves asks no questions';
    END IF;
    PERFORM pg_advisory_xact_lock(7310003, asker::integer);  -- questions of one user, one at a time
    IF (SELECT count(*) FROM people_movequestion q
        WHERE q.actor_id = asker AND q.asked_on = today) >= 30 THEN
        RETURN NULL;
    END IF;
    SELECT m.person INTO meant
    FROM people_meant(folded, typed, typed_precision, kinds, numbers, today) m
    WHERE outside @> COALESCE(-m.hamlet, 0);
    INSERT INTO people_movequestion (actor_id, asked_on, transaction, name, birth_on,
                                     birth_precision, number, known)
    VALUES (asker, today, pg_current_xact_id()::text::bigint, typed_name, typed, typed_precision,
            typed_number, meant IS NOT NULL)
    RETURNING id INTO question;
    PERFORM access_write_look(
        asker, 'match', 'move', left(COALESCE(string_agg(p.role || '#' || p.id, ', ' ORDER BY p.id), ''), 200),
        CASE WHEN meant IS NULL THEN '{}'::uuid[] ELSE ARRAY[meant] END, false, 'area', 'register',
        'people:new-move')
    FROM access_post p WHERE p.id = ANY(string_to_array(words[4], ',')::bigint[]);
    RETURN question;
END
$$;

-- What was asked and what the answer is: to who asked, the same day, and in a later transaction than
-- that of the question, for then it is counted and written down for good.
CREATE FUNCTION people_asked(question bigint)
RETURNS TABLE (name text, birth_on date, birth_precision text, number text, known boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT q.name, q.birth_on, q.birth_precision, q.number, q.known FROM people_movequestion q
    WHERE q.id = question AND q.actor_id = access_user_asking()
      AND q.asked_on = (access_scope())[5]::date
      AND q.transaction IS DISTINCT FROM pg_current_xact_id_if_assigned()::text::bigint
$$;
