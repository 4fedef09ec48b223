"""Acts by hand and files that are linked wait for each other; no hand makes people without end."""

from datetime import datetime

from django.db import connection
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.services import Access
from hssk.people.errors import Refused
from hssk.people.models import Birth, Stranger
from hssk.people.rules.lives import WRITTEN_A_DAY
from hssk.people.services.facts import nobody_links

_WRITING = 7_310_009  # with a user's key: the lock of whoever writes people down


def while_nobody_links() -> None:
    """Keep files from being linked until this transaction ends; Refused while one is."""
    if not nobody_links():
        raise Refused(
            _n("Đang có một tệp được ghi vào sổ, nên chưa ghi được. Đợi ít giây rồi bấm lại.")
        )


def refuse_too_many(by: Access, *, at: datetime, more: int) -> None:
    """Refuse to write down `more` people where one user would have written more than
    WRITTEN_A_DAY on the day of `at`: people who are in no list are to be nobody's to make up.

    Inside the act: those of one user are counted one after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_WRITING, by.user.pk])
    day = localdate(at)
    acts = Birth.objects.filter(source=None), Stranger.objects.all()
    written = sum(act.filter(by=by.user, at__date=day).count() for act in acts)
    if written + more > WRITTEN_A_DAY:
        raise Refused(
            _n(
                "Hôm nay bạn đã ghi {written} trẻ mới sinh và người chưa có giấy tờ; mỗi ngày một "
                "người ghi được nhiều nhất {most}. Mai hãy ghi tiếp, hoặc nhờ đồng nghiệp."
            ),
            written=written, most=WRITTEN_A_DAY,
        )  # fmt: skip
