-- The blind match: note the question of whoever asks, with its answer, and write down whom it would
-- have shown. Returns the number of the question, NULL after thirty on one day. It tells nothing by
-- itself, so that a question taken back is a question that was not answered. One question is of one number, which
-- has at most five shapes (rules/moves.py): of as many as somebody likes, twenty questions told any number of whom
-- the asker has the name and the birth date.
CREATE OR REPLACE FUNCTION people_ask(typed_name text, folded text, typed date, typed_precision text,
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
    IF cardinality(numbers) > 5 THEN
        RAISE insufficient_privilege USING MESSAGE = 'one question is of one number';
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
