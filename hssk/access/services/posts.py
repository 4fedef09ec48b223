"""Posts granted and ended, each by somebody who may."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.auth.hashers import PBKDF2PasswordHasher, get_hasher, make_password
from django.db import transaction
from django.db.models.functions import Lower
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_noop as _n

from hssk.access.errors import NotYours
from hssk.access.models import Post, Sender, User
from hssk.access.rights import AT_A_FACILITY, OF_A_HAMLET, OF_AN_ORGANISATION, Right, Role
from hssk.access.services.areas import Access
from hssk.access.services.scope import as_machine
from hssk.kit.text import fold
from hssk.places import services as places
from hssk.places.models import Facility, Hamlet, Organisation, Unit

FIRST_LASTS = timedelta(days=7)  # a first password: handed over, used once, replaced
SAID_CLEARLY = "abcdefghjkmnpqrstuvwxyz23456789"  # no letter that looks like another

# Whoever has the right to make posts makes these; the others only an administrator makes.
DELEGATED = frozenset(
    {
        *(Role.OFFICER, Role.CLINICIAN, Role.CLERK, Role.COLLABORATOR, Role.HEAD, Role.CHAIR),
        Role.ORGANISATION_CONTACT,
    }
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
        area is None or (unit is not None and places.lies_in(area, unit, giver.day))
        for area in mine
    )


def why_not_given(
    user: User,
    role: Role,
    unit: Unit | None,
    *,
    giver: Access,
    hamlet: Hamlet | None = None,
    facility: Facility | None = None,
    organisation: Organisation | None = None,
) -> NotYours | None:
    """What keeps `giver` from giving `user` such a post; None where he may.

    He gives none to himself, none to the local operator, who holds every right, and to software
    none but to send; a post ends at a hamlet only where its role may and the hamlet lies in `unit`.
    An officer of first contact is one of a facility, no station, and holds no post of another kind.
    A contact is of an organisation that lies in `unit`.
    """
    mine = user == giver.user and not giver.everywhere
    if user.is_local_operator or mine or not may_grant(giver, role, unit):
        return NotYours(_n("Bạn không được giao nhiệm vụ này ở địa bàn này."))
    if role is not Role.INTEGRATOR and is_software(user):
        return NotYours(_n("Đây là tài khoản của phần mềm: chỉ gửi tệp, không nhận việc khác."))
    if hamlet is not None and (
        role not in OF_A_HAMLET
        or unit is None
        or hamlet.pk not in places.hamlets_held(unit, giver.day)
    ):
        return NotYours(_n("Nhiệm vụ này không giao cho một tổ, bản."))
    of_one = organisation is not None
    if (role in OF_AN_ORGANISATION) != of_one or not _lies_in(organisation, unit, giver.day):
        return NotYours(
            _n("Nhiệm vụ này giao ở trang Người và nhiệm vụ, cho một tổ chức của đơn vị đã ghi.")
        )
    return _why_not_at(facility, user, role, giver.day)


def _lies_in(organisation: Organisation | None, unit: Unit | None, day: date) -> bool:
    if organisation is None:
        return True
    return unit is not None and places.lies_in(unit, organisation.unit, day)


def _why_not_at(facility: Facility | None, user: User, role: Role, day: date) -> NotYours | None:
    at_one = role in AT_A_FACILITY
    if at_one != (facility is not None and facility.unit_id is None):
        return NotYours(
            _n("Nhiệm vụ này giao ở trang Người và nhiệm vụ, cho một cơ sở không phải trạm y tế.")
        )
    held = Post.objects.filter(user_id=user.pk).exclude(until__lte=day) if user.pk else ()
    if any((Role(post.role) in AT_A_FACILITY) != at_one for post in held):
        return NotYours(
            _n(
                "Người giữ nhiệm vụ ở nơi đăng ký khám ban đầu không giữ nhiệm vụ nào khác: "
                "cần hai tài khoản."
            )
        )
    return None


def grant_post(
    user: User,
    role: Role,
    unit: Unit | None,
    *,
    since: date,
    giver: Access,
    hamlet: Hamlet | None = None,
    facility: Facility | None = None,
    organisation: Organisation | None = None,
    until: date | None = None,
) -> Post:
    """Give `user` a post in `unit`, in one hamlet of it, at a facility or of an organisation, from
    `since` to the day before `until`.

    Raises NotYours as `why_not_given` says.
    """
    if refusal := why_not_given(
        user, role, unit, giver=giver, hamlet=hamlet, facility=facility, organisation=organisation
    ):
        raise refusal
    with as_machine(giver.user, giver.day):  # that it is theirs to give was seen above
        return Post.objects.create(
            user=user, role=role, unit=unit, hamlet=hamlet, facility=facility,
            organisation=organisation, since=since, until=until, granted_by=giver.user,
        )  # fmt: skip


def may_end(giver: Access, post: Post) -> bool:
    """Whether `giver` may end a post: one that he could give, and not his own, or the last who
    gives posts could lock everybody out."""
    own = post.user_id == giver.user.pk and not giver.everywhere
    return not own and may_grant(giver, Role(post.role), post.unit)


def end_post(post: Post, *, on: date, giver: Access) -> None:
    """End a post on `on`; it opens nothing from that day on.

    Raises NotYours when `may_end` says no.
    """
    if not may_end(giver, post):
        raise NotYours(_n("Bạn không được kết thúc nhiệm vụ này."))
    post.until, post.ended_by = max(on, post.since), giver.user
    with as_machine(giver.user, giver.day):
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


def posts_within(giver: Access, since: date | None = None) -> list[Post]:
    """The posts of others that `giver` may end, and his own: in force or to come, by name.

    since  those too that were in force on that day or have ended after it
    """
    ended = {"until__lte": since or giver.day}
    posts = Post.objects.exclude(**ended).select_related(
        "user", "unit__parent", "hamlet", "facility", "organisation"
    )
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
    facility: Facility | None = None,
    organisation: Organisation | None = None,
    since: date | None = None,
    until: date | None = None,
) -> tuple[Post, str]:
    """Give the user of that name a post, from today on unless `since` says a later day, making
    the account where there is none and waking one that was put to sleep.

    returns  the post, and the first password of an account made or woken, "" for any other
    Raises NotYours as `grant_post`, and leaves no account behind then.
    """
    user = next(iter(accounts_named([username])), None)
    password = ""
    if user is None:
        password = first_password()
        with as_machine(giver.user, giver.day):  # undone where the post is not theirs to give
            user = User.objects.create(
                username=username, password=hashed_first(password), full_name=full_name,
                first_until=giver.day + FIRST_LASTS,
            )  # fmt: skip
    elif not user.is_active:
        password = _woken(user, giver)
    begin = max(since or giver.day, giver.day)
    post = grant_post(
        user, role, unit, since=begin, until=until, giver=giver, hamlet=hamlet, facility=facility,
        organisation=organisation,
    )  # fmt: skip
    return post, password


def accounts_named(names: Iterable[str]) -> list[User]:
    """Whose login names these are, in whichever case they are written: signing in tells no two
    apart, so two accounts of one name would both be shut out. The names as written come first."""
    asked = set(names)
    found = User.objects.annotate(small=Lower("username"))
    users = found.filter(small__in={name.lower() for name in asked}).order_by("username")
    return sorted(users, key=lambda user: user.username not in asked)


def may_be_named(name: str, known: User | None) -> bool:
    """Whether a login name may stand: of plain letters where it is new, for others look alike."""
    return bool(name) and (known is not None or name.isascii())


def are_two_people(one: str, other: str) -> bool:
    """Whether two full names given beside one login name are of two people: whoever bears the
    second is not who is meant. A name left out tells nothing."""
    return bool(one and other) and fold(one) != fold(other)


def hashed_first(password: str) -> str:
    """A first password as it is kept. It has 80 bits and so needs no slowing; a workbook makes
    hundreds. The password that follows it is slowed as any, and so is a wrong try at this one."""
    hasher = get_hasher()
    if isinstance(hasher, PBKDF2PasswordHasher):
        return hasher.encode(password, hasher.salt(), iterations=10_000)
    return make_password(password)


def put_to_sleep(user: User, *, giver: Access) -> bool:
    """Put an account to sleep that holds no post in force or to come; whether it did.

    Nothing of it is erased; whoever gives it a post again wakes it.
    """
    if user == giver.user or Post.objects.filter(user=user).exclude(until__lte=giver.day).exists():
        return False
    user.is_active = False
    with as_machine(giver.user, giver.day):
        user.save(update_fields=["is_active"])
    return True


def may_wake(giver: Access, user: User) -> bool:
    """Whether `giver` may wake an account that was put to sleep: who could give all it holds."""
    held = Post.objects.filter(user=user).exclude(until__lte=giver.day).select_related("unit")
    return all(may_grant(giver, Role(post.role), post.unit) for post in held)


def is_software(user: User) -> bool:
    """Whether an account is that of a facility's software: it has no password for pages."""
    return not user.has_usable_password() and Sender.objects.filter(user=user).exists()


def _woken(user: User, giver: Access) -> str:
    """A new first password for an account that was put to sleep."""
    if is_software(user) or not may_wake(giver, user):
        raise NotYours(_n("Bạn không được mở lại tài khoản này."))
    password = first_password()
    user.is_active, user.woken_on, user.password = True, giver.day, hashed_first(password)
    user.first_until = giver.day + FIRST_LASTS
    with as_machine(giver.user, giver.day):
        user.save(update_fields=["is_active", "woken_on", "password", "first_until"])
    return password
