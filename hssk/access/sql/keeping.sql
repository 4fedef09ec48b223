-- How long looks are kept, and what of them may go: whole months past the rule, all of whose lines
-- are sealed and whose seals a witness has. Source: domain.md §8.2 (TT 33/2025: records 10 years,
-- those of mental health 20; the log of who saw them as long).

CREATE FUNCTION access_keeps_longer() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.years <= GREATEST(10, (SELECT max(years) FROM public.access_retention)) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the years that looks are kept only grow';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER access_retention_grows BEFORE INSERT ON access_retention
    FOR EACH ROW EXECUTE FUNCTION access_keeps_longer();

-- The first day on which the looks of a month may go.
CREATE FUNCTION access_kept_until(month date) RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    years integer := GREATEST(10, (SELECT max(r.years) FROM public.access_retention r));
BEGIN
    IF EXISTS (SELECT FROM public.access_look l WHERE l.tier = 'sensitive'
               AND l.at >= public.access_month_begins(month)
               AND l.at < public.access_month_begins((month + interval '1 month')::date)) THEN
        years := GREATEST(20, years);
    END IF;
    RETURN month + make_interval(months => 1, years => years);
END
$$;

-- Remove the looks of a month. What it refuses, it refuses whoever asks; the lines themselves have
-- been worked out against their seals just before.
CREATE FUNCTION access_purge_month(gone date, actor bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    named text := 'access_look_' || to_char(gone, 'YYYY_MM');
    kept bigint;
    sealed bigint;
    newest integer;
BEGIN
    IF to_regclass('public.' || named) IS NULL THEN
        RAISE no_data_found USING MESSAGE = 'no looks of that month';
    END IF;
    IF public.access_kept_until(gone) > current_date THEN
        RAISE insufficient_privilege USING MESSAGE = 'the looks of that month are still to be kept';
    END IF;
    LOCK TABLE public.access_look IN SHARE MODE;
    SELECT COALESCE(sum(1 + cardinality(people)), 0) INTO kept FROM public.access_look
        WHERE at >= public.access_month_begins(gone)
        AND at < public.access_month_begins((gone + interval '1 month')::date);
    SELECT COALESCE(sum(lines), 0), max(number) INTO sealed, newest
        FROM public.access_checkpoint WHERE month = gone;
    IF kept <> sealed OR newest > (
        SELECT COALESCE(max(w.number), 0) FROM public.access_witnessed w
        JOIN public.access_checkpoint c ON c.number = w.number AND c.chain = w.chain) THEN
        RAISE insufficient_privilege USING MESSAGE = 'the looks of that month are not all sealed and witnessed';
    END IF;
    INSERT INTO public.access_purge (month, lines, actor_id, at) VALUES (gone, kept, actor, now());
    PERFORM public.access_make_months();
    INSERT INTO public.access_look
        (actor_id, at, act, "right", posts, people, refused, basis, tier, purpose)
    VALUES (actor, now(), 'purge', 'looks', '', '{}', false, 'audit', 'register', to_char(gone, 'YYYY-MM'));
    EXECUTE format('ALTER TABLE public.access_look DETACH PARTITION public.%I', named);
    EXECUTE format('DROP TABLE public.%I', named);
END
$$;
-- The seals and what goes with them are written by commands alone: the server's role reads them.
DO $$
DECLARE
    named text;
BEGIN
    FOREACH named IN ARRAY ARRAY['access_retention', 'access_witnessed', 'access_purge'] LOOP
        EXECUTE format('CREATE TRIGGER %I BEFORE UPDATE OR DELETE OR TRUNCATE ON %I'
                       ' FOR EACH STATEMENT EXECUTE FUNCTION access_append_only()', named || '_stays', named);
    END LOOP;
    EXECUTE format('REVOKE EXECUTE ON FUNCTION access_purge_month FROM PUBLIC, %I', access_role(false));
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_look, access_checkpoint,'
                   ' access_retention, access_witnessed, access_purge FROM %I', access_role(false));
    IF access_role(true) IS NOT NULL THEN
        EXECUTE format('GRANT EXECUTE ON FUNCTION access_purge_month TO %I', access_role(true));
    END IF;
END $$;
