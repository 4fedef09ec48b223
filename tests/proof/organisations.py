"""Organisations, who belongs to them and their lists in the world, and whose they are not."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from hssk.access.models import User
from hssk.access.rights import Role
from hssk.exchange.models import LinkDecision, MemberFile
from hssk.people.models import Membership
from hssk.places.models import Hamlet, Organisation, Unit
from tests.proof.drawn import Find
from tests.village import JANUARY, MARCH

DELIVER = {Role.OFFICER, Role.CLERK}


def found_organisations(communes: Collection[Unit]) -> None:
    """One of each commune."""
    for commune in communes:
        Organisation.objects.create(name="x", key="x", kind="school", unit=commune, since=JANUARY)


def belong(home_of: Mapping[int, tuple[UUID, str]], by: User) -> None:
    """Those who live in a commune belong to its organisation, and stand on a list of it.

    home_of  hamlet → somebody who lives there, and their name
    """
    for one in Organisation.objects.all():
        file = MemberFile.objects.create(
            organisation=one, on=MARCH, state=MemberFile.DONE, file_name="x.xlsx",
            digest=f"{one.pk:064}", size=1, actor=by, created_at=timezone.now(),
        )  # fmt: skip
        hamlets = Hamlet.objects.filter(unit=one.unit, pk__in=home_of)
        for person, name in dict(home_of[hamlet.pk] for hamlet in hamlets).items():
            row = file.rows.create(
                sheet="x", number=1, cells=[name], facts={"name": name}, person=person,
                decision=LinkDecision.SAME,
            )  # fmt: skip
            Membership.objects.create(
                organisation=one, person=person, since=JANUARY, source=file.pk, row=row.pk
            )


def of_others(
    units: Collection[int], mine: Collection[int], here: Callable[[UUID], bool]
) -> dict[str, Find]:
    """How to find keys of each kind that lie in units of others, and are not of whoever asks.

    here  whether somebody lives where the asker works: one may live in several places, and an
          organisation to which anybody of here belongs is shown here
    """

    def theirs() -> list[int]:
        met = {one.organisation_id for one in Membership.objects.all() if here(one.person)}
        found = Organisation.objects.filter(unit__in=units).exclude(pk__in={*mine, *met})
        return list(found.values_list("pk", flat=True))

    files = MemberFile.objects.values_list("pk", flat=True)
    return {
        "organisation": theirs,
        "members": lambda: files.filter(organisation__in=theirs()),
    }


def filled_in(theirs: dict[str, Any]) -> dict[str, Any]:
    """What the forms of organisations ask, for the places of others."""
    return {
        "name": "x", "kind": "school", "unit": str(theirs["code"]), "on": "31/3/2024", "act": "undo",
        "upload": SimpleUploadedFile("a.csv", "Họ và tên\nAi\n".encode()), "row": "1", "shown": "x",
    }  # fmt: skip
