-- What is written of commands is written by commands: the role of the server reads who ran which, and takes no line
-- away. Nor does it say which migrations have run: one that it struck out would be run again, alone, as the owner.
DO $$ BEGIN
    EXECUTE format('REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON access_commandlog, django_migrations FROM %I',
                   access_role(false));
END $$;
