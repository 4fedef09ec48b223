-- Records and books opened, and homes left, as a hand wrote it down: visible with the person; taken back
-- once, never changed and never removed (docs/decisions/0025).
DO $$
DECLARE
    act text;
BEGIN
    FOREACH act IN ARRAY ARRAY['people_enrolment', 'people_book', 'people_departure'] LOOP
        EXECUTE format('CREATE TRIGGER %s_stays BEFORE UPDATE OR DELETE ON %s
            FOR EACH ROW EXECUTE FUNCTION people_verified_stays()', act, act);
        EXECUTE format('CREATE TRIGGER %s_stands BEFORE TRUNCATE ON %s
            FOR EACH STATEMENT EXECUTE FUNCTION access_append_only()', act, act);
        PERFORM access_wall(act::regclass, 'EXISTS (SELECT FROM people_person p WHERE p.id = person)');
    END LOOP;
END
$$;
