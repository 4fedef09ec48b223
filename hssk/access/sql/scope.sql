-- Who asks, as the policies of all rooms know it: see docs/decisions/0010.
--
-- hssk.scope is  signature|stamp|user|posts|day|outside|rights|beyond , signed with the key of the home:
--   stamp    t.PID.MICROSECONDS: the transaction of that connection that began then
--   posts    their keys, by commas; none for an act of the machine
--   outside  every place that is not theirs, as ranges of one line of numbers: a unit stands at its
--            key, a hamlet at its key below zero, and 0 is what nobody reaches but by a scope of
--            everything, outside which there is nothing
--   rights   those of the posts, by commas; "machine" for the machine, which alone writes facts
--   beyond   what is outside the posts that have one right: see beyond.sql

CREATE TABLE access_key (one boolean PRIMARY KEY DEFAULT true CHECK (one), inner_pad bytea NOT NULL,
                         outer_pad bytea NOT NULL);
REVOKE ALL ON access_key FROM PUBLIC;

-- The words of a scope that is true here and now: signed, of this transaction, of an
-- account that is awake, by posts that are all in force. NULL for any other. The owner's functions
-- alone read the key. One statement, for it is asked for each table of each statement.
CREATE FUNCTION access_scope() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told text := current_setting('hssk.scope', true);
    words text[] := string_to_array(told, '|');
    posts bigint[];
    holds boolean;
BEGIN
    IF words IS NULL OR cardinality(words) <> 7 THEN
        RETURN NULL;
    END IF;
    SELECT words[1] = encode(sha256(k.outer_pad || sha256(
        k.inner_pad || convert_to(substr(told, 66), 'UTF8'))), 'hex')
    INTO holds FROM public.access_key k;
    IF holds IS NOT TRUE
       OR words[2] <> 't.' || pg_backend_pid() || '.' || (extract(epoch FROM now()) * 1000000)::bigint THEN
        RETURN NULL;
    END IF;
    posts := string_to_array(words[4], ',')::bigint[];
    SELECT u.is_active AND cardinality(posts) = (
        SELECT count(*) FROM public.access_post p
        WHERE p.id = ANY(posts) AND p.user_id = u.id AND p.since <= words[5]::date
          AND (p.until IS NULL OR p.until > words[5]::date))
    INTO holds FROM public.access_user u WHERE u.id = words[3]::bigint;
    IF holds IS NOT TRUE THEN
        RETURN NULL;
    END IF;
    RETURN words;
END
$$;

-- What lies outside a true scope; NULL without one, so that NOT (it @> place) shows nothing then. The
-- planner takes an operator it knows nothing of for rare, and so the wall, asked this way round, for
-- open: which it nearly is, for the pages ask for what is the asker's in the first place.
CREATE FUNCTION access_outside() RETURNS int8multirange
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (public.access_scope())[6]::int8multirange;
END
$$;

-- Whether a right is held somewhere.
CREATE FUNCTION access_may(asked text) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN COALESCE(asked = ANY(string_to_array((public.access_scope())[7], ',')), false);
END
$$;

CREATE FUNCTION access_user_asking() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN (public.access_scope())[3]::bigint;
END
$$;

-- The roles that the default privileges of the owner give the tables to: that of the server, and that
-- of commands and workers, which a hosted server may lack (commands are the owner's there).
CREATE FUNCTION access_role(is_machine boolean) RETURNS name
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT grantee::name FROM information_schema.role_table_grants
    WHERE table_name = 'access_user' AND privilege_type = 'INSERT' AND grantee <> current_user
    AND (grantee LIKE '%\_machine') = is_machine LIMIT 1
$$;

-- Put a table of people behind the second wall: `seen` says which rows a scope shows the server;
-- facts are written by acts of the machine, and by commands and workers, before whom there is no
-- wall. The functions and judges of the owner read and keep everything.
CREATE FUNCTION access_wall(guarded regclass, seen text,
                            added text DEFAULT '(SELECT access_may(''machine''))') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    app name := access_role(false);
    machine name := access_role(true);
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owners ON %s TO CURRENT_USER USING (true) WITH CHECK (true)', guarded);
    IF machine IS NOT NULL THEN
        EXECUTE format('CREATE POLICY machines ON %s TO %I USING (true) WITH CHECK (true)', guarded, machine);
    END IF;
    EXECUTE format('CREATE POLICY seen ON %s FOR SELECT TO %I USING (%s)',
                   guarded, app, seen);
    EXECUTE format('CREATE POLICY added ON %s FOR INSERT TO %I WITH CHECK (%s)', guarded, app, added);
    EXECUTE format('CREATE POLICY changed ON %s FOR UPDATE TO %I USING ((SELECT access_may(''machine'')))', guarded, app);
    EXECUTE format('CREATE POLICY removed ON %s FOR DELETE TO %I USING ((SELECT access_may(''machine'')))', guarded, app);
END
$$;

-- The log of looks: whoever looks writes their own line; who may read the log reads it. A line of
-- a blind match or of a proposal names somebody whom its own writer must not know.
SELECT access_wall('access_look',
    '(actor_id = (SELECT access_user_asking()) AND act NOT IN (''match'', ''propose''))
    OR (SELECT access_may(''looks'')) OR (SELECT access_may(''machine''))',
    'actor_id = (SELECT access_user_asking())');
DO $$ BEGIN
    EXECUTE format('REVOKE ALL ON access_key FROM %I', access_role(false));
    IF access_role(true) IS NOT NULL THEN
        EXECUTE format('REVOKE ALL ON access_key FROM %I', access_role(true));
    END IF;
END $$;
