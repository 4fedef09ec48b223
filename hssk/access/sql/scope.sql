-- Who asks, as the policies of all rooms know it: see docs/decisions/0010.
--
-- hssk.scope is  signature|stamp|user|posts|day|hamlets|units|rights , signed with the home's key:
--   stamp    t.PID.MICROSECONDS: the transaction of that connection that began then;
--            c.PID.SECONDS: that connection, until then
--   posts    their keys, by commas; none for the operator of the computer
--   hamlets, units   bits in hexadecimal: the first byte is 01 for all there are and will be, then
--            follows one bit for each key from 0 on
--   rights   those of the posts, by commas; "machine" for the machine, which alone writes facts

CREATE TABLE access_key (one boolean PRIMARY KEY DEFAULT true CHECK (one), inner_pad bytea NOT NULL,
                         outer_pad bytea NOT NULL);
REVOKE ALL ON access_key FROM PUBLIC;

-- The words of a scope that is true here and now; NULL for any other. The functions below are the
-- owner's, so they alone read the key.
CREATE FUNCTION access_scope() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told text := current_setting('hssk.scope', true);
    words text[];
    stamp text[];
    genuine boolean;
BEGIN
    IF told IS NULL OR told = '' THEN
        RETURN NULL;
    END IF;
    words := string_to_array(told, '|');
    SELECT words[1] = encode(sha256(k.outer_pad || sha256(
        k.inner_pad || convert_to(substr(told, length(words[1]) + 2), 'UTF8'))), 'hex')
    INTO genuine FROM public.access_key k;
    IF genuine IS NOT TRUE THEN
        RETURN NULL;
    END IF;
    stamp := string_to_array(words[2], '.');
    IF stamp[2]::int <> pg_backend_pid()
       OR (stamp[1] = 't' AND stamp[3]::bigint <> (extract(epoch FROM now()) * 1000000)::bigint)
       OR (stamp[1] = 'c' AND stamp[3]::bigint < extract(epoch FROM now())) THEN
        RETURN NULL;
    END IF;
    RETURN words;
END
$$;

-- The same, if the account is awake and every post it names is in force; once per statement.
CREATE FUNCTION access_live_scope() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    words text[] := access_scope();
    posts bigint[];
BEGIN
    IF words IS NULL
       OR NOT EXISTS (SELECT FROM public.access_user u WHERE u.id = words[3]::bigint AND u.is_active) THEN
        RETURN NULL;
    END IF;
    posts := string_to_array(words[4], ',')::bigint[];
    IF cardinality(posts) <> (
        SELECT count(*) FROM public.access_post p
        WHERE p.id = ANY(posts) AND p.user_id = words[3]::bigint AND p.since <= words[5]::date
          AND (p.until IS NULL OR p.until > words[5]::date)) THEN
        RETURN NULL;
    END IF;
    RETURN words;
END
$$;

CREATE FUNCTION access_hamlets() RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT decode((public.access_live_scope())[6], 'hex')
$$;

CREATE FUNCTION access_units() RETURNS bytea
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT decode((public.access_live_scope())[7], 'hex')
$$;

-- Whether everything is open: to the machine, and to whoever holds a post for all there is.
CREATE FUNCTION access_all() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT left((public.access_live_scope())[6], 2) IS NOT DISTINCT FROM '01'
$$;

-- Whether a right is held somewhere.
CREATE FUNCTION access_may(asked text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT COALESCE(asked = ANY(string_to_array((public.access_live_scope())[8], ',')), false)
$$;

CREATE FUNCTION access_user_asking() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (public.access_live_scope())[3]::bigint
$$;

-- Whether a key is among the bits; never for NULL, and for all keys where the first byte says so.
CREATE FUNCTION access_has(bits bytea, key bigint) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN get_byte(bits, 0) = 1 THEN true
                WHEN key >= 0 AND key < 8 * (octet_length(bits) - 1) THEN get_bit(bits, key + 8) = 1
                ELSE false END
$$;

CREATE FUNCTION access_has_any(bits bytea, keys anyarray) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE((SELECT bool_or(public.access_has(bits, k::bigint)) FROM unnest(keys) AS k), false)
$$;

-- Put a table of people behind the second wall: `seen` says which rows a scope shows; facts are
-- written by the machine. The functions of the owner keep the ledger and judge, so all is theirs.
CREATE FUNCTION access_wall(guarded regclass, seen text) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', guarded);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', guarded);
    EXECUTE format('CREATE POLICY owners ON %s TO CURRENT_USER USING (true) WITH CHECK (true)', guarded);
    EXECUTE format('CREATE POLICY seen ON %s FOR SELECT USING (%s)', guarded, seen);
    EXECUTE format('CREATE POLICY added ON %s FOR INSERT WITH CHECK ((SELECT access_may(''machine'')))', guarded);
    EXECUTE format('CREATE POLICY changed ON %s FOR UPDATE USING ((SELECT access_may(''machine'')))', guarded);
    EXECUTE format('CREATE POLICY removed ON %s FOR DELETE USING ((SELECT access_may(''machine'')))', guarded);
END
$$;

-- The log of looks: whoever looks writes their own line; who may read the log reads it.
SELECT access_wall('access_look', '(SELECT access_may(''looks'')) OR (SELECT access_may(''machine''))
    OR actor_id = (SELECT access_user_asking())');
CREATE POLICY written ON access_look FOR INSERT WITH CHECK (actor_id = (SELECT access_user_asking()));
