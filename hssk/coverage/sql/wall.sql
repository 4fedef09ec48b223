-- The ledger by name behind the second wall: docs/decisions/0010. Counts of places are of nobody.

-- Residents of the scope's hamlets, and those elsewhere of whom its lists or records speak.
SELECT access_wall('coverage_row', 'access_has((SELECT access_hamlets()), hamlet_id)
    OR (units IS NOT NULL AND access_has_any((SELECT access_units()), units))
    OR (lost IS NOT NULL AND access_has_any((SELECT access_units()), lost))
    OR (listed_in IS NOT NULL AND access_has_any((SELECT access_hamlets()), listed_in))');
SELECT access_wall('coverage_nobody', '(SELECT access_all())
    OR (units IS NOT NULL AND access_has_any((SELECT access_units()), units))
    OR people_seen(person_id)');
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
