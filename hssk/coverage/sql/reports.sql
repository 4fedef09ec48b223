-- What was sent stays as it was sent: docs/decisions/0023.
CREATE TRIGGER coverage_sentreport_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON coverage_sentreport
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
ALTER TABLE coverage_sentreport ADD CONSTRAINT sentreport_digest
    CHECK (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex'));
