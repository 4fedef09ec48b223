-- Each by the right that it asks for, where that is held: docs/decisions/0043.
ALTER POLICY seen ON outreach_copy USING (
    NOT ((SELECT access_beyond('lists')) @> -hamlet_id)
    OR (holder_user_id = (SELECT access_user_asking()) AND closed_at IS NULL
        AND until > (now() AT TIME ZONE 'UTC' + interval '7 hours')::date
        AND NOT ((SELECT access_beyond('held')) @> -hamlet_id))
    OR (SELECT access_may('machine')));
ALTER POLICY seen ON outreach_invitation USING (
    NOT ((SELECT access_beyond('lists')) @> -hamlet_id) OR (SELECT access_may('machine')));
ALTER POLICY seen ON outreach_card USING (
    (SELECT access_may('machine'))
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person
               AND (NOT ((SELECT access_beyond('lists')) @> p.places)
                    OR (SELECT people_care_units()) <> '{}'
                       AND (SELECT true FROM people_by_basis b WHERE b.root = p.root LIMIT 1))));
ALTER POLICY seen ON outreach_bookline USING (
    NOT ((SELECT access_beyond('move')) @> -hamlet_id) OR (SELECT access_may('machine')));
ALTER POLICY seen ON outreach_ticket USING (
    NOT ((SELECT access_beyond('move')) @> -hamlet_id) OR (SELECT access_may('machine')));
ALTER POLICY seen ON outreach_bookrow USING (
    (SELECT access_may('machine')) OR EXISTS (
        SELECT FROM outreach_bookfile f JOIN outreach_session s ON s.id = f.session_id
        WHERE f.id = file_id AND NOT ((SELECT access_beyond('move')) @> s.unit_id)));

-- Exact numbers of visits, of hamlets whose rows the asker sees.
DO $$ BEGIN
    EXECUTE replace(pg_get_functiondef('outreach_visits(date, date, bigint[])'::regprocedure),
                    '(SELECT public.access_outside())', '(SELECT public.access_beyond(''rows''))');
END $$;
