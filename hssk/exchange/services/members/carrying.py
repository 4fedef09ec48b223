"""Do what a list of members says, in one transaction, and take it back.

Who belongs from when to when follows from all lists that were done (`people/rules/memberships`); so
doing one and taking one back is the same act: work it out anew, and write what differs.
"""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.exchange.errors import Refused
from hssk.exchange.models import MemberFile
from hssk.exchange.services.members.planning import lists_of, plan
from hssk.people.rules.memberships import spells
from hssk.people.services import write_memberships
from hssk.places.models import Organisation


@transaction.atomic
def carry_out(file: MemberFile, shown: str, *, by: User, at: datetime) -> tuple[int, int]:
    """Have the memberships be as the lists say with this one; how many written, how many removed.
    What is answered since is done by the same act again.

    shown  digest of the plan that somebody saw and agreed to
    Raises Refused when it was taken back, or the plan is no longer the one that was shown.
    """
    file = _alone(file)
    today = localdate(at)
    if file.state == MemberFile.UNDONE:
        raise Refused(_n("Danh sách này đã được rút lại."))
    if plan(file, by=by, today=today).digest != shown:
        raise Refused(
            _n("Từ lúc bạn xem đã có thay đổi."), _n("Xem lại từng dòng rồi ghi lần nữa.")
        )
    with as_machine(by, today):
        done = write_memberships(file.organisation, spells(lists_of(file.organisation, file)))
        MemberFile.objects.filter(pk=file.pk).update(state=MemberFile.DONE, done_at=at)
    return done


@transaction.atomic
def take_back(file: MemberFile, *, by: User, at: datetime) -> tuple[int, int]:
    """Have the memberships be as they would be had this list never come; how many written, how
    many removed. Its rows stay.

    Raises Refused when it was taken back already.
    """
    file = _alone(file)
    if file.state == MemberFile.UNDONE:
        raise Refused(_n("Danh sách này đã được rút lại."))
    with as_machine(by, localdate(at)):
        MemberFile.objects.filter(pk=file.pk).update(
            state=MemberFile.UNDONE, undone_at=at, undone_by=by
        )
        return write_memberships(file.organisation, spells(lists_of(file.organisation)))


def _alone(file: MemberFile) -> MemberFile:
    """The file as it is now; nobody else does a list of its organisation until this act ends."""
    Organisation.objects.select_for_update().get(pk=file.organisation_id)
    return MemberFile.objects.select_for_update(of=("self",)).select_related(
        "organisation__unit"
    ).get(pk=file.pk)  # fmt: skip
