"""How long looks are kept, and removing those of whole months past the rule; the seals stay."""

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _n

from hssk.access.checkpoints import Told
from hssk.access.models import Checkpoint, Purge, Retention, User
from hssk.access.services.auditing import KEPT_AT_LEAST, note_witness, verify_log
from hssk.kit.errors import Trouble


def years_kept() -> int:
    """For how many years looks are kept, those at sensitive fields aside."""
    return max(KEPT_AT_LEAST, Retention.objects.aggregate(most=Max("years"))["most"] or 0)


def keep_longer(years: int, actor: User) -> None:
    """Keep looks for more years from now on; Trouble when that is not more than now."""
    if not years_kept() < years <= 100:
        raise Trouble(
            _n("Nhật ký đang được giữ {years} năm; chỉ đặt được số năm lớn hơn, đến 100."),
            years=years_kept(),
        )
    Retention.objects.create(years=years, actor=actor, at=Now())


def months_past(*, before: date | None, today: date) -> list[date]:
    """The first days of the sealed months that the rule lets go, the oldest first.

    before  only months that end before this day
    """
    gone = Purge.objects.values("month")
    months = Checkpoint.objects.exclude(month__in=gone).values_list("month", flat=True).distinct()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT month FROM unnest(%s::date[]) AS month WHERE access_kept_until(month) <= %s"
            " AND (month + interval '1 month') <= %s ORDER BY month",
            [list(months), today, before or today],
        )
        return [month for (month,) in cursor.fetchall()]


@transaction.atomic
def purge(months: Sequence[date], witnessed: Sequence[Told], actor: User, *, today: date) -> None:
    """Remove the looks of these months: the database refuses any that is not past the rule, wholly
    sealed and witnessed. The removal is a line of the log itself.

    witnessed  the seals that somebody else keeps
    Raises Trouble when the log or a seal is not as the witness has it: then nothing is removed.
    """
    if not witnessed or verify_log(witnessed, today=today):
        raise Trouble(
            _n("Không xóa gì: nhật ký không khớp với người làm chứng. Chạy `hssk audit verify`.")
        )
    note_witness(witnessed, actor)
    with connection.cursor() as cursor:
        for month in months:
            cursor.execute("SELECT access_purge_month(%s, %s)", [month, actor.pk])


def make_months() -> None:
    """Make the tables of the months that come, so that no look waits for one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT access_make_months()")
