-- The ledger by name behind the second wall: docs/decisions/0010. Counts of places are of nobody.

-- Residents of the scope's hamlets, and those elsewhere of whom its lists or records speak.
SELECT access_wall('coverage_row', 'NOT ((SELECT access_outside()) @> -hamlet_id)
    OR (units IS NOT NULL AND NOT ((SELECT access_outside()) @> ALL (units)))
    OR (lost IS NOT NULL AND NOT ((SELECT access_outside()) @> ALL (lost)))
    OR (listed_in IS NOT NULL AND NOT ((SELECT access_outside()) @> ALL (listed_in)))');
-- Those that no list and no record of a place speaks of are nobody's but of a scope of everything.
SELECT access_wall('coverage_nobody', 'NOT ((SELECT access_outside()) @> 0::bigint)
    OR (units IS NOT NULL AND NOT ((SELECT access_outside()) @> ALL (units)))
    OR (lost IS NOT NULL AND NOT ((SELECT access_outside()) @> ALL (lost)))
    OR (listed_in IS NOT NULL AND NOT ((SELECT access_outside()) @> ALL (listed_in)))');
SELECT access_wall('coverage_due', '(SELECT access_may(''machine''))');

-- How many people wait to be counted: what everybody who reads asks first.
CREATE FUNCTION coverage_waiting() RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT sum(cardinality(people)) FROM public.coverage_due
$$;

-- Counting reads all that is said of somebody, whoever asked for it.
ALTER FUNCTION coverage_settle() SECURITY DEFINER;
ALTER FUNCTION coverage_share_out(integer) SECURITY DEFINER;
ALTER FUNCTION coverage_settle_share(bigint) SECURITY DEFINER;
ALTER FUNCTION coverage_fold_shares() SECURITY DEFINER;
ALTER FUNCTION coverage_rebuild() SECURITY DEFINER;

-- Commands alone make the ledger anew.
REVOKE EXECUTE ON FUNCTION coverage_rebuild() FROM PUBLIC;
DO $$ BEGIN EXECUTE format('REVOKE EXECUTE ON FUNCTION coverage_rebuild() FROM %I', access_role(false)); END $$;
