-- As access/sql/parallel.sql: what walls ask of care is asked by the process that asks, and by no helper of it.
ALTER FUNCTION people_care() PARALLEL RESTRICTED;
ALTER FUNCTION people_care_units() PARALLEL RESTRICTED;
ALTER FUNCTION people_facilities() PARALLEL RESTRICTED;
ALTER FUNCTION people_in_care(uuid, text[]) PARALLEL RESTRICTED;
ALTER FUNCTION people_registered_at(uuid) PARALLEL RESTRICTED;
