"""Finding one person by what the asker types of them, so many times a day.

Tries of one user come one at a time, and a failed one is written down before the next is counted.
"""

from datetime import timedelta
from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from hssk.access.models import Look
from hssk.access.rights import Right
from hssk.access.services import as_machine, looks, write_refused
from hssk.access.views.doorkeeper import access
from hssk.people.forms.bases import ExactForm
from hssk.people.services import found_exactly, one_try_at_a_time

FAILURES_A_DAY = 10


def person_typed(request: HttpRequest, form: ExactForm, right: Right) -> UUID | None:
    """The root of the person of a valid form; None with an error in the form, the same whatever
    is wrong, and the attempt is written down."""
    who, said = access(request), form.cleaned_data
    one_try_at_a_time(who.user)
    if _failures(request, right) >= FAILURES_A_DAY:
        _note_failure(request, right)
        form.add_error(
            None, _("Hôm nay bạn đã tìm sai quá nhiều lần. Hãy nhờ đồng nghiệp hoặc đợi đến mai.")
        )
        return None
    with as_machine(who.user, who.day):  # it opens a basis, or nobody learns anything
        found = found_exactly(said["number"], said["name"], said["birth"])
    if found is None:
        _note_failure(request, right)
        form.add_error(
            None,
            _(
                "Không tìm được một người có đúng số, họ tên và ngày sinh này. Hãy xem lại từng ô "
                "theo giấy tờ; cả ba phải đúng."
            ),
        )
    return found


def _note_failure(request: HttpRequest, right: Right) -> None:
    """At once and not after the view: with it the lock is let go. A try that is rolled back told
    nothing either."""
    looks.refused(access(request), looks.OPEN, right)
    write_refused(access(request))


def _failures(request: HttpRequest, right: Right) -> int:
    """How often the asker has been turned away in 24 hours."""
    since = timezone.now() - timedelta(days=1)
    mine = Look.objects.filter(actor=access(request).user, at__gt=since)
    return mine.filter(right=right, refused=True).count()
