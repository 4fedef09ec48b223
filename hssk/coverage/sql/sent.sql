-- Reports that were sent are figures that anybody with figures may read, but for those that tell small
-- numbers as they are: these are for whoever sees rows where they speak of. Whoever sends one says so.
ALTER TABLE coverage_sentreport DISABLE TRIGGER coverage_sentreport_stays;
UPDATE coverage_sentreport SET exact = true WHERE kind = 'visits';
ALTER TABLE coverage_sentreport ENABLE TRIGGER coverage_sentreport_stays;
SELECT access_wall('coverage_sentreport',
    '(NOT exact AND ((SELECT access_may(''figures'')) OR (SELECT access_may(''rows''))))
    OR ((SELECT access_may(''rows'')) AND NOT ((SELECT access_outside()) @> unit_id))
    OR (SELECT access_may(''machine''))',
    '(SELECT access_may(''machine'')) OR (sent_by_id = (SELECT access_user_asking())
        AND (NOT exact OR (SELECT access_may(''rows''))))');
