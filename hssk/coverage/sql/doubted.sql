-- Whose data may be doubtful: what the report of quality reads, and nothing else of a row.
CREATE INDEX coverage_row_doubted ON coverage_row (hamlet_id)
    INCLUDE (since, until, flags, listed, state, birth_on)
    WHERE flags & 28696 > 0 OR listed <> 1 OR state = 1 OR birth_on < '1940-01-01';

-- That a number came, changed or went is told to the ledger as other facts are (triggers.sql).
CREATE TRIGGER coverage_insert AFTER INSERT ON people_identifier
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_fact_changed();
CREATE TRIGGER coverage_update AFTER UPDATE ON people_identifier
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION coverage_fact_changed();
CREATE TRIGGER coverage_delete AFTER DELETE ON people_identifier
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_fact_changed();

-- Whoever was counted before is counted again by whoever reads next.
INSERT INTO coverage_due (people)
SELECT array_agg(DISTINCT person_id) FROM coverage_row HAVING count(*) > 0;
