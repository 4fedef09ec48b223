"""What follows from a verdict on a claim: it is filed, and with it every claim of the same file
that says the same of the person."""

from uuid import UUID

from hssk.exchange.models import LinkDecision
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
    settled = (decision, *followers)
    asks = decision.decision == LinkDecision.ASK
    linked = [] if asks else [_linked(one, row.facts) for one in settled]
    bear_again(batch, {one.row_id for one in settled}, linked)
    for one in settled:
        file_row(batch, one.row_id, None if asks else one.person)
    if linked:
        open_care(batch, linked)


def _linked(one: LinkDecision, facts: dict) -> Linked:
    return Linked(Staged(one.row_id, b"", facts, None), one.decision, one.person, one.score)
