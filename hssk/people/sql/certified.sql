-- A birth that a file certifies is a fact of that file, and goes when the file does; what a hand wrote
-- stays as before: docs/decisions/0042.
DROP TRIGGER people_birth_stays ON people_birth;
CREATE TRIGGER people_birth_stays BEFORE UPDATE ON people_birth
    FOR EACH ROW EXECUTE FUNCTION people_acts_stay('{child,mother}', '{}');
CREATE TRIGGER people_birth_goes BEFORE DELETE ON people_birth
    FOR EACH ROW WHEN (OLD.source IS NULL) EXECUTE FUNCTION people_acts_stay('{child,mother}', '{}');
