"""When units are merged, divided or renamed: posts stay as they were until somebody gives new ones.

Source: decision 9; protection.md §1.3 and I6: access after ⊆ access before ∪ approved.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_noop as _n

from hssk.access.errors import NotYours
from hssk.access.models import Post, User
from hssk.access.rights import Role
from hssk.access.services.areas import Access, access_of
from hssk.access.services.posts import (
    end_post,
    grant_post,
    may_end,
    posts_within,
    why_not_given,
)
from hssk.places import services as places
from hssk.places.models import Hamlet, Unit


@dataclass(frozen=True)
class Heir:
    """A unit in which a post may be given anew, and the hamlets that the new post would open.

    given  whether its user has that post there already
    """

    unit: Unit
    hamlets: frozenset[int]
    given: bool


@dataclass(frozen=True)
class Regrant:
    """A post whose unit has ended on `ended`: the hamlets it still opens, where it may be given."""

    post: Post
    ended: date
    hamlets: frozenset[int]
    heirs: tuple[Heir, ...]


@dataclass(frozen=True)
class Opened:
    """The hamlets that somebody's posts opened on one day and open on a later one.

    approved  those that posts open which were given in between
    """

    user: User
    before: frozenset[int]
    after: frozenset[int]
    approved: frozenset[int]

    @property
    def beyond(self) -> frozenset[int]:
        """What has come without anybody giving it: nothing, or something is wrong."""
        return self.after - self.before - self.approved


def regrants(giver: Access) -> list[Regrant]:
    """The posts of others that `giver` may end and whose unit is no more, with what became of it.

    A post of a hamlet may be given anew where that hamlet lies now; where its commune was divided,
    that is known once somebody has said which heir took it.
    """
    return [
        Regrant(post, ended, opened(post, giver.day), _heirs(post, giver))
        for post in posts_within(giver)
        if post.unit is not None
        and (ended := post.unit.valid_until) is not None
        and ended <= giver.day
        and may_end(giver, post)
    ]


def _heirs(post: Post, giver: Access) -> tuple[Heir, ...]:
    assert post.unit is not None
    found = []
    held = Post.objects.on(giver.day).filter(user=post.user, role=post.role)
    for successor in places.successors(post.unit, giver.day):
        unit = successor.unit
        hamlets = places.hamlets_held(unit, giver.day)
        if post.hamlet_id is not None:
            hamlets &= {post.hamlet_id}
        if _may_give_there(giver, post, unit) and (hamlets or post.hamlet_id is None):
            given = held.filter(
                unit=unit, hamlet=post.hamlet, facility=post.facility,
                organisation=post.organisation,
            ).exists()  # fmt: skip
            found.append(Heir(unit, hamlets, given))
    return tuple(found)


def _may_give_there(giver: Access, post: Post, unit: Unit) -> bool:
    """Whether `giver` may give the user of `post` the same role in `unit`."""
    return (
        why_not_given(
            post.user, Role(post.role), unit, giver=giver, facility=post.facility,
            organisation=post.organisation,
        ) is None
    )  # fmt: skip


@transaction.atomic
def regrant(post: Post, units: Collection[Unit], *, giver: Access) -> list[Post]:
    """End a post whose unit is no more, and give it anew in each of `units`: from today, or from
    its own first day where that is still to come, to its own last.

    units    of what became of its unit; those where its user has the post already are passed over
    returns  the new posts
    Raises NotYours when one of `units` is not an heir, or not his to give in; nothing is done then.
    """
    heirs = {heir.unit.pk: heir for heir in _heirs(post, giver)}
    if not units or any(unit.pk not in heirs for unit in units):
        raise NotYours(_n("Bạn không được giao lại nhiệm vụ này ở đơn vị ấy."))
    given = [
        grant_post(
            post.user,
            Role(post.role),
            unit,
            since=max(giver.day, post.since),
            until=post.until,
            giver=giver,
            hamlet=post.hamlet,
            facility=post.facility,
            organisation=post.organisation,
        )
        for unit in units
        if not heirs[unit.pk].given
    ]
    end_post(post, on=giver.day, giver=giver)
    return given


@transaction.atomic
def regrant_many(chosen: Mapping[int, Collection[int]], *, giver: Access) -> tuple[int, int]:
    """Give several posts anew: key of a post → keys of the units chosen for it; none leaves it.

    returns  how many posts ended, how many were given
    Raises NotYours as `regrant`; then nothing is done. What is not his to end is left alone.
    """
    known = {each.post.pk: each for each in regrants(giver)}
    ended = given = 0
    for key, units in chosen.items():
        if key in known and units:
            given += len(
                regrant(known[key].post, list(Unit.objects.filter(pk__in=units)), giver=giver)
            )
            ended += 1
    return ended, given


def opened(post: Post, day: date) -> frozenset[int]:
    """The hamlets that a post opens on a day on which it is in force."""
    found = access_of(post.user, day).hamlets_of(post)
    return frozenset(Hamlet.objects.values_list("pk", flat=True)) if found is None else found


def opened_by(posts: Iterable[Post], before: date, after: date) -> list[Opened]:
    """What the posts of each user opened on `before` and open on `after`, by name of the user.

    posts  those asked about; of them count those in force on the two days
    """
    mine: dict[User, list[Post]] = {}
    for post in posts:
        mine.setdefault(post.user, []).append(post)
    found = [
        Opened(
            user,
            _union(held, before),
            _union(held, after),
            _union([post for post in held if post.since > before], after),
        )
        for user, held in mine.items()
    ]
    return sorted(found, key=lambda each: (str(each.user), each.user.username))


def _union(posts: Iterable[Post], day: date) -> frozenset[int]:
    there = (post for post in posts if _in_force(post, day))
    return frozenset[int]().union(*(opened(post, day) for post in there))


def _in_force(post: Post, day: date) -> bool:
    return post.since <= day and (post.until is None or post.until > day)
