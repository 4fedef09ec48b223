-- Exact reports are for whoever sees rows where they speak of: docs/decisions/0043.
ALTER POLICY seen ON coverage_sentreport USING (
    (NOT exact AND ((SELECT access_may('figures')) OR (SELECT access_may('rows'))))
    OR NOT ((SELECT access_beyond('rows')) @> unit_id)
    OR (SELECT access_may('machine')));
