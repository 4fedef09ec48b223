-- That a book was opened, and that taken back, is told to the ledger as other acts are (triggers.sql).
CREATE TRIGGER coverage_word AFTER INSERT ON people_book
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_word_of();
CREATE TRIGGER coverage_taken_back AFTER UPDATE ON people_book
    REFERENCING NEW TABLE AS new_rows FOR EACH STATEMENT EXECUTE FUNCTION coverage_word_of();
