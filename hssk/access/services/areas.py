"""What somebody may see and do: the rights of their posts, each within the area of its post."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import prefetch_related_objects

from hssk.access.models import Post, User
from hssk.access.rights import RIGHTS, Right, Role
from hssk.access.tiers import Kind
from hssk.places import services as places
from hssk.places.models import Unit


class Access:
    """The posts of one user on one day, read once, and what they open. Nothing else does.

    The local operator, who works on the command line of the computer itself, holds every right
    everywhere.
    """

    def __init__(self, user: User, day: date) -> None:
        self.user, self.day = user, day
        self.everywhere = user.is_local_operator and user.is_active
        self.by = Kind.AREA  # by which kind of basis this request shows what it shows
        self.looked = False  # whether what this request shows has been written down
        self.purpose = ""  # the page or command that asks
        self.refused: list[tuple[Any, ...]] = []  # what it was turned away from, to be written

    @cached_property
    def posts(self) -> list[Post]:
        """The posts in force, those of one unit together."""
        mine = Post.objects.on(self.day).filter(user=self.user).order_by("unit_id", "id")
        posts = list(mine)
        for post in posts:
            if post.unit_id is not None:
                post.unit = places.unit_of_key(post.unit_id)
        # most have none of these: a join with all would cost everybody, on every page
        for name in ("hamlet", "facility", "organisation"):
            if any(getattr(post, f"{name}_id") for post in posts):
                prefetch_related_objects(posts, name)
        return posts

    def with_right(self, *rights: Right) -> list[Post]:
        """The posts that have one of these rights."""
        return [post for post in self.posts if RIGHTS[Role(post.role)].intersection(rights)]

    def allows(self, *rights: Right) -> bool:
        """Whether one of `rights` is held anywhere at all."""
        return self.everywhere or bool(self.with_right(*rights))

    def first_of(self, *rights: Right) -> Right:
        """The first of `rights` that is held somewhere, as the log names it; else the last."""
        return next((right for right in rights if self.allows(right)), rights[-1])

    @cached_property
    def facilities(self) -> frozenset[int]:
        """The facilities of which they are the officer of first contact. None where they hold a
        post of another kind besides: no right of that one reaches whom this one shows. Said as
        people/sql/registered.sql says it to the database's own wall."""
        at = frozenset(post.facility_id for post in self.posts if post.facility_id is not None)
        return at if all(post.facility_id for post in self.posts) else frozenset()

    @property
    def organisations(self) -> frozenset[int]:
        """The organisations whose contact they are."""
        held = (post.organisation_id for post in self.with_right(Right.ORGANISATION))
        return frozenset(key for key in held if key is not None)

    def hamlets(self, right: Right) -> frozenset[int] | None:
        """The hamlets in which `right` is held; None for all there are and will be.

        A post that happens to hold every hamlet of today is still of its own area: people without
        a home, and records, may lie outside it.
        """
        if self.holds_everything(right):
            return None
        return self._hamlets[right]

    def hamlets_of(self, post: Post) -> frozenset[int] | None:
        """The hamlets of one post; None for all there are and will be."""
        if not post.has_area:
            return frozenset()
        if post.unit is None:
            return None
        if post.hamlet_id is not None:
            return frozenset({post.hamlet_id})
        return places.hamlets_held(post.unit, self.day)

    def holds_hamlet(self, hamlet: int, right: Right) -> bool:
        """Whether `right` is held in a hamlet."""
        mine = self.hamlets(right)
        return mine is None or hamlet in mine

    def holds_hamlets(self, hamlets: Iterable[int], right: Right) -> bool:
        """Whether `right` is held in each of `hamlets`."""
        mine = self.hamlets(right)
        return mine is None or mine.issuperset(hamlets)

    def holds_unit(self, unit: Unit, right: Right) -> bool:
        """Whether `right` is held in the whole of a unit; a post of a hamlet holds no unit."""
        if self.holds_everything(right):
            return True
        if unit.pk not in self._units[right]:
            areas = self.units(right)
            self._units[right][unit.pk] = any(
                places.lies_in(area, unit, self.day) for area in areas
            )
        return self._units[right][unit.pk]

    def units(self, right: Right) -> set[Unit]:
        """The units of the posts that have `right`, those of a hamlet or of no area left out."""
        whole = (p for p in self.with_right(right) if p.has_area and not p.hamlet_id)
        return {post.unit for post in whole if post.unit is not None}

    def holds_everything(self, right: Right) -> bool:
        """Whether `right` is held in all that this installation has and will have."""
        return self.everywhere or any(
            post.unit_id is None and post.has_area for post in self.with_right(right)
        )

    @cached_property
    def _units(self) -> dict[Right, dict[int, bool]]:
        return {right: {} for right in Right}

    @cached_property
    def _hamlets(self) -> "_Hamlets":
        return _Hamlets(self)


class _Hamlets(dict[Right, frozenset[int]]):
    """Right → the hamlets in which it is held, worked out when first asked for."""

    def __init__(self, access: Access) -> None:
        super().__init__()
        self.access = access

    def __missing__(self, right: Right) -> frozenset[int]:
        areas = (self.access.hamlets_of(post) or () for post in self.access.with_right(right))
        self[right] = found = frozenset[int]().union(*areas)
        return found


def access_of(user: User, day: date) -> Access:
    """What `user` may see and do on `day`."""
    return Access(user, day)
