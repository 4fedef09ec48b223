-- Who asks is asked by the process that asks, whose scope names its process (scope.sql), and never by its helpers.
-- Functions of which nothing is said keep a whole question to one process: no count of a walled table was ever shared
-- out, however long. The wall asks these in sub-selects, whose answers helpers are given.
ALTER FUNCTION access_scope() PARALLEL RESTRICTED;
ALTER FUNCTION access_outside() PARALLEL RESTRICTED;
ALTER FUNCTION access_beyond(text) PARALLEL RESTRICTED;
ALTER FUNCTION access_may(text) PARALLEL RESTRICTED;
ALTER FUNCTION access_user_asking() PARALLEL RESTRICTED;
ALTER FUNCTION access_is_machine() PARALLEL RESTRICTED;
