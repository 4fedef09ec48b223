-- Cards of records (docs/decisions/0033): seen with the person, by who hands lists out; written by the
-- machine. A card ends once and a handover is taken back once, with a reason; neither is changed or
-- removed. Only whom a card names changes, where a file was taken back and nobody has that key any more.
CREATE TRIGGER outreach_card_stays BEFORE UPDATE OR DELETE ON outreach_card
    FOR EACH ROW EXECUTE FUNCTION people_verified_stays();
CREATE TRIGGER outreach_card_stands BEFORE TRUNCATE ON outreach_card
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
SELECT access_wall('outreach_card', '((SELECT access_may(''lists''))
    AND EXISTS (SELECT FROM people_person p WHERE p.id = person)) OR (SELECT access_may(''machine''))');

CREATE FUNCTION outreach_handover_stays() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    back text[] := '{taken_back_at,taken_back_by_id,why}';
BEGIN
    IF TG_OP <> 'UPDATE' OR OLD.taken_back_at IS NOT NULL OR NEW.taken_back_at IS NULL
       OR to_jsonb(OLD) - back <> to_jsonb(NEW) - back THEN
        RAISE insufficient_privilege USING MESSAGE = TG_TABLE_NAME || ' is taken back, never changed';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER outreach_handover_stays BEFORE UPDATE OR DELETE ON outreach_handover
    FOR EACH ROW EXECUTE FUNCTION outreach_handover_stays();
CREATE TRIGGER outreach_handover_stands BEFORE TRUNCATE ON outreach_handover
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
SELECT access_wall('outreach_handover', 'EXISTS (SELECT FROM outreach_card c WHERE c.id = card_id)');
