"""Link claims: whoever a file names many times is looked for once."""

from collections.abc import Callable
from dataclasses import replace

import orjson

from hssk.exchange.models import Batch, LinkDecision
from hssk.exchange.services.linking import Linked, Linker
from hssk.exchange.services.receiving import Staged


def link_claims(
    batch: Batch, rows: list[Staged], told: Callable[[int, int], None]
) -> tuple[Linker, list[Linked]]:
    """The decision of every claim, in the order of the file, and the linker that made them.

    Claims that say exactly the same of the person are about one person: the first of them is
    linked, and the others follow it.
    """
    first: dict[bytes, Staged] = {}
    leads: list[bytes] = []
    for row in rows:
        said = orjson.dumps(row.facts)
        leads.append(said)
        first.setdefault(said, row)
    linker = Linker(batch, list(first.values()), {})
    decided = {item.row.id: item for item in linker.run(told)}
    return linker, [
        _following(decided[first[said].id], row) for row, said in zip(rows, leads, strict=True)
    ]


def _following(lead: Linked, row: Staged) -> Linked:
    if lead.row.id == row.id:
        return lead
    same = lead.decision == LinkDecision.NEW
    return replace(
        lead, row=row, decision=LinkDecision.SAME if same else lead.decision,
        against=lead.row.id if same else lead.against, score=1.0 if same else lead.score,
    )  # fmt: skip
