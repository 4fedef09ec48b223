-- Rows of files and what was decided of them, behind the second wall: docs/decisions/0010.

-- A judge, as people_in_scope: the rows of the files of the scope's units.
CREATE VIEW exchange_rows_in_scope WITH (security_barrier) AS
    SELECT r.id FROM exchange_sourcerow r JOIN exchange_batch b ON b.id = r.batch_id
    WHERE access_has_unit((SELECT access_area()), b.unit_id);

SELECT access_wall('exchange_linkdecision', 'access_is_all((SELECT access_area()))
    OR EXISTS (SELECT FROM exchange_rows_in_scope s WHERE s.id = row_id)
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person)');
SELECT access_wall('exchange_sourcerow', 'access_is_all((SELECT access_area()))
    OR EXISTS (SELECT FROM exchange_linkdecision d WHERE d.row_id = exchange_sourcerow.id)
    OR EXISTS (SELECT FROM exchange_rows_in_scope s WHERE s.id = exchange_sourcerow.id)');
-- a verdict names two rows by their content alone, and orders the questions of everybody
SELECT access_wall('exchange_review', '(SELECT access_area()) IS NOT NULL');
