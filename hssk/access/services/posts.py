"""Posts granted and ended, each by somebody who may."""

from datetime import date

from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_noop as _n

from hssk.access.errors import NotYours
from hssk.access.models import Post, User
from hssk.access.rights import OF_A_HAMLET, Right, Role
from hssk.access.services.areas import Access
from hssk.places import services as places
from hssk.places.models import Hamlet, Unit

SAID_CLEARLY = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like another

# Whoever has the right to make posts makes these; the others only an administrator makes.
DELEGATED = frozenset(
    {Role.OFFICER, Role.CLINICIAN, Role.CLERK, Role.COLLABORATOR, Role.HEAD, Role.CHAIR}
)


def may_grant(giver: Access, role: Role, unit: Unit | None) -> bool:
    """Whether `giver` may make posts of `role` in `unit`: a delegated role, in his own area.

    unit  None for everywhere
    """
    if giver.everywhere:
        return True
    posts = giver.with_right(Right.POSTS)
    if role not in DELEGATED:
        posts = [post for post in posts if Role(post.role) is Role.ADMINISTRATOR]
    mine = [post.unit for post in posts if not post.hamlet_id]
    return any(
        area is None or (unit is not None and places.held(area, [unit], giver.day)) for area in mine
    )


def grant_post(
    user: User,
    role: Role,
    unit: Unit | None,
    *,
    since: date,
    giver: Access,
    hamlet: Hamlet | None = None,
) -> Post:
    """Give `user` a post in `unit`, or in one hamlet of it, from `since` on.

    Raises NotYours when `giver` may not, or would give it to himself, and when a post of that role
    cannot end at a hamlet or the hamlet does not lie in `unit`.
    """
    if not may_grant(giver, role, unit) or (user == giver.user and not giver.everywhere):
        raise NotYours(_n("Bạn không được giao nhiệm vụ này ở địa bàn này."))
    if hamlet is not None and (
        role not in OF_A_HAMLET
        or unit is None
        or hamlet.pk not in places.hamlets_held(unit, giver.day)
    ):
        raise NotYours(_n("Nhiệm vụ này không giao cho một tổ, bản."))
    return Post.objects.create(
        user=user, role=role, unit=unit, hamlet=hamlet, since=since, granted_by=giver.user
    )


def end_post(post: Post, *, on: date, giver: Access) -> None:
    """End a post on `on`; it opens nothing from that day on.

    Raises NotYours as `grant_post`: nobody ends his own either, or the last who gives posts could
    lock everybody out.
    """
    own = post.user_id == giver.user.pk and not giver.everywhere
    if own or not may_grant(giver, Role(post.role), post.unit):
        raise NotYours(_n("Bạn không được kết thúc nhiệm vụ này."))
    post.until, post.ended_by = max(on, post.since), giver.user
    post.save(update_fields=["until", "ended_by"])


def first_password() -> str:
    """A password to be said aloud and changed at once; some 80 bits."""
    return "-".join(get_random_string(4, SAID_CLEARLY) for _ in range(4))


def grantable(giver: Access) -> list[Role]:
    """The roles of which `giver` may make posts somewhere."""
    if giver.everywhere:
        return list(Role)
    administers = any(Role(post.role) is Role.ADMINISTRATOR for post in giver.posts)
    return [role for role in Role if administers or role in DELEGATED]


def posts_within(giver: Access) -> list[Post]:
    """The posts of others that `giver` may end, and his own: in force or to come, by name."""
    posts = Post.objects.exclude(until__lte=giver.day).select_related("user", "unit", "hamlet")
    return [
        post
        for post in posts.order_by("user__full_name", "user__username", "id")
        if may_grant(giver, Role(post.role), post.unit)
    ]


@transaction.atomic
def appoint(
    username: str,
    full_name: str,
    role: Role,
    unit: Unit | None,
    *,
    giver: Access,
    hamlet: Hamlet | None = None,
) -> tuple[Post, str]:
    """Give the user of that name a post from today on, making the account where there is none.

    returns  the post, and the first password of a new account, "" for one that was there
    Raises NotYours as `grant_post`, and leaves no account behind then.
    """
    user = User.objects.filter(username=username).first()
    password = ""
    if user is None:
        password = first_password()
        user = User.objects.create_user(username, password=password, full_name=full_name)
    elif user.is_local_operator:
        raise NotYours(_n("Bạn không được giao nhiệm vụ này ở địa bàn này."))
    post = grant_post(user, role, unit, since=giver.day, giver=giver, hamlet=hamlet)
    return post, password
