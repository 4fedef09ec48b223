-- The log of looks, a table for each month (protection.md I13, I14; docs/decisions/0011): written by
-- one function, which verifies the scope once; read behind the wall; removed by whole months alone.

ALTER TABLE access_look RENAME TO access_look_before;
ALTER TABLE access_look_before RENAME CONSTRAINT access_look_pkey TO access_look_before_pkey;
ALTER SEQUENCE access_look_id_seq RENAME TO access_look_before_id_seq;
DROP INDEX look_by_actor, look_at_person;
CREATE SEQUENCE access_look_id_seq;

CREATE TABLE access_look (
    id bigint NOT NULL DEFAULT nextval('access_look_id_seq'),
    actor_id bigint NOT NULL,  -- no key: it would lock the account's row at each look
    at timestamptz NOT NULL,
    act varchar(20) NOT NULL,
    "right" varchar(20) NOT NULL,
    posts varchar(200) NOT NULL,
    people uuid[] NOT NULL,
    refused boolean NOT NULL,
    basis varchar(12) NOT NULL
        CHECK (basis IN ('area', 'care', 'self', 'guardian', 'break-glass', 'audit')),
    tier varchar(12) NOT NULL CHECK (
            tier IN ('register', 'emergency', 'preventive', 'routine', 'sensitive', 'log')),
    purpose varchar(60) NOT NULL,
    PRIMARY KEY (id, at)
) PARTITION BY RANGE (at);
ALTER SEQUENCE access_look_id_seq OWNED BY access_look.id;
CREATE INDEX look_by_actor ON access_look (actor_id, at);
CREATE INDEX look_at_person ON access_look USING gin (people);

-- A line of a blind match or of a proposal names somebody whom its own writer must not know.
SELECT access_wall('access_look',
    '(actor_id = (SELECT access_user_asking()) AND act NOT IN (''match'', ''propose''))
    OR (SELECT access_may(''looks'')) OR (SELECT access_may(''machine''))', 'false');
CREATE TRIGGER access_look_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON access_look
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();

-- The month of a moment, where this installation is: Vietnam keeps one time all the year.
CREATE FUNCTION access_month_of(moment timestamptz) RETURNS date
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT date_trunc('month', moment AT TIME ZONE 'UTC' + interval '7 hours')::date
$$;

CREATE FUNCTION access_month_begins(month date) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (month - interval '7 hours') AT TIME ZONE 'UTC'
$$;

-- Make the table of a month. Nobody asks it by its own name: no role holds a right to it, and no
-- policy of its own shows a row. Attached and not made in place, so that no reader is waited for.
CREATE FUNCTION access_make_month(month date) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    made text := 'access_look_' || to_char(month, 'YYYY_MM');
    other record;
BEGIN
    IF to_regclass('public.' || made) IS NOT NULL THEN
        RETURN;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtext('access_make_month'));
    IF to_regclass('public.' || made) IS NOT NULL THEN
        RETURN;
    END IF;
    EXECUTE format('CREATE TABLE public.%I (LIKE public.access_look INCLUDING DEFAULTS'
                   ' INCLUDING CONSTRAINTS INCLUDING INDEXES)', made);
    EXECUTE format('ALTER TABLE public.%I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', made);
    FOR other IN SELECT DISTINCT grantee FROM information_schema.role_table_grants
                 WHERE table_schema = 'public' AND table_name = made AND grantee <> current_user LOOP
        EXECUTE format('REVOKE ALL ON public.%I FROM %I', made, other.grantee);
    END LOOP;
    EXECUTE format('CREATE TRIGGER access_look_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I'
                   ' FOR EACH STATEMENT EXECUTE FUNCTION public.access_append_only()', made);
    EXECUTE format('ALTER TABLE public.access_look ATTACH PARTITION public.%I FOR VALUES FROM (%L) TO (%L)',
                   made, public.access_month_begins(month),
                   public.access_month_begins((month + interval '1 month')::date));
END
$$;
DO $$ BEGIN
    EXECUTE format('REVOKE EXECUTE ON FUNCTION access_make_month FROM PUBLIC, %I', access_role(false));
END $$;

-- The months that come are made ahead, at each start and every ten minutes of a server.
CREATE FUNCTION access_make_months() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    FOR ahead IN 0..3 LOOP
        PERFORM public.access_make_month((public.access_month_of(now()) + make_interval(months => ahead))::date);
    END LOOP;
END
$$;

-- Whether a command or a worker asks, before whom there is no wall: signed in as the machine or the
-- owner, and not stepped behind the wall. By name, so that a role nobody foresaw is not one.
DO $do$ BEGIN
    EXECUTE format($made$
        CREATE FUNCTION access_is_machine() RETURNS boolean
        LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
            SELECT COALESCE(session_user = current_user OR session_user = %L, false)
                   AND current_setting('role') IN ('none', session_user::text)
        $$ $made$, access_role(true));
END $do$;

-- Write a look of whoever the scope is of; without a scope that of `actor`, by commands and workers
-- and never by the server's role. The month is made here should nobody have made it ahead.
CREATE FUNCTION access_write_look(actor bigint, act text, its_right text, posts text, people uuid[],
                                  refused boolean, basis text, tier text, purpose text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asking bigint := (public.access_scope())[3];
BEGIN
    IF asking IS NULL AND public.access_is_machine() THEN
        asking := actor;
    END IF;
    IF asking IS DISTINCT FROM actor OR actor IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'a look is written by whoever looks';
    END IF;
    IF to_regclass(to_char(now() AT TIME ZONE 'UTC' + interval '7 hours', '"public.access_look_"YYYY_MM'))
       IS NULL THEN
        PERFORM public.access_make_month(public.access_month_of(now()));
    END IF;
    INSERT INTO public.access_look
        (actor_id, at, act, "right", posts, people, refused, basis, tier, purpose)
    VALUES (asking, now(), act, its_right, posts, people, refused, basis, tier, purpose);
END
$$;

-- The looks at somebody, by any of their keys, for whoever may read the log: `@>` on an array tells
-- what it finds, so that behind the wall its index would not be used.
CREATE FUNCTION access_looks_at(keys uuid[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF public.access_may('looks') OR public.access_is_machine() THEN
        RETURN QUERY SELECT l.id FROM public.access_look l WHERE l.people && keys;
    END IF;
END
$$;

-- What there was before, by months.
SELECT access_make_months();
SELECT access_make_month(month) FROM (SELECT DISTINCT access_month_of(at) AS month FROM access_look_before) m;
INSERT INTO access_look SELECT id, actor_id, at, act, "right", posts, people, refused, 'area', 'register', ''
    FROM access_look_before ORDER BY id;
SELECT setval('access_look_id_seq', GREATEST(1, (SELECT max(id) FROM access_look)),
              EXISTS (SELECT FROM access_look));
DROP TABLE access_look_before;
