"""Posts granted and ended, each by somebody who may."""

from datetime import date

from django.utils.translation import gettext_noop as _n

from hssk.access.errors import NotYours
from hssk.access.models import Post, User
from hssk.access.rights import OF_A_HAMLET, RIGHTS, Right, Role
from hssk.access.services.areas import Access
from hssk.places import services as places
from hssk.places.models import Hamlet, Unit

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
    return any(area is None or (unit is not None and places.held(area, [unit])) for area in mine)


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

    Raises NotYours when `giver` may not, when nobody gives himself a post, or when a post of that
    role cannot end at a hamlet.
    """
    if not may_grant(giver, role, unit) or (user == giver.user and not giver.everywhere):
        raise NotYours(_n("Bạn không được giao nhiệm vụ này ở địa bàn này."))
    if hamlet is not None and (
        role not in OF_A_HAMLET or unit is None or hamlet.unit_id != unit.pk
    ):
        raise NotYours(_n("Nhiệm vụ này không giao cho một tổ, bản."))
    return Post.objects.create(
        user=user, role=role, unit=unit, hamlet=hamlet, since=since, granted_by=giver.user
    )


def end_post(post: Post, *, on: date, giver: Access) -> None:
    """End a post on `on`; it opens nothing from that day on. Raises NotYours as `grant_post`."""
    if not may_grant(giver, Role(post.role), post.unit):
        raise NotYours(_n("Bạn không được kết thúc nhiệm vụ này."))
    post.until, post.ended_by = max(on, post.since), giver.user
    post.save(update_fields=["until", "ended_by"])


def rights_in_words(role: Role) -> list[Right]:
    """The rights of a role, in the order of the table."""
    return [right for right in Right if right in RIGHTS[role]]
