-- A look may be by what the register states (docs/decisions/0028): in every month there is, and in those
-- to come, which are made like the whole.
ALTER TABLE access_look DROP CONSTRAINT access_look_basis_check;
DO $$
DECLARE
    part regclass;
BEGIN
    FOR part IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'access_look'::regclass LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT IF EXISTS access_look_basis_check', part);
    END LOOP;
END $$;
ALTER TABLE access_look ADD CONSTRAINT access_look_basis_check CHECK (
    basis IN ('area', 'care', 'registered', 'self', 'guardian', 'break-glass', 'audit'));
