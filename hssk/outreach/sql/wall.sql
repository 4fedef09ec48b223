-- Copies of lists and slips (docs/decisions/0022): those who hand them out in the area read them, and the
-- holder of one until it ends, comes back or is lost.
SELECT access_wall('outreach_copy', $$
    ((SELECT access_may('lists')) AND NOT ((SELECT access_outside()) @> -hamlet_id))
    OR (holder_user_id = (SELECT access_user_asking()) AND closed_at IS NULL
        AND until > (now() AT TIME ZONE 'UTC' + interval '7 hours')::date
        AND EXISTS (SELECT FROM access_post p WHERE p.user_id = holder_user_id
            AND (p.hamlet_id IS NULL OR p.hamlet_id = outreach_copy.hamlet_id)
            AND p.since <= (now() AT TIME ZONE 'UTC' + interval '7 hours')::date
            AND (p.until IS NULL OR p.until > (now() AT TIME ZONE 'UTC' + interval '7 hours')::date)))
    OR (SELECT access_may('machine'))$$);
SELECT access_wall('outreach_listedperson',
    'EXISTS (SELECT FROM outreach_copy c WHERE c.id = copy_id)');
SELECT access_wall('outreach_invitation',
    '(SELECT access_may(''lists'')) AND NOT ((SELECT access_outside()) @> -hamlet_id)
    OR (SELECT access_may(''machine''))');
SELECT access_wall('outreach_slip',
    'EXISTS (SELECT FROM outreach_invitation i WHERE i.id = invitation_id)');
