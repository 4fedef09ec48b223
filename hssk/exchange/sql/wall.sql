-- Rows of files and what was decided of them, behind the second wall: docs/decisions/0010.

-- A judge, as people_in_scope: the rows of the files of the scope's units.
CREATE VIEW exchange_rows_in_scope WITH (security_barrier) AS
    SELECT r.id FROM exchange_sourcerow r JOIN exchange_batch b ON b.id = r.batch_id
    WHERE access_has_unit((SELECT access_area()), b.unit_id);

SELECT access_wall('exchange_linkdecision', 'access_is_all((SELECT access_area()))
    OR EXISTS (SELECT FROM exchange_rows_in_scope s WHERE s.id = row_id)
    OR EXISTS (SELECT FROM people_person p WHERE p.id = person)');
-- A row that was handed on, and what became of it, is seen where it was handed to.
SELECT access_wall('exchange_handedrow', 'access_is_all((SELECT access_area()))
    OR access_has_unit((SELECT access_area()), unit_id)');
SELECT access_wall('exchange_sourcerow', 'access_is_all((SELECT access_area()))
    OR EXISTS (SELECT FROM exchange_linkdecision d WHERE d.row_id = exchange_sourcerow.id)
    OR EXISTS (SELECT FROM exchange_rows_in_scope s WHERE s.id = exchange_sourcerow.id)
    OR EXISTS (SELECT FROM exchange_handedrow h WHERE h.row_id = exchange_sourcerow.id)');
-- A pair of which one side lies elsewhere is seen by who sees both: a row of a file of theirs, and
-- a person of theirs.
SELECT access_wall('exchange_pairelsewhere', 'access_is_all((SELECT access_area()))
    OR (EXISTS (SELECT FROM exchange_rows_in_scope s WHERE s.id = row_id)
        AND EXISTS (SELECT FROM people_person p WHERE p.id = person))');
-- a verdict names two rows by their content alone, and orders the questions of everybody
SELECT access_wall('exchange_review', '(SELECT access_area()) IS NOT NULL');
