"""Where a post is, and what it is called, as somebody writes it in a form or a workbook."""

from datetime import date
from functools import cache

from django.db.models import F
from django.utils import translation
from django.utils.translation import gettext_noop as _n

from hssk.access.errors import Misplaced
from hssk.access.rights import (
    AT_A_FACILITY,
    LOCAL,
    NAMES,
    OF_A_HAMLET,
    OF_AN_ORGANISATION,
    Role,
)
from hssk.kit.text import fold
from hssk.places import services as places
from hssk.places.models import Facility, Hamlet, Organisation, Unit
from hssk.places.rules import hamlet_key

# what people call a post besides its name, folded
_ALSO = {
    "can bo y te": Role.OFFICER,
    "trung tam y te": Role.OFFICER,
    "nhan vien y te": Role.CLINICIAN,
    "tram y te": Role.CLINICIAN,
    "can bo dan so": Role.CLERK,
    "van thu": Role.CLERK,
    "van thu xa": Role.CLERK,
    "cong tac vien": Role.COLLABORATOR,
    "ctv": Role.COLLABORATOR,
    "truong ban": Role.HEAD,
    "to truong": Role.HEAD,
    "truong thon": Role.HEAD,
    "lanh dao ubnd": Role.CHAIR,
    "chu tich ubnd": Role.CHAIR,
    "so y te": Role.PROVINCE,
    "quan tri": Role.ADMINISTRATOR,
    "he thong": Role.INTEGRATOR,
    "kiem tra": Role.AUDITOR,
    "dau moi": Role.ORGANISATION_CONTACT,
}


def role_named(text: str) -> Role | None:
    """The role that a text names, in Vietnamese or English; None where it names none."""
    return _names().get(_bare(text))


@cache
def _names() -> dict[str, Role]:
    names = {_bare(role.value): role for role in Role} | _ALSO
    for language in ("en", "vi"):
        with translation.override(language):
            names |= {_bare(str(name)): role for role, name in NAMES.items()}
    return names


def _bare(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


def unit_of_code(code: str) -> Unit:
    """The unit of that code, the one in force now before one that was.

    Raises Misplaced where there is none.
    """
    units = Unit.objects.filter(code=code).order_by(F("valid_until").desc(nulls_first=True))
    if (found := units.select_related("parent").first()) is None:
        raise Misplaced("unit", _n("Không có đơn vị nào mang mã “{code}”."), code=code)
    return found


def hamlet_of_post(role: Role, unit: Unit | None, text: str, day: date) -> Hamlet | None:
    """The hamlet at which a post ends, as `text` names it; None for a post of the whole unit.

    Raises Misplaced when a post of the village or the commune names no place (nobody holds all by
    a slip), when a hamlet is named for a post of a whole unit, and when it is not there or there
    are several of that name.
    """
    if role in LOCAL and unit is None:
        raise Misplaced("unit", _n("Nhiệm vụ này phải ghi đơn vị."))
    if role not in OF_A_HAMLET:
        if text:
            raise Misplaced("hamlet", _n("Nhiệm vụ này không giao cho một tổ, bản; hãy để trống."))
        return None
    assert unit is not None  # these roles are of the commune
    there = Hamlet.objects.filter(pk__in=places.hamlets_held(unit, day), key=hamlet_key(text))
    found = list(there.select_related("unit")[:2]) if text else []
    if len(found) == 1:
        return found[0]
    if found:
        message = _n("Có nhiều tổ, bản tên này; hãy ghi mã của xã, phường cũ ở trên.")
    else:
        message = _n(
            "Đơn vị này chưa có tổ, bản tên như vậy; hãy ghi như trong danh sách nhân khẩu."
        )
    raise Misplaced("hamlet", message)


def facility_of_post(role: Role, code: str) -> Facility | None:
    """The facility at which a post is, by its code; None for a post that is at none.

    Raises Misplaced when a post at a facility names none, one that is not there or is the station
    of a commune, whose people have posts of their own, and when any other post names one.
    """
    if role not in AT_A_FACILITY:
        if code:
            raise Misplaced("facility", _n("Nhiệm vụ này không ở một cơ sở; hãy để trống."))
        return None
    found = Facility.objects.filter(code=code.upper()).first()
    if found is None:
        raise Misplaced("facility", _n("Không có cơ sở nào mang mã “{code}”."), code=code)
    if found.unit_id is not None:
        raise Misplaced(
            "facility", _n("Đây là trạm y tế: người của trạm nhận nhiệm vụ nhân viên y tế trạm.")
        )
    return found


def organisation_of_post(
    role: Role, unit: Unit | None, code: str, day: date
) -> Organisation | None:
    """The organisation whose contact a post makes somebody, by its code; None for any other post.

    Raises Misplaced when a contact's post names none, or one that lies outside `unit`, and when any
    other post names one.
    """
    if role not in OF_AN_ORGANISATION:
        if code:
            raise Misplaced("organisation", _n("Nhiệm vụ này không của một tổ chức; hãy để trống."))
        return None
    found = places.organisation_of_code(code)
    if found is None or found.until is not None:
        raise Misplaced("organisation", _n("Không có tổ chức nào mang mã “{code}”."), code=code)
    if unit is None or not places.held(unit, [found.unit], day):
        raise Misplaced(
            "organisation", _n("Tổ chức này thuộc {unit}; hãy ghi mã của đơn vị ấy ở trên."),
            unit=str(found.unit),
        )  # fmt: skip
    return found
