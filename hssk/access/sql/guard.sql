-- What decides who may see whom, and who somebody is, is changed by acts of the machine alone: in a scope
-- that the program signed for one act (docs/decisions/0039), or by commands and workers. The scope of a
-- request names posts by their keys, and the next one is worked out from these tables: whoever could write
-- a post by raw SQL would be given a wider scope by the program itself.
--
-- Triggers, and not rights taken away: a grant of anybody's, an older home and a restore leave them as
-- they are, and commands and the server write by the same words.

CREATE FUNCTION access_refuse_by_hand(guarded name) RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT (public.access_is_machine() OR public.access_may('machine')) THEN
        RAISE insufficient_privilege USING MESSAGE = guarded || ' is changed by acts of the machine alone';
    END IF;
END
$$;

-- For tables that are closed as a whole.
CREATE FUNCTION access_guarded() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.access_refuse_by_hand(TG_TABLE_NAME);
    RETURN NULL;
END
$$;

-- For tables of which some columns alone decide: `-`, then the columns that anybody may change; or `+`, then
-- those that nobody may.
CREATE FUNCTION access_guarded_columns() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    named text[] := TG_ARGV;
BEGIN
    IF (CASE TG_ARGV[0]
        WHEN '-' THEN to_jsonb(OLD) - named IS DISTINCT FROM to_jsonb(NEW) - named
        ELSE EXISTS (SELECT FROM unnest(named) AS n (name)
                     WHERE to_jsonb(OLD) -> n.name IS DISTINCT FROM to_jsonb(NEW) -> n.name) END) THEN
        PERFORM public.access_refuse_by_hand(TG_TABLE_NAME);
    END IF;
    RETURN NEW;
END
$$;

-- Guard a table. `named` as access_guarded_columns has it, or nothing for the whole; `acts` is what else is
-- refused than changes.
CREATE FUNCTION access_guard(guarded regclass, acts text DEFAULT 'INSERT OR UPDATE OR DELETE OR TRUNCATE',
                             VARIADIC named text[] DEFAULT '{}') RETURNS void
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TRIGGER access_guard BEFORE %s ON %s FOR EACH STATEMENT'
                   ' EXECUTE FUNCTION access_guarded()', acts, guarded);
    IF named <> '{}' THEN
        EXECUTE format('CREATE TRIGGER access_guard_columns BEFORE UPDATE ON %s FOR EACH ROW'
                       ' EXECUTE FUNCTION access_guarded_columns(%s)', guarded,
                       (SELECT string_agg(quote_literal(name), ', ') FROM unnest(named) AS name));
    END IF;
END
$$;

-- Who somebody is, and what for. That somebody has come in is noted by the sign-in itself, before there is
-- any scope; a link to a provider of identity is used so too.
SELECT access_guard('access_post');
SELECT access_guard('access_user', 'INSERT OR DELETE OR TRUNCATE', '-', 'last_login');
SELECT access_guard('access_sender');
SELECT access_guard('access_sendertoken');
SELECT access_guard('socialaccount_socialaccount', 'INSERT OR DELETE OR TRUNCATE',
                    '-', 'extra_data', 'last_login');
-- Where places lie: areas, care and first contact are worked out from them.
SELECT access_guard('places_unit');
SELECT access_guard('places_unitsuccession');
SELECT access_guard('places_hamlet');
SELECT access_guard('places_facility');
SELECT access_guard('places_organisation');
-- the mark by which areas are kept for a while: left by triggers of the owner, for whoever changes a place
DO $$ BEGIN
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON places_touched FROM %I', access_role(false));
END $$;

-- Sessions are kept under digests from now on, and what counts failures as text: what there was goes, and
-- everybody signs in once more.
DELETE FROM access_sitting;
DELETE FROM django_session;
DELETE FROM access_cache;
