-- A case is confirmed once, or refused by the second officer, who says why; and closed once.
CREATE OR REPLACE FUNCTION people_cases_stay() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    open text[] := '{confirmed_by_id,confirmed_at,closed_by_id,closed_at,refused_why}';
BEGIN
    IF TG_OP <> 'UPDATE' OR to_jsonb(OLD) - open <> to_jsonb(NEW) - open
       OR EXISTS (SELECT FROM unnest(open) AS word WHERE to_jsonb(OLD) ->> word <> COALESCE(to_jsonb(NEW) ->> word, '')) THEN
        RAISE insufficient_privilege USING MESSAGE = TG_TABLE_NAME || ' is confirmed and closed, never changed';
    END IF;
    RETURN NEW;
END
$$;
