-- Whether care opens somebody to the asker, asked by policies of each row that nothing else shows:
-- docs/decisions/0012. Functions and not a question within the policy, which the planner would plan
-- again for each table of each statement, at half the price of the whole wall.

-- A word of the owner's for this statement of this connection. Who may not read the key may not seal.
CREATE FUNCTION people_care_seal(units text) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT encode(sha256(k.outer_pad || sha256(k.inner_pad || convert_to(concat_ws('|', 'care', pg_backend_pid(),
        (extract(epoch FROM statement_timestamp()) * 1000000)::bigint, units), 'UTF8'))), 'hex')
    FROM public.access_key k
$$;

-- The units whose care is the asker's, sealed, so that the rows of a statement need not look up anew
-- by which posts: {units, seal}; NULL for none.
CREATE FUNCTION people_care() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    units text := public.people_care_units();
BEGIN
    RETURN CASE WHEN units <> '{}' THEN ARRAY[units, public.people_care_seal(units)] END;
END
$$;

-- Whether a root is in that care now: of those whom `people_by_basis` tells, this one.
CREATE FUNCTION people_in_care(asked uuid, care text[]) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF care[2] IS DISTINCT FROM public.people_care_seal(care[1]) THEN
        RETURN false;
    END IF;
    RETURN EXISTS (
        SELECT FROM public.people_person p JOIN public.people_basis b ON b.person = p.id
        WHERE p.root = asked AND b.kind = 'care' AND b.unit_id = ANY(care[1]::bigint[])
        AND b.since <= statement_timestamp() AND (b.until IS NULL OR b.until > statement_timestamp()));
END
$$;

ALTER POLICY seen ON people_person USING (
    NOT ((SELECT access_outside()) @> places)
    OR (SELECT people_care()) IS NOT NULL AND people_in_care(root, (SELECT people_care()))
    OR (SELECT people_facilities()) <> '{}' AND people_registered_at(root) IS NOT NULL);
ALTER POLICY seen ON people_membership USING (
    (SELECT access_may('machine'))
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person
               AND (NOT ((SELECT access_beyond('lists')) @> p.places)
                    OR (SELECT people_care()) IS NOT NULL AND people_in_care(p.root, (SELECT people_care())))));
