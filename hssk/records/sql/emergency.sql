-- What a record adds to the emergency set of one break-glass, and nothing else of it: allergies, blood
-- group, a pregnancy that goes on, medicines of which everybody who treats must know, the last signs of
-- life. Source: protection.md 1.3; docs/decisions/0040. Whom it opens, to whom and until when is
-- people_behind_glass's to say. Of what is sensitive no word comes out but that a medicine is to be asked
-- a doctor about. No argument widens it: which codes and names count is written here.
CREATE FUNCTION records_emergency(asked bigint)
RETURNS TABLE (part text, display text, day date, known text, resource text)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
    one uuid := public.people_behind_glass(asked);
    today date := (statement_timestamp() AT TIME ZONE 'UTC' + interval '7 hours')::date;
BEGIN
    RETURN QUERY
    WITH stands AS MATERIALIZED (
        SELECT e.id, e.section, e.kind, e.system, e.code, e.display, e.tier, e.labels, e."on", e.precision,
            e.until, e.resource
        FROM public.people_person p JOIN public.records_entry e ON e.person = p.id
        WHERE p.root = one AND e.replaced_at IS NULL AND NOT e.withdrawn AND COALESCE(e."on", today) <= today
    ), open AS (
        SELECT * FROM stands WHERE tier <= /*routine*/
    ), given AS (
        SELECT * FROM stands WHERE section = 'medicines' AND today < COALESCE(until, "on" + (
            SELECT CASE WHEN max(said) IS NULL THEN /*given_for*/
                        WHEN max(said) < /*long*/ THEN max(said) ELSE max(said) + /*longer*/ END
            FROM (SELECT (regexp_matches(concat_ws(' ', stands.display, stands.resource::jsonb ->> 'dosage'),
                                         '/*for_days*/', 'gi'))[1]::integer AS said) AS days))
    ), taken AS (
        SELECT DISTINCT ON (lower(display)) * FROM given WHERE tier <= /*routine*/
        ORDER BY lower(display), "on" DESC, id DESC
    ), warns (word, names) AS (
        VALUES /*beware*/
    ), expecting AS (
        -- the last word about it: what ends a pregnancy ends what was said before, and on the same day
        SELECT * FROM open WHERE "on" > today - /*pregnant_for*/
        AND (section IN ('own_illnesses', 'conclusion') AND code ~ '^(/*about_pregnancy*/)'
            OR code = '/*last_pregnancy*/' AND lower(resource::jsonb ->> 'valueString') ~ '/*pregnant_now*/')
        ORDER BY "on" DESC, code ~ '^(/*ended*/)' DESC, id DESC LIMIT 1
    ), sign AS (
        SELECT *, row_number() OVER (PARTITION BY code ORDER BY "on" DESC, id DESC) AS nth
        FROM open WHERE kind = 'Observation' AND system = '/*loinc*/' AND code IN (/*signs*/)
    )
    SELECT 'allergy', display::text, "on", precision::text, NULL::text FROM open WHERE section = 'allergies'
    UNION ALL
    SELECT 'blood', display::text, "on", precision::text, resource FROM open WHERE code IN (/*blood*/)
    UNION ALL
    SELECT 'pregnant', COALESCE(resource::jsonb ->> 'valueString', display)::text, "on", precision::text, NULL FROM expecting WHERE code !~ '^(/*ended*/)'
    UNION ALL
    SELECT w.word, display::text, "on", precision::text, NULL FROM taken
    JOIN warns w ON lower(display) ~ w.names
    UNION ALL
    SELECT DISTINCT 'ask', '', NULL::date, '', NULL FROM given
    WHERE tier > /*routine*/ AND (labels && ARRAY[/*asked_of*/]::varchar[]
        OR EXISTS (SELECT FROM warns w WHERE lower(display) ~ w.names))
    UNION ALL
    SELECT 'sign', display::text, "on", precision::text, resource FROM (
        SELECT * FROM sign WHERE nth <= /*last_signs*/ ORDER BY array_position(ARRAY[/*signs*/], code::text), nth) AS s;
END
$$;
