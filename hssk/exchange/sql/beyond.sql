-- Each by the right that it asks for, where that is held: docs/decisions/0043.
ALTER POLICY seen ON exchange_memberrow USING (
    (SELECT access_may('machine')) OR EXISTS (
        SELECT FROM exchange_memberfile f JOIN places_organisation o ON o.id = f.organisation_id
        WHERE f.id = file_id AND NOT ((SELECT access_beyond('rows')) @> o.unit_id)));
ALTER POLICY seen ON exchange_delivery USING (
    (SELECT access_may('machine')) OR NOT ((SELECT access_beyond('deliver')) @> unit_id));
-- an administrator, who gives posts anywhere, reads the rows of his own files alone
ALTER POLICY seen ON exchange_postrow USING (
    EXISTS (SELECT FROM exchange_postfile f
            WHERE f.id = file_id AND f.actor_id = (SELECT access_user_asking()))
    OR NOT ((SELECT access_outside()) @> COALESCE(unit_id, 0))
       AND NOT ((SELECT access_beyond('posts')) @> COALESCE(unit_id, 0)));
