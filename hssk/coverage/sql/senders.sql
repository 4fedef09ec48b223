-- A report is sent by whoever sends reports, of where they do (those who do see rows there): the next one is
-- compared with it, and everybody with figures reads it.
ALTER POLICY added ON coverage_sentreport WITH CHECK (
    (SELECT access_may('machine'))
    OR (sent_by_id = (SELECT access_user_asking()) AND (SELECT access_may('reports'))
        AND NOT ((SELECT access_beyond('rows')) @> unit_id)));
