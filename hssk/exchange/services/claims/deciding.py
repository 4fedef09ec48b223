"""What follows from a verdict on a claim: it is filed, and with it every claim of the same file
that says the same of the person."""

from uuid import UUID

from hssk.exchange.models import Batch, LinkDecision
from hssk.exchange.services.claims.bearing import bear_again
from hssk.exchange.services.claims.caring import open_care
from hssk.exchange.services.claims.filing import file_row
from hssk.exchange.services.linking import Linked
from hssk.exchange.services.receiving import Staged


def settle_claims(decision: LinkDecision, before: UUID) -> None:
    """File what a decision just settled, and let those follow that were in question with it.

    before  whom the row was about until now
    """
    row, batch = decision.row, decision.row.batch
    followers = list(
        LinkDecision.objects.select_for_update()
        .filter(row__batch=batch, row__facts=row.facts, person=before)
        .exclude(pk=decision.pk)
    )
    for one in followers:
        one.decision, one.person = decision.decision, decision.person
    LinkDecision.objects.bulk_update(followers, ["decision", "person"])
    asks = decision.decision == LinkDecision.ASK
    if batch.kind == Batch.CLAIMS:
        now = [] if asks else [_linked(one, row.facts) for one in (decision, *followers)]
        bear_again(batch, {decision.row_id, *(one.row_id for one in followers)}, now)
    for one in (decision, *followers):
        file_row(batch, one.row_id, None if asks else one.person)
    if not asks and batch.kind == Batch.CLAIMS:
        open_care(batch, [_linked(one, row.facts) for one in (decision, *followers)])


def _linked(one: LinkDecision, facts: dict) -> Linked:
    return Linked(Staged(one.row_id, b"", facts, None), one.decision, one.person, one.score)
