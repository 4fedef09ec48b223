-- Rows of files and what was decided of them, behind the second wall: docs/decisions/0010.

-- A judge: the rows of the files of the scope's units. It reads as the owner, for a policy that asked
-- the table it guards would go round in circles; it tells keys, and only those the scope opens.
CREATE VIEW exchange_rows_in_scope WITH (security_barrier) AS
    SELECT r.id FROM exchange_sourcerow r WHERE r.batch_id IN (
        SELECT b.id FROM exchange_batch b WHERE NOT ((SELECT access_outside()) @> b.unit_id));

SELECT access_wall('exchange_linkdecision', 'EXISTS (SELECT FROM people_person p WHERE p.id = person)
    OR EXISTS (SELECT FROM exchange_rows_in_scope s WHERE s.id = row_id)');
-- A row that was handed on, and what became of it, is seen where it was handed to.
SELECT access_wall('exchange_handedrow', 'NOT ((SELECT access_outside()) @> unit_id)');
SELECT access_wall('exchange_sourcerow', 'batch_id IN (
        SELECT b.id FROM exchange_batch b WHERE NOT ((SELECT access_outside()) @> b.unit_id))
    OR EXISTS (SELECT FROM exchange_linkdecision d WHERE d.row_id = exchange_sourcerow.id)
    OR EXISTS (SELECT FROM exchange_handedrow h WHERE h.row_id = exchange_sourcerow.id)');
-- A pair of which one side lies elsewhere is seen by who sees both: a row of a file of theirs, and
-- a person of theirs.
SELECT access_wall('exchange_pairelsewhere', 'EXISTS (SELECT FROM people_person p WHERE p.id = person)
    AND EXISTS (SELECT FROM exchange_rows_in_scope s WHERE s.id = row_id)');
-- what a claim says of somebody's health: filed by the machine, read in the record
SELECT access_wall('exchange_claim', '(SELECT access_may(''machine''))');
-- what it cost: told by the machine to whom it concerns
SELECT access_wall('exchange_cost', '(SELECT access_may(''machine''))');
-- a verdict names two rows by their content alone, and orders the questions of everybody
SELECT access_wall('exchange_review', '(SELECT access_outside()) IS NOT NULL');
-- a receipt is its sender's alone: to anybody else it is not there
SELECT access_wall('exchange_receipt',
    'EXISTS (SELECT FROM access_sender s
             WHERE s.id = sender_id AND s.user_id = (SELECT access_user_asking()))',
    'EXISTS (SELECT FROM access_sender s
             WHERE s.id = sender_id AND s.user_id = (SELECT access_user_asking()))');
