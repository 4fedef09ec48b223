-- Whether care opens somebody (a root) to the asker, asked by a policy of each row that nothing else
-- shows: docs/decisions/0012. A function and not a question within the policy, which the planner would
-- plan again for each table of each statement, at half the price of the whole wall.
CREATE FUNCTION people_in_care(asked uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM public.people_by_basis b WHERE b.root = asked);
END
$$;

ALTER POLICY seen ON people_person USING (
    NOT ((SELECT access_outside()) @> places)
    OR (SELECT people_care_units()) <> '{}' AND people_in_care(root)
    OR (SELECT people_facilities()) <> '{}' AND people_registered_at(root) IS NOT NULL);
ALTER POLICY seen ON people_membership USING (
    (SELECT access_may('machine'))
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person
               AND (NOT ((SELECT access_beyond('lists')) @> p.places)
                    OR (SELECT people_care_units()) <> '{}' AND people_in_care(p.root))));
