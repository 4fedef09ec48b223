-- Workbooks of records for other software (docs/decisions/0031): read where records may be delivered,
-- written once and never changed.
SELECT access_wall('exchange_delivery',
    '(SELECT access_may(''deliver'')) AND NOT ((SELECT access_outside()) @> unit_id)
    OR (SELECT access_may(''machine''))');
SELECT access_wall('exchange_deliveredperson',
    'EXISTS (SELECT FROM exchange_delivery d WHERE d.id = delivery_id)');
SELECT access_wall('exchange_takenin',
    'EXISTS (SELECT FROM exchange_delivery d WHERE d.id = delivery_id)');
CREATE TRIGGER exchange_delivery_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON exchange_delivery
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER exchange_deliveredperson_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON exchange_deliveredperson
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
CREATE TRIGGER exchange_takenin_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON exchange_takenin
    FOR EACH STATEMENT EXECUTE FUNCTION access_append_only();
