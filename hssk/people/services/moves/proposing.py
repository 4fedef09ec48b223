"""Propose: the first key. The proposer learns nothing from it, whether anybody is meant or not."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.access.rights import Right
from hssk.access.services import Access, as_machine, look, may_let_in
from hssk.access.services.looks import PROPOSE
from hssk.kit.dates import PartialDate
from hssk.kit.text import clean, fold
from hssk.people.errors import CannotMove
from hssk.people.models import Move, MoveReview, Person, Release
from hssk.people.models.moves import ACCEPTED, REFUSED, UNDONE, WAITING, WITHDRAWN
from hssk.people.rules import is_locked, numbers_meant
from hssk.people.rules.moves import EXPIRES_AFTER, PROPOSALS_A_DAY
from hssk.people.services.moves.asking import Typed, who_is_meant
from hssk.places.models import Hamlet

_PROPOSING = 7_310_004  # with the key of a user: proposals of one user come one at a time


@dataclass(frozen=True)
class Proposal:
    """Who is said to have come, and where to. `kind` as of a residence; `household` its number."""

    typed: Typed
    sex: int
    hamlet: Hamlet
    household: str
    kind: str
    since: date


@dataclass(frozen=True)
class Standing:
    """How a proposer stands: proposals of the day; answers and refusals since the last review."""

    today: int
    answered: int
    refused: int

    @property
    def locked(self) -> bool:
        """Whether an officer must look before anything more is proposed."""
        return is_locked(self.answered, self.refused)


def propose(said: Proposal, *, by: Access) -> Move:
    """Propose that somebody has moved into a hamlet of one's own area.

    returns  the proposal, the same whether anybody is known so or not
    Raises CannotMove outside the area, after twenty proposals on one day, while locked, and while
    one's own proposal of the same person waits.
    """
    if not by.holds_hamlet(said.hamlet.pk, Right.MOVE):
        raise CannotMove(_n("Chỉ đề nghị được người chuyển đến địa bàn của bạn."))
    with as_machine(by.user, by.day):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [_PROPOSING, by.user.pk])
        _refuse_too_many(standing_of(by.user, by.day))
        _refuse_again(said, by)
        move = _written(said, by)
        meant = who_is_meant(said.typed, by.day)
        if meant is not None:
            _ask_commune_left(move, *meant)
        look(by, PROPOSE, Right.MOVE, [meant[0]] if meant else [])
    return move


def _refuse_too_many(standing: Standing) -> None:
    if standing.today >= PROPOSALS_A_DAY:
        raise CannotMove(_n("Bạn đã gửi 20 đề nghị hôm nay. Mai hãy gửi tiếp."))
    if standing.locked:
        raise CannotMove(
            _n(
                "Nhiều đề nghị của bạn đã không được nhận, nên việc gửi đề nghị tạm khóa. "
                "Hãy nhờ cán bộ trung tâm y tế xem lại và mở khóa."
            )
        )


def _refuse_again(said: Proposal, by: Access) -> None:
    """A second press of a button asks the commune left nothing new, and its refusal would count."""
    typed, numbers = said.typed, set(numbers_meant(said.typed.number))
    mine = Move.objects.filter(
        state=WAITING, proposed_by=by.user, proposed_on__gt=by.day - EXPIRES_AFTER,
        hamlet=said.hamlet, name_folded=fold(typed.name), birth_on=typed.birth.value,
    )  # fmt: skip
    if any(numbers & set(numbers_meant(move.number)) for move in mine):
        raise CannotMove(
            _n(
                "Bạn đã gửi đề nghị này, và nó đang chờ trả lời. Nếu ghi sai, hãy rút lại ở trang "
                "Chuyển đến rồi gửi lại."
            )
        )


def _written(said: Proposal, by: Access) -> Move:
    typed = said.typed
    return Move.objects.create(
        name=clean(typed.name), name_folded=fold(typed.name), birth_on=typed.birth.value,
        birth_precision=typed.birth.precision, sex=said.sex, number=typed.number,
        hamlet=said.hamlet, household=said.household, kind=said.kind, since=said.since,
        proposed_by=by.user, proposed_on=by.day,
    )  # fmt: skip


def _ask_commune_left(move: Move, person, hamlet: int | None) -> None:
    Release.objects.create(
        move=move, person=person, hamlet_id=hamlet, unit=move.hamlet.unit, kind=move.kind,
        name=Person.objects.values_list("name", flat=True).get(pk=person), since=move.since,
        asked_by=move.proposed_by, asked_on=move.proposed_on,
    )  # fmt: skip


def typed_of(move: Move) -> Typed:
    """What a proposal says of the human being."""
    return Typed(move.name, PartialDate(move.birth_on, move.birth_precision), move.number)


def withdraw_proposal(move: Move, *, by: Access) -> None:
    """Take one's own waiting proposal back. Raises CannotMove for any other."""
    with as_machine(by.user, by.day):
        mine = Move.objects.filter(pk=move.pk, proposed_by=by.user, state=WAITING)
        if not mine.update(state=WITHDRAWN):
            raise CannotMove(_n("Đề nghị này đã có câu trả lời, hoặc không phải của bạn."))
        Release.objects.filter(move=move).update(state=WITHDRAWN, answered_on=by.day)


def standing_of(user: User, on: date) -> Standing:
    """How `user` stands on `on`; to be asked as the machine, who sees every proposal."""
    mine = Move.objects.filter(proposed_by=user)
    answered = mine.filter(state__in=(ACCEPTED, REFUSED, UNDONE))
    review = MoveReview.objects.filter(user=user).order_by("-at").first()
    if review is not None:
        answered = answered.filter(answered_at__gt=review.at)
    return Standing(
        today=mine.filter(proposed_on=on).count(),
        answered=answered.count(),
        refused=answered.filter(state=REFUSED).count(),
    )


def locked_within(by: Access) -> list[tuple[User, Standing]]:
    """The locked proposers whom `by` may let propose again: whose every post he could give."""
    refused = Move.objects.filter(state=REFUSED).values("proposed_by")
    users = [user for user in User.objects.filter(pk__in=refused).order_by("username")
             if may_let_in(by, user)]  # fmt: skip
    with as_machine(by.user, by.day):
        found = [(user, standing_of(user, by.day)) for user in users]
    return [(user, standing) for user, standing in found if standing.locked]


def let_propose(user: User, *, by: Access) -> None:
    """Say that one has looked at the refused proposals of `user`, who may then propose again.

    Raises CannotMove for whoever may not: nobody lets himself.
    """
    if not by.allows(Right.RELEASE) or not may_let_in(by, user):
        raise CannotMove(_n("Bạn không mở khóa được cho người này."))
    with as_machine(by.user, by.day):
        MoveReview.objects.create(user=user, by=by.user, at=Now())
