"""Two keys, two people: of whose proposals somebody may not turn the second key.

Whoever gives posts hands over a first password, and so can come in as those he gives them to. Where
one gave the other a post, both keys may be in one hand, though two names stand in the log.
"""

from datetime import date, datetime, timedelta
from functools import cached_property

from django.utils.timezone import localdate
from django.utils.translation import gettext_noop as _n

from hssk.access.models import Post, User
from hssk.access.services import access_of, may_let_in
from hssk.people.errors import Refused

LATELY = timedelta(days=30)  # so long before a proposal an account or a post counts as new


class Hands:
    """The hands in which the key of one user may be, looked up once for a list of proposals."""

    def __init__(self, user: User) -> None:
        self.user = user

    def hold_both(self, proposer: User, proposed_on: date) -> bool:
        """Whether the key of this user may be in the hand of the proposer, or the other way round.

        The proposer gave this user a post or changed one, himself or through others, whenever that
        was; this user gave the proposer one in the 30 days before the proposal; or one of them
        could have handed the other a new password in those days.
        """
        since = proposed_on - LATELY
        return (
            proposer.pk == self.user.pk
            or proposer.pk in self.above
            or (self._gives_posts and self.user.pk in givers_of(proposer, since))
            or _may_have_come_as(proposer, self.user, since)
            or _may_have_come_as(self.user, proposer, since)
        )

    def hold_both_at_the_desk(self, proposer: User, proposed_on: date) -> bool:
        """The same of two colleagues at one desk, of whom whoever gives posts in that commune alone
        could be both: neither ever gave the other a post, nor did one person make both anew.
        """
        if self.hold_both(proposer, proposed_on):
            return True
        givers, since = givers_of(proposer), proposed_on - LATELY
        both_new = _is_new(proposer, since) and _is_new(self.user, since)
        return self.user.pk in givers or (both_new and bool(givers & self.above))

    @cached_property
    def above(self) -> frozenset[int]:
        """Who gave this user a post, and who gave those theirs."""
        return givers_of(self.user)

    @cached_property
    def _gives_posts(self) -> bool:
        return Post.objects.filter(granted_by=self.user).exclude(user=self.user).exists()


def refuse_one_hand(second: User, first: User, at: datetime) -> None:
    """Raise Refused where the yes of `second` to what `first` did at `at` may be of one hand."""
    if Hands(second).hold_both(first, localdate(at)):
        raise Refused(
            _n(
                "Hai người phải độc lập với nhau: một người đã giao nhiệm vụ hoặc mở tài khoản cho "
                "người kia. Hãy nhờ người khác."
            )
        )


def givers_of(user: User, since: date | None = None) -> frozenset[int]:
    """The keys of those to whom the posts of `user` go back, through however many others.

    since  only by posts given on that day or later
    The local operator, who never signs in on the web and holds everything anyway, is left out.
    """
    every = (
        Post.objects.all() if since is None else Post.objects.filter(granted_at__date__gte=since)
    )
    found: set[int] = set()
    below = {user.pk}
    while below:
        posts = every.filter(user__in=below).values_list("granted_by", "ended_by")
        below = {giver for post in posts for giver in post if giver} - found - {user.pk}
        found |= below
    operator = User.objects.filter(pk__in=found, username=User.LOCAL_OPERATOR)
    return frozenset(found.difference(operator.values_list("pk", flat=True)))


def _is_new(user: User, since: date) -> bool:
    """Whether an account was made, or let in again, on that day or later."""
    return user.date_joined.date() >= since or _was_let_in(user, since)


def _was_let_in(user: User, since: date) -> bool:
    return user.woken_on is not None and user.woken_on >= since


def _may_have_come_as(one: User, other: User, since: date) -> bool:
    """Whether `one` may have given `other` the password by which they came in since then."""
    return _was_let_in(other, since) and may_let_in(access_of(one, other.woken_on or since), other)
