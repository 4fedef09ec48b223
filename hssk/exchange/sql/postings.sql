-- Rows of workbooks of posts: who brought the file sees them, and who gives posts in the unit that a
-- row names. Who brings a file adds its rows and what they did; nobody changes or removes one.
SELECT access_wall('exchange_postrow',
    'EXISTS (SELECT FROM exchange_postfile f
             WHERE f.id = file_id AND f.actor_id = (SELECT access_user_asking()))
     OR (SELECT access_may(''posts'')) AND NOT ((SELECT access_outside()) @> COALESCE(unit_id, 0))',
    'EXISTS (SELECT FROM exchange_postfile f
             WHERE f.id = file_id AND f.actor_id = (SELECT access_user_asking()))');
SELECT access_wall('exchange_postdone',
    'EXISTS (SELECT FROM exchange_postrow r WHERE r.id = row_id)',
    'EXISTS (SELECT FROM exchange_postrow r JOIN exchange_postfile f ON f.id = r.file_id
             WHERE r.id = row_id AND f.actor_id = (SELECT access_user_asking()))');
