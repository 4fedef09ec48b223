-- The unit of a session opens the rows of the books that came home to it (daybooks.sql): it never changes.
SELECT access_guard('outreach_session', 'TRUNCATE', '+', 'id', 'unit_id');
SELECT access_guard('outreach_bookfile', 'DELETE OR TRUNCATE', '+', 'id', 'session_id', 'actor_id');
