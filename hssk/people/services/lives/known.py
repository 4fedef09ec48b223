"""Somebody whom a hand wrote down turns out to be somebody known: the two are said to be one."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_noop as _n

from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import APART, SAME
from hssk.kit.text import clean
from hssk.people.errors import CannotMerge, Refused
from hssk.people.models import Birth, Merge, Person, Stranger
from hssk.people.services.identity import keys_of, merge, unmerge
from hssk.people.services.lives.waiting import while_nobody_links


def may_be_known(person: UUID) -> bool:
    """Whether a hand wrote this very person down, or a certificate of birth brought them, so that
    they may be somebody else in truth.

    Whom a list brought in is compared row by row, in the queue.
    """
    by_hand = Stranger.objects.filter(person=person).exists()
    return by_hand or Birth.objects.filter(child=person).exists()


def said_to_be(person: UUID) -> QuerySet[Merge]:
    """The acts that stand by which a hand said of others that they are this human being."""
    return (
        Merge.objects.filter(drop__in=keys_of(person), undone_at=None)
        .exclude(reason="")
        .select_related("actor")
        .order_by("at")
    )


def say_known(person: UUID, other: UUID, why: str, *, by: Access) -> UUID:
    """Say that `person`, whom a hand wrote down, is `other`; the root under whom both stand.

    person, other  roots whom the caller has seen to be of the asker's area, by the right to decide
    why            how one knows, kept with the act
    Raises Refused for whom no hand wrote down, without a reason, where two verified numbers differ,
    and while a file is being linked.
    """
    if not clean(why):
        raise Refused(_n("Hãy ghi vì sao biết là một người."))
    with as_machine(by.user, by.day):
        while_nobody_links()
        if not may_be_known(person):
            raise Refused(_n("Người này có trong danh sách: hãy so từng dòng ở “Cặp chờ xem lại”."))
        drop, keep = Person.objects.get(pk=person), Person.objects.get(pk=other)
        try:
            root = merge(keep=keep, drop=drop, actor=by.user, reason=clean(why)).pk
        except CannotMerge as reason:
            raise Refused(str(reason)) from reason
        look(by, SAME, Right.DECIDE, [person, other])
    return root


def say_apart(person: UUID, *, by: Access) -> None:
    """Take `say_known` back: `person` is somebody of their own again, with all that is theirs.

    Raises Refused where no such act stands, and while a file is being linked.
    """
    with as_machine(by.user, by.day):
        while_nobody_links()
        if not said_to_be(person).filter(drop=person).exists():
            raise Refused(_n("Việc gộp này đã được rút lại."))
        drop = Person.objects.get(pk=person)
        together = drop.root
        try:
            unmerge(drop=drop)
        except CannotMerge as reason:
            raise Refused(str(reason)) from reason
        look(by, APART, Right.DECIDE, [person, together])
