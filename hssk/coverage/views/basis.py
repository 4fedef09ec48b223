"""Why somebody sees a person: by which of their posts, and what ties that person to its area."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from hssk.access.models import Post
from hssk.access.rights import Right
from hssk.access.services import Access
from hssk.coverage.models import LedgerRow
from hssk.people.models import Holding, Listing, Person
from hssk.places import services as places


@dataclass(frozen=True)
class Basis:
    """A post with its reason, in words of the person's own page."""

    post: Post
    because: str


def bases_of(who: Access, person: Person, row: LedgerRow | None) -> list[Basis]:
    """The posts of `who` that open the register of `person`, each with what ties them to it.

    row  where the person lives on the day asked, if anywhere
    """
    said = [(post, _because(who, post, person, row)) for post in who.with_right(Right.REGISTER)]
    return [Basis(post, because) for post, because in said if because]


def _because(who: Access, post: Post, person: Person, row: LedgerRow | None) -> str:
    hamlets = who.hamlets_of(post)
    if hamlets is None:
        return _("Nhiệm vụ này gồm mọi nơi có dữ liệu ở đây.")
    if row is not None:
        return _("Người này sống ở đó.") if row.hamlet_id in hamlets else ""
    if Listing.objects.filter(person__root=person.root, hamlet_id__in=hamlets).exists():
        return _("Người này có tên trong danh sách ở đó.")
    if post.unit is None or post.hamlet_id is not None:
        return ""
    units = places.units_held(post.unit)
    if Holding.objects.filter(person__root=person.root, unit_id__in=units).exists():
        return _("Hồ sơ của người này được giữ ở đó.")
    return ""
