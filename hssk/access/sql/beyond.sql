-- What lies beyond the area in which one right is held: docs/decisions/0043.
--
-- A scope says what is outside all posts of the asker. Whoever holds posts in two places has rights in
-- one that the other does not give: an eighth word says, for each right that a wall asks for by itself,
-- what is outside the posts that have it:  right=ranges;right=;...  , with nothing where that is what is
-- outside all of them.
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('access_scope()'::regprocedure),
                    'cardinality(words) <> 7', 'cardinality(words) <> 8');
END $$;

-- NULL without a true scope, without the right, and for a right that is not told apart: so that
-- NOT (it @> place) shows nothing then.
CREATE FUNCTION access_beyond(asked text) RETURNS int8multirange
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text[] := public.access_scope();
    told text := substring(words[8] FROM '(?:^|;)' || asked || '=([^;]*)');
BEGIN
    RETURN COALESCE(NULLIF(told, ''), CASE WHEN told = '' THEN words[6] END)::int8multirange;
END
$$;
