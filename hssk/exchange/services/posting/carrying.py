"""Carry out what a file of posts says, in one transaction, and take it back: nothing is erased."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _n

from hssk.access.models import Post, User
from hssk.access.rights import Role
from hssk.access.services import Access, appoint, end_post, grant_post, may_end, put_to_sleep
from hssk.exchange.errors import Refused
from hssk.exchange.models import PostDone, PostFile
from hssk.exchange.services.posting.planning import plan
from hssk.exchange.services.posting.steps import ACCOUNT, ENDING, POST, WOKEN, Step, digest_of_plan


@dataclass(frozen=True)
class Handed:
    """The first password of an account that was made or woken: shown once, kept nowhere."""

    post: Post
    password: str


@dataclass(frozen=True)
class Foreseen:
    """What taking a file back does: posts it gave that end, posts it ended that are given again,
    accounts it made or woke that may go to sleep."""

    ended: int
    given: int
    asleep: int


@transaction.atomic
def carry_out(file: PostFile, shown: str, *, giver: Access) -> list[Handed]:
    """Do what every right row of a file says; wrong rows do nothing.

    shown    digest of the plan that somebody saw and agreed to
    returns  the first passwords, in the file's order
    Raises Refused when the file was done already, or the plan is no longer the one that was shown.
    """
    file = PostFile.objects.select_for_update().get(pk=file.pk)
    steps = plan(file, giver=giver)
    if file.state != PostFile.WAITING:
        raise Refused(_n("Tệp này đã được ghi."), _n("Xem kết quả ở dưới."))
    if digest_of_plan(steps) != shown:
        raise Refused(
            _n("Từ lúc bạn xem đã có thay đổi."), _n("Xem lại từng dòng rồi ghi lần nữa.")
        )
    handed: list[Handed] = []
    done = [_done(step, giver, handed) for step in steps if step.does in _DOES]
    PostDone.objects.bulk_create(done)
    PostFile.objects.filter(pk=file.pk).update(state=PostFile.DONE, done_at=Now())
    return handed


_DOES = (ACCOUNT, WOKEN, POST, ENDING)


def _done(step: Step, giver: Access, handed: list[Handed]) -> PostDone:
    if step.does == ENDING:
        assert step.post is not None
        assert step.until is not None
        before = step.post.until
        end_post(step.post, on=step.until, giver=giver)
        return PostDone(row=step.row, did=step.does, post=step.post, until=before)
    assert step.role is not None
    post, password = appoint(
        step.username, step.full_name, step.role, step.unit, giver=giver, hamlet=step.hamlet,
        since=step.since, until=step.until,
    )  # fmt: skip
    if password:
        handed.append(Handed(post, password))
    return PostDone(row=step.row, did=step.does, post=post)


def foresee_take_back(file: PostFile, *, giver: Access) -> Foreseen:
    """What taking a file back today would do."""
    done = list(_what_was_done(file))
    ended = [each for each in done if each.did != ENDING and _is_open(each.post, giver)]
    return Foreseen(
        ended=len(ended),
        given=sum(each.did == ENDING and not _has_again(each.post, giver) for each in done),
        asleep=len({each.post.user_id for each in done if each.did in (ACCOUNT, WOKEN)}),
    )


@transaction.atomic
def take_back(file: PostFile, *, giver: Access) -> Foreseen:
    """Take a file back: its posts end today, what it ended is given again, the accounts it made or
    woke sleep unless they hold another post. Nothing is erased.

    returns  what was done
    Raises Refused when it is not done, or one of its posts is not `giver`'s to end or to give.
    """
    file = PostFile.objects.select_for_update().get(pk=file.pk)
    if file.state != PostFile.DONE:
        raise Refused(_n("Tệp này chưa ghi hoặc đã hoàn tác."))
    done = list(_what_was_done(file))
    ended = [each for each in done if each.did != ENDING and _is_open(each.post, giver)]
    for each in ended:
        if not may_end(giver, each.post):
            raise Refused(
                _n("Tệp có nhiệm vụ ngoài địa bàn của bạn."), _n("Nhờ người quản lý cấp trên.")
            )
        end_post(each.post, on=giver.day, giver=giver)
    again = [each for each in done if each.did == ENDING and not _has_again(each.post, giver)]
    for each in again:
        _give_again(each, giver)
    made = {each.post.user_id for each in done if each.did in (ACCOUNT, WOKEN)}
    asleep = sum(put_to_sleep(user, giver=giver) for user in User.objects.filter(pk__in=made))
    PostFile.objects.filter(pk=file.pk).update(
        state=PostFile.UNDONE, undone_at=Now(), undone_by=giver.user
    )
    return Foreseen(len(ended), len(again), asleep)


def _what_was_done(file: PostFile):
    rows = PostDone.objects.filter(row__file=file).order_by("-row_id")
    return rows.select_related(
        "post__user", "post__unit", "post__hamlet", "post__facility", "post__organisation"
    )


def _is_open(post: Post, giver: Access) -> bool:
    return post.until is None or post.until > max(giver.day, post.since)


def _has_again(post: Post, giver: Access) -> bool:
    """Whether somebody has given a post anew that had ended."""
    same = Post.objects.filter(
        user=post.user, role=post.role, unit=post.unit, hamlet=post.hamlet, facility=post.facility,
        organisation=post.organisation,
    )  # fmt: skip
    return same.exclude(pk=post.pk).exclude(until__lte=giver.day).exists()


def _give_again(done: PostDone, giver: Access) -> None:
    """Give anew a post that a file ended, from the day on which it ends, if that would last."""
    post = done.post
    assert post.until is not None
    since = max(post.until, giver.day)
    if done.until is None or done.until > since:
        grant_post(
            post.user, Role(post.role), post.unit, since=since, until=done.until, giver=giver,
            hamlet=post.hamlet, facility=post.facility, organisation=post.organisation,
        )  # fmt: skip
