"""Why somebody sees a person: by which of their posts, and what ties that person to its area; or
because the person is in the care of their facility, or registered with it for first contact."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hssk.access.models import Post
from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.people import models as people
from hssk.people.models import Holding, Listing, Person
from hssk.people.services import Event, Homes, care_of, homes_of
from hssk.people.services.registering import facilities_of
from hssk.places import services as places

EVENTS = {
    Event.VISIT: gettext_lazy("Người này đến khám ở {unit}."),
    Event.OPENING: gettext_lazy("Người này đến lập hồ sơ ở {unit}."),
    Event.REFERRAL: gettext_lazy("Người này được chuyển đến {unit}."),
    Event.PROGRAMME: gettext_lazy("Người này được theo dõi theo chương trình ở {unit}."),
    Event.FIRST_CONTACT: gettext_lazy("Người này đăng ký khám bệnh ban đầu ở {unit}."),
}
# One reason of each facility is told: the first of these, the earliest of it. Beside a visit that
# may be read, another or a referral would tell of one that may not.
_TOLD_FIRST = (
    Event.OPENING, Event.FIRST_CONTACT, Event.VISIT, Event.REFERRAL, Event.PROGRAMME,
)  # fmt: skip


@dataclass(frozen=True)
class Basis:
    """A reason in words of the person's own page: `post` of an area or a facility, or `care` with
    its days."""

    because: str
    post: Post | None = None
    care: people.Basis | None = None


def bases_of(
    who: Access,
    person: Person,
    at: datetime,
    right: Right = Right.REGISTER,
    *,
    care: Iterable[people.Basis] | None = None,
) -> list[Basis]:
    """What opens `person` to `who` on a page that needs `right`: posts, each with what ties the
    person to it, care, and the facility with which they are registered.

    care  as `care_of` gives it, where the page knows it already
    """
    homes = homes_of(person.root)
    said = [(post, _because(who, post, person, homes)) for post in who.with_right(right)]
    by_area = [Basis(because, post=post) for post, because in said if because]
    care = care_of(person, who, at=at) if care is None else care
    ranked = sorted(care, key=lambda one: (_TOLD_FIRST.index(Event(one.why)), one.since, one.pk))
    cares = {one.unit_id: one for one in reversed(ranked)}
    by_care = [
        Basis(str(EVENTS[Event(one.why)]).format(unit=one.unit), care=one) for one in cares.values()
    ]
    return by_area + by_care + _registered(who, person)


def _registered(who: Access, person: Person) -> list[Basis]:
    """The posts at the facility with which the register states `person` to be registered."""
    if not who.facilities:
        return []
    at = facilities_of([person.root]).get(person.root)
    because = _("Sổ đăng ký ghi người này khám bệnh, chữa bệnh ban đầu ở đó.")
    return [Basis(because, post=post) for post in who.posts if at and post.facility_id == at]


def _because(who: Access, post: Post, person: Person, homes: Homes) -> str:
    hamlets = who.hamlets_of(post)
    if hamlets is None:
        return _("Nhiệm vụ này gồm mọi nơi có dữ liệu ở đây.")
    if homes.hamlets & hamlets:
        return _("Người này sống ở đó.") if homes.now else _(
            "Nơi ở cuối cùng được biết của người này là ở đó."
        )  # fmt: skip
    return "" if homes.now else _named_there(post, person, hamlets)


def _named_there(post: Post, person: Person, hamlets: frozenset[int]) -> str:
    if Listing.objects.filter(person__root=person.root, hamlet_id__in=hamlets).exists():
        return _("Người này có tên trong danh sách ở đó.")
    if post.unit is None or post.hamlet_id is not None:
        return ""
    units = places.units_held(post.unit)
    if Holding.objects.filter(person__root=person.root, unit_id__in=units).exists():
        return _("Hồ sơ của người này được giữ ở đó.")
    return ""
