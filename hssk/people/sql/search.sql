-- Finding somebody by the words of their name: docs/decisions/0018.
--
-- `@>` on arrays is not leakproof, so behind the wall its index would never be used. This one function
-- asks the index first and then applies to what it found what the policy of people_person asks.

-- The people whose name has all of these words (folded), born in this year, with a number that begins or
-- ends so (people say the last digits of a card); each only where it is given. One row each, under the
-- root: the nearest names first, at most `most`. Nothing for who may not see the register, and nothing
-- when nothing is asked.
CREATE OR REPLACE FUNCTION people_search(words text[], born integer, number text, most integer)
RETURNS TABLE (person uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
-- planned for what is asked: a condition that is not asked must not hide the index of the others
SET plan_cache_mode = force_custom_plan AS $$
DECLARE
    outside int8multirange := (SELECT public.access_outside());
    cares boolean := (SELECT public.people_care_units()) <> '{}';
    ends text := reverse(number);
    numbered uuid[];
BEGIN
    IF NOT COALESCE(public.access_may('register'), false)
       OR cardinality(words) = 0 AND COALESCE(number, '') = '' THEN
        RETURN;
    END IF;
    IF COALESCE(number, '') <> '' THEN
        numbered := ARRAY(SELECT i.person_id FROM public.people_identifier i
                          WHERE i.value >= number AND i.value < number || '~'
                          UNION
                          SELECT i.person_id FROM public.people_identifier i
                          WHERE reverse(i.value) COLLATE "C" >= ends AND reverse(i.value) COLLATE "C" < ends || '~');
    END IF;
    RETURN QUERY
    SELECT f.root FROM (
        SELECT p.root, min(length(p.name_folded)) AS long, min(p.name_sort) AS name
        FROM public.people_person p
        WHERE (cardinality(words) = 0 OR string_to_array(p.name_folded, ' ') @> words)
        AND (COALESCE(number, '') = '' OR p.id = ANY (numbered))
        AND (born IS NULL OR extract(year FROM p.birth_on) = born)
        AND (NOT outside @> p.places
             OR cares AND (SELECT true FROM public.people_by_basis b WHERE b.root = p.root LIMIT 1))
        GROUP BY p.root
    ) f ORDER BY f.long, f.name, f.root LIMIT LEAST(most, 200);
END
$$;
