"""An accepted move was a mistake, both sides say, or an officer of both: the residences return."""

from django.utils.translation import gettext_noop as _n

from hssk.access.rights import LOCAL, Right, Role
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import ANSWER
from hssk.people.errors import CannotMove
from hssk.people.models import Move, Release
from hssk.people.models.moves import ACCEPTED, UNDONE
from hssk.people.services.facts import nobody_links
from hssk.people.services.hands import Hands
from hssk.people.services.moves.answering import holds_both
from hssk.people.services.moves.replaying import take_back

RECEIVER, LEAVER = "receiver", "leaver"


def can_undo_alone(by: Access, release: Release) -> bool:
    """Whether `by` is an officer of both communes, and not the one who proposed."""
    return (
        release.state == ACCEPTED
        and by.user.pk != release.asked_by_id
        and any(
            Role(post.role) not in LOCAL and holds_both(by, post, release)
            for post in by.with_right(Right.RELEASE)
        )
    )


def undo_alone(release: Release, *, by: Access) -> None:
    """Undo an accepted move as an officer of both communes. Raises CannotMove for anybody else."""
    if not can_undo_alone(by, release):
        raise CannotMove(_n("Bạn không hoàn tác được lần chuyển này."))
    with as_machine(by.user, by.day):
        _undone(_locked(release.pk), by)


def agree_or_ask_to_undo(move: Move | Release, *, by: Access) -> bool:
    """Ask the other side to undo an accepted move, or agree where it has asked already.

    move     the proposal for whoever received the person, the release for the commune left: each
             side shows what it may see
    returns  whether the move is undone
    Raises CannotMove outside the side's area, for a move that is not accepted, and when both sides
    might be in one hand.
    """
    if isinstance(move, Move):
        side, mine = RECEIVER, by.holds_hamlet(move.hamlet_id, Right.MOVE)
    else:
        side = LEAVER
        mine = move.hamlet_id is not None and by.holds_hamlet(move.hamlet_id, Right.RELEASE)
    if not mine:
        raise CannotMove(_n("Bạn không hoàn tác được lần chuyển này."))
    with as_machine(by.user, by.day):
        locked = _locked(move.pk)
        if locked.undo_asked in ("", side):
            locked.undo_asked, locked.undo_asked_by = side, by.user
            locked.save(update_fields=["undo_asked", "undo_asked_by"])
            Release.objects.filter(move=locked).update(undo_asked=side)
            return False
        asker = locked.undo_asked_by
        if asker is not None and Hands(by.user).hold_both(asker, by.day):
            raise CannotMove(
                _n("Người đã xin hoàn tác không tự đồng ý được; cần người thứ hai, độc lập.")
            )
        _undone(locked, by)
    return True


def _locked(key: int) -> Move:
    if not nobody_links():
        raise CannotMove(
            _n("Đang có một tệp được ghi vào sổ, nên chưa ghi được. Đợi ít giây rồi bấm lại.")
        )
    move = Move.objects.select_for_update().get(pk=key)
    if move.state != ACCEPTED:
        raise CannotMove(_n("Lần chuyển này không còn gì để hoàn tác."))
    return move


def _undone(move: Move, by: Access) -> None:
    take_back(move)
    move.state = UNDONE
    move.save(update_fields=["state"])
    Release.objects.filter(move=move).update(state=UNDONE, undo_asked="")
    look(by, ANSWER, Right.MOVE, [move.person] if move.person else [])
