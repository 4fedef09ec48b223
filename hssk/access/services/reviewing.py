"""Twice a year whoever gives posts looks at each: it is still needed, or it ends.

Source: issue 3 §4 (a half-yearly access review); domain.md §8.3.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max, QuerySet
from django.db.models.functions import Coalesce, Greatest, Now
from django.utils.timezone import get_current_timezone

from hssk.access.models import Confirmation, Post
from hssk.access.services.areas import Access
from hssk.access.services.posts import end_post, may_end, posts_within

CONFIRMED_FOR = timedelta(days=183)


@dataclass(frozen=True)
class Reviewed:
    """One post under review.

    signed_in  the last day on which its user came in; None for never
    looked     the last day on which its user was shown anybody; None for never
    confirmed  the last day on which somebody said that it is needed; None for never
    age        days since it was given, or confirmed last
    """

    post: Post
    signed_in: date | None
    looked: date | None
    confirmed: date | None
    age: int
    overdue: bool


def to_review(giver: Access) -> list[Reviewed]:
    """Every post of others that `giver` may end, the one longest unconfirmed first."""
    posts = [post for post in posts_within(giver) if may_end(giver, post)]
    last = dict(
        Confirmation.objects.filter(post__in=posts)
        .values_list("post")
        .annotate(last=Max("at"))
        .order_by()
    )
    looked = _last_looks({post.user_id for post in posts})
    found = [_reviewed(post, looked.get(post.user_id), last.get(post.pk), giver) for post in posts]
    return sorted(found, key=lambda each: -each.age)


def _reviewed(
    post: Post, looked: datetime | None, confirmed: datetime | None, giver: Access
) -> Reviewed:
    given = max(post.granted_at.astimezone(get_current_timezone()).date(), post.since)
    said = _day(confirmed)
    age = max((giver.day - max(given, said or given)).days, 0)
    came = _day(post.user.last_login)
    return Reviewed(post, came, _day(looked), said, age, overdue=age > CONFIRMED_FOR.days)


def _day(moment: datetime | None) -> date | None:
    return moment.astimezone(get_current_timezone()).date() if moment else None


def _last_looks(users: Collection[int]) -> dict[int, datetime]:
    """When each was shown anybody last. The log itself is closed to who gives posts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT actor, at FROM access_last_looks(%s)", [list(users)])
        return {actor: at for actor, at in cursor.fetchall() if at}


@transaction.atomic
def review_posts(
    needed: Collection[int], ended: Collection[int], *, giver: Access
) -> tuple[int, int]:
    """Confirm some posts and end others today, by their keys; how many of each.

    What is not his to end, or is in both, is left alone.
    """
    mine = {post.pk: post for post in posts_within(giver) if may_end(giver, post)}
    keep = [mine[key] for key in set(needed) - set(ended) if key in mine]
    gone = [mine[key] for key in set(ended) - set(needed) if key in mine]
    Confirmation.objects.bulk_create(
        Confirmation(post=post, actor=giver.user, at=Now()) for post in keep
    )
    for post in gone:
        end_post(post, on=giver.day, giver=giver)
    return len(keep), len(gone)


def overdue(on: date) -> QuerySet[Post]:
    """The posts in force on `on`, of anybody, that nobody confirmed for half a year."""
    said = Greatest("granted_at", Coalesce(Max("confirmations__at"), "granted_at"))
    return (
        Post.objects.on(on)
        .annotate(said=said)
        .filter(said__date__lt=on - CONFIRMED_FOR, since__lt=on - CONFIRMED_FOR)
    )
