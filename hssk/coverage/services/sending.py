"""Reports as they were sent: kept word for word, found again, held against what is so today."""

from datetime import date, datetime

from hssk.access.models import User
from hssk.coverage.models import SentReport
from hssk.coverage.reports.content import (
    Content,
    Difference,
    canonical,
    differences,
    digest_of,
    read,
)
from hssk.coverage.services.kinds import kinds
from hssk.coverage.services.reporting import (
    Before,
    half_year_before,
    ledger_before,
    usual_since,
    week_before,
)
from hssk.places.models import Unit

LAST, WEEK, MONTH, HALF = "last", "week", "month", "half"  # what a report is compared with
AGAINST = (LAST, WEEK, MONTH, HALF)

_SINCE = {WEEK: week_before, HALF: half_year_before}  # of other days: a month


def draft(kind: str, unit: Unit, on: date, data: date, against: str = LAST) -> Content:
    """A report of `unit` on a day, as it would be sent now.

    data     the day of the newest data known on that day
    against  LAST: the report sent last before that day, where there is one, else as MONTH; WEEK,
             MONTH, HALF: the ledger of seven days, a month, half a year before
    Raises TooFew where so few people live there that it would tell of somebody.
    """
    last = last_sent(kind, unit, on) if against == LAST else None
    if last is not None:
        before = Before(last.on, content=content_of(last), digest=last.digest)
    else:
        since = _SINCE.get(against, usual_since)(on)
        # what compares nothing is not made to ask a whole ledger of another day
        before = ledger_before(since) if kinds()[kind].shape.compared else Before(since)
    return _drafted(kind, unit, before, on=on, data=data)


def _drafted(kind: str, unit: Unit, before: Before, *, on: date, data: date) -> Content:
    """A report with those that stand within it, each compared with what stood there."""
    content = kinds()[kind].drafted(unit, on, before, data)
    parts = [
        one.drafted(unit, on, _before_within(name, before), data)
        for name, one in kinds().items()
        if one.within == kind
    ]
    return content | {"parts": parts} if parts else content


def _before_within(kind: str, before: Before) -> Before:
    """The same of what stands within; a report that was sent without it has no such part, and the
    ledger of its day is asked."""
    if before.content is None:
        return before
    sent = next((one for one in before.content.get("parts", ()) if one["kind"] == kind), None)
    if sent is None:
        return ledger_before(before.since)
    return Before(before.since, content=sent, digest=before.digest)


def send(content: Content, unit: Unit, by: User, at: datetime) -> SentReport:
    """Freeze a report as it is now. Nothing changes it afterwards; a later one stands beside it."""
    text = canonical(content)
    return SentReport.objects.create(
        exact=kinds()[content["kind"]].exact,
        kind=content["kind"],
        unit=unit,
        on=date.fromisoformat(content["on"]),
        sent_by=by,
        sent_at=at,
        digest=digest_of(text),
        content=text,
    )


def last_sent(kind: str, unit: Unit, before: date) -> SentReport | None:
    """The newest report of a kind about a unit, of a day before this one; of that day, the last."""
    sent = SentReport.objects.filter(kind=kind, unit=unit, on__lt=before)
    return sent.order_by("-on", "-id").first()


def content_of(report: SentReport) -> Content:
    """What a sent report says."""
    return read(report.content)


def differences_today(report: SentReport) -> list[Difference]:
    """What the same report would say otherwise, were it made today: later corrections, mostly."""
    sent = content_of(report)
    before = Before(date.fromisoformat(sent["since"]), content=sent, digest=sent["against"])
    data = date.fromisoformat(sent["data"])
    today = _drafted(report.kind, report.unit, before, on=report.on, data=data)
    return differences(sent, today)
