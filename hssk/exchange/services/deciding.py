"""Read what was decided: every data row of every file that counts, once."""

from collections.abc import Iterator

from django.db import connection

# a person is told by the root of what it was merged into, as every list tells it
_DECISIONS = """
    SELECT CASE b.kind WHEN 'records' THEN 'hssk' ELSE b.kind END, r.sheet, r.number,
           COALESCE(d.decision, CASE WHEN r.handed THEN 'handed' ELSE 'error' END),
           COALESCE(p.root, d.person),
           CASE WHEN d.score IS NOT NULL THEN round(d.score::numeric, 4) END
    FROM exchange_sourcerow r
    JOIN exchange_batch b ON b.id = r.batch_id AND b.state = 'applied'
    LEFT JOIN exchange_linkdecision d ON d.row_id = r.id
    LEFT JOIN people_person p ON p.id = d.person
    WHERE b.kind <> 'claims' OR r.sheet <> 'XML9'
    ORDER BY b.applied_at, b.id, r.id
"""


def decisions() -> Iterator[tuple]:
    """(file, sheet, row, decision, person, score) of each row, in the order of the files.

    file      `roster`, `hssk` or `claims`, by the kind of the batch; a row of claims is a visit,
              and births that they certify are none
    decision  same, new, ask; handed for a row of another commune, which was handed on to it, or
              error for one that was not accepted (then neither person nor score)
    """
    with connection.cursor() as cursor:
        cursor.execute(_DECISIONS)
        while rows := cursor.fetchmany(10_000):
            yield from rows
