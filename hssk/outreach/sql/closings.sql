-- What was reported of a day stays as it was sent: docs/decisions/0023 and 0027.
CREATE TRIGGER outreach_dayreport_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON outreach_dayreport
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
ALTER TABLE outreach_dayreport ADD CONSTRAINT dayreport_digest
    CHECK (digest = encode(sha256(convert_to(content, 'UTF8')), 'hex'));
