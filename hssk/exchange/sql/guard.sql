-- Whose a file is opens its rows (wall.sql, postings.sql, members.sql), and by which posts it was delivered
-- says whom it may reach: acts alone say either. How far it has come, anybody who may have it done.
SELECT access_guard('exchange_batch', 'INSERT OR DELETE OR TRUNCATE', '+', 'id', 'unit_id', 'area', 'digest',
                    'on', 'partial', 'taken_from_id', 'actor_id');
SELECT access_guard('exchange_postfile', 'DELETE OR TRUNCATE', '+', 'id', 'actor_id');
SELECT access_guard('exchange_memberfile', 'DELETE OR TRUNCATE', '+', 'id', 'organisation_id', 'actor_id');
