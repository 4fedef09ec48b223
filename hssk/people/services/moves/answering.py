"""Answer: the second key. Nobody holds both, whatever posts he has or has given."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _n

from hssk.access.models import Post
from hssk.access.rights import LOCAL, Right, Role
from hssk.access.services import Access, as_machine, look
from hssk.access.services.looks import ANSWER
from hssk.people.errors import CannotMove
from hssk.people.models import Move, Person, Release
from hssk.people.models.moves import ACCEPTED, REFUSED, WAITING
from hssk.people.rules import is_expired, is_overdue, numbers_meant
from hssk.people.services.facts import nobody_links
from hssk.people.services.hands import Hands
from hssk.people.services.moves.replaying import home_of, stand
from hssk.places import services as places

LEFT, CITIZEN, OFFICER = "left", "citizen", "officer"
REASONS = {
    "here": _n("Người này vẫn ở đây"),
    "other": _n("Không phải người của địa bàn này"),
    "unsure": _n("Chưa đủ căn cứ, cần hỏi lại người dân"),
    "record": _n("Chưa có ai như vậy; hãy đưa vào danh sách nhân khẩu"),
}


def can_answer(by: Access, release: Release) -> bool:
    """Whether `by` holds the second key of a proposal.

    The commune left holds it at once; an officer whose post covers both communes, after seven days
    without an answer. Whoever proposed never does, nor anybody in whose hand both keys might be.
    """
    return bool(answerable(by, [release]))


def answerable(by: Access, releases: Iterable[Release]) -> list[Release]:
    """Those of the proposals whose second key `by` holds: see `can_answer`."""
    hands = Hands(by.user)
    return [
        one for one in releases
        if _is_asked(by, one) and not hands.hold_both(one.asked_by, one.asked_on)
    ]  # fmt: skip


def _is_asked(by: Access, release: Release) -> bool:
    if release.state != WAITING or by.user.pk == release.asked_by_id:
        return False
    late = is_overdue(release.asked_on, by.day)
    return not is_expired(release.asked_on, by.day) and any(
        late or Role(post.role) in LOCAL or not holds_both(by, post, release)
        for post in by.with_right(Right.RELEASE)
        if _holds_left(by, post, release)
    )


def holds_both(by: Access, post: Post, release: Release) -> bool:
    """Whether a post covers the commune left and the new one."""
    if post.unit is None:
        return True
    covers = post.hamlet_id is None and release.unit_id in places.units_held(post.unit)
    return covers and _holds_left(by, post, release)


def _holds_left(by: Access, post: Post, release: Release) -> bool:
    hamlets = by.hamlets_of(post)
    return hamlets is None or release.hamlet_id in hamlets


def can_close(by: Access, move: Move) -> bool:
    """Whether `by` may say that nobody will answer a proposal: an officer of the new commune.

    Asked of the proposal alone, so that it is the same for whoever is known elsewhere and for
    nobody.
    """
    return (
        move.state == WAITING
        and move.proposed_by_id != by.user.pk
        and any(
            Role(post.role) not in LOCAL
            and ((hamlets := by.hamlets_of(post)) is None or move.hamlet_id in hamlets)
            for post in by.with_right(Right.RELEASE)
        )
    )


def accept(release: Release, *, by: Access) -> bool:
    """Let somebody move away: the old residences end, the new one begins.

    returns  False where they count elsewhere by now; the question has then gone there
    Raises CannotMove for whoever holds no second key, for a proposal that waits no longer, and
    while a file is being linked.
    """
    _refuse_unless(_is_asked(by, release))
    _refuse_one_hand(Hands(by.user).hold_both(release.asked_by, release.asked_on))
    with as_machine(by.user, by.day):
        move = _locked(release.pk, by)
        how = OFFICER if is_overdue(release.asked_on, by.day) else LEFT
        return _accepted(move, how, by)


def refuse(release: Release, reason: str, *, by: Access) -> None:
    """Say that somebody has not moved, for one of REASONS. Raises CannotMove as `accept`."""
    _refuse_unless(_is_asked(by, release) and reason in REASONS)
    _refuse_one_hand(Hands(by.user).hold_both(release.asked_by, release.asked_on))
    with as_machine(by.user, by.day):
        _refused(_locked(release.pk, by), LEFT, reason, by)
        look(by, ANSWER, Right.RELEASE, [release.person])


def close(move: Move, reason: str, *, by: Access) -> None:
    """Say as an officer of the new commune that a proposal is not taken up, for one of REASONS."""
    _refuse_unless(can_close(by, move) and reason in REASONS)
    with as_machine(by.user, by.day):
        _refused(_locked(move.pk, by), OFFICER, reason, by)
        look(by, ANSWER, Right.RELEASE, [])


def witness(move: Move, number: str, *, by: Access) -> bool:
    """Say that the citizen is at the desk and showed the paper with this number.

    by       somebody other than the proposer; not in one hand with him (`hands`)
    returns  whether the move was accepted; False where nobody is known so, and the proposal stays
             with the health centre, witnessed
    Raises CannotMove for whoever may not, and when the number is another one.
    """
    _refuse_unless(
        by.holds_hamlet(move.hamlet_id, Right.MOVE) and by.user.pk != move.proposed_by_id
    )
    _refuse_one_hand(Hands(by.user).hold_both_at_the_desk(move.proposed_by, move.proposed_on))
    if not set(numbers_meant(number)) & set(numbers_meant(move.number)):
        raise CannotMove(_n("Số trên giấy tờ khác với số trong đề nghị. Hãy xem lại cả hai."))
    with as_machine(by.user, by.day):
        move = _locked(move.pk, by)
        move.witnessed_by = by.user
        move.save(update_fields=["witnessed_by"])
        known = Release.objects.filter(move=move).exists()
        return known and _accepted(move, CITIZEN, by)


def _refuse_unless(theirs: bool) -> None:
    if not theirs:
        raise CannotMove(_n("Đề nghị này không chờ bạn trả lời."))


def _refuse_one_hand(both: bool) -> None:
    if both:
        raise CannotMove(
            _n(
                "Người đề nghị và người trả lời phải độc lập với nhau: một người đã giao nhiệm vụ "
                "hoặc mở tài khoản cho người kia. Hãy nhờ người khác trả lời."
            )
        )


def _locked(key: int, by: Access) -> Move:
    if not nobody_links():
        raise CannotMove(
            _n("Đang có một tệp được ghi vào sổ, nên chưa ghi được. Đợi ít giây rồi bấm lại.")
        )
    move = Move.objects.select_for_update().get(pk=key)
    if move.state != WAITING or is_expired(move.proposed_on, by.day):
        raise CannotMove(_n("Đề nghị này đã có câu trả lời, đã được rút lại hoặc đã hết hạn."))
    return move


def _accepted(move: Move, how: str, by: Access) -> bool:
    release = move.release
    here = home_of(_root_of(release), by.day)
    if how != CITIZEN and here != release.hamlet_id:
        release.hamlet_id = here
        release.save(update_fields=["hamlet"])
        return False
    move.state, move.person = ACCEPTED, release.person
    move.answered_on, move.answered_at = by.day, Now()
    move.save()
    move.refresh_from_db()
    release.hamlet_id = here
    _answer(release, ACCEPTED, how, by)
    stand(move)
    look(by, ANSWER, Right.MOVE if how == CITIZEN else Right.RELEASE, [release.person])
    return True


def _root_of(release: Release) -> UUID:
    known = Person.objects.filter(pk=release.person).values_list("root", flat=True).first()
    return known or release.person


def _refused(move: Move, how: str, reason: str, by: Access) -> None:
    move.state, move.answered_on, move.answered_at = REFUSED, by.day, Now()
    move.save(update_fields=["state", "answered_on", "answered_at"])
    for release in Release.objects.filter(move=move):
        release.reason = reason
        _answer(release, REFUSED, how, by)


def _answer(release: Release, state: str, how: str, by: Access) -> None:
    release.state, release.how, release.answered_by, release.answered_on = (
        state,
        how,
        by.user,
        by.day,
    )
    release.save()


def waiting_for(by: Access) -> int:
    """How many proposals wait for an answer that `by` may give now."""
    waiting = Release.objects.filter(state=WAITING).select_related("asked_by")
    hamlets = by.hamlets(Right.RELEASE)
    if hamlets is not None:
        waiting = waiting.filter(hamlet__in=hamlets)
    return len(answerable(by, waiting))
