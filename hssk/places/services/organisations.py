"""Organisations: agencies, unions, schools and enterprises, each of a unit."""

import re
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_noop as _n

from hssk.kit.errors import Trouble
from hssk.kit.text import clean, fold
from hssk.places.models import Organisation, Unit

_CODE = re.compile(r"TC0*([0-9]{1,12})")


class BadOrganisation(Trouble):
    """An organisation that cannot be made, closed or found; the message says why."""


def make_organisation(*, name: str, kind: str, unit: Unit, since: date) -> Organisation:
    """A new organisation of a unit, from a day on.

    name  as it writes itself, up to 200 letters
    kind  one of Organisation.KINDS
    Raises BadOrganisation for no name, no kind, and where the unit has one of that name already.
    """
    name = clean(name)[:200]
    if not fold(name) or kind not in Organisation.KINDS:
        raise BadOrganisation(_n("Hãy ghi tên và chọn loại của tổ chức."))
    try:
        with transaction.atomic():
            return Organisation.objects.create(
                name=name, key=fold(name), kind=kind, unit=unit, since=since
            )
    except IntegrityError as twice:
        raise BadOrganisation(
            _n("{unit} đã có “{name}”. Hãy mở tổ chức ấy, hoặc ghi tên khác đi."),
            unit=str(unit), name=name,
        ) from twice  # fmt: skip


def close_organisation(organisation: Organisation, until: date) -> None:
    """An organisation that is no more from `until` on; its members stay written down.

    Raises BadOrganisation when it was closed already.
    """
    closed = Organisation.objects.filter(pk=organisation.pk, until=None)
    if not closed.update(until=max(until, organisation.since)):
        raise BadOrganisation(_n("Tổ chức này đã ngừng."))


def organisation_of_code(code: str) -> Organisation | None:
    """The organisation that a code of ours names, "TC0007" or "tc7"; None where there is none."""
    match = _CODE.fullmatch(code.strip().upper())
    found = Organisation.objects.select_related("unit__parent")
    return found.filter(pk=int(match[1])).first() if match else None
