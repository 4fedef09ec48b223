-- A number of the queue says who came: read where they lived then, by whom people may be written down there, and
-- written by the machine, as which the pages of a session read its whole queue (docs/decisions/0032).
SELECT access_wall('outreach_ticket',
    '(SELECT access_may(''move'')) AND NOT ((SELECT access_outside()) @> -hamlet_id)
    OR (SELECT access_may(''machine''))');
