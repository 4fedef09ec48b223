-- The half-yearly review of posts. Confirmations are appended, as looks are.
CREATE TRIGGER access_confirmation_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON access_confirmation
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();

-- When each of some users was shown anybody last: for who gives posts, to whom the log is closed.
CREATE FUNCTION access_last_looks(users bigint[]) RETURNS TABLE (actor bigint, at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT u.key, (SELECT max(l.at) FROM public.access_look l
                   WHERE l.actor_id = u.key AND NOT l.refused)
    FROM unnest(users) AS u(key) WHERE public.access_may('posts')
$$;
