-- The log of looks is only ever appended to: nobody changes or removes a line, neither by mistake nor
-- on purpose, whatever role runs the program. Retention will have a door of its own.

CREATE FUNCTION access_append_only() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    RAISE insufficient_privilege USING MESSAGE = TG_TABLE_NAME || ' is appended to, never changed';
END
$$;

CREATE TRIGGER access_look_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON access_look
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
