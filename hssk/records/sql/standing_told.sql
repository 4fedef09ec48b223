-- Statements that write entries tell the standing of a record of it (standing.sql).
CREATE TRIGGER records_added AFTER INSERT ON records_entry
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION records_entry_added();
CREATE TRIGGER records_changed AFTER UPDATE ON records_entry
    REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION records_entry_changed();
CREATE TRIGGER records_removed AFTER DELETE ON records_entry
    REFERENCING OLD TABLE AS old_rows FOR EACH STATEMENT EXECUTE FUNCTION records_entry_changed();

-- Nobody reads these but whoever counts.
SELECT access_wall('records_note', '(SELECT access_may(''machine''))');
SELECT access_wall('records_standing', '(SELECT access_may(''machine''))');
