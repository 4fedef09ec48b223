"""Where a post is, and what it is called, as somebody writes it in a form or a workbook."""

import re
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
    Right,
    Role,
)
from hssk.access.services.areas import Access
from hssk.kit.text import fold
from hssk.places import services as places
from hssk.places.models import Facility, Hamlet, Organisation, Unit
from hssk.places.rules import hamlet_key

_WITH_UNIT = re.compile(r"(.*?)\s*(?:\(([^()]*)\))?\s*", re.DOTALL)
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


def unit_of_post(text: str, day: date) -> Unit:
    """The unit of that code, or that bears that name on `day`.

    Raises Misplaced where there is none, and where a name fits several.
    """
    if text[:1].isdigit():
        return unit_of_code(text)
    meant = places.UnitNames(None, day).meant(text)
    if isinstance(meant, places.Ambiguous):
        raise Misplaced(
            "unit", _n("“{text}” có thể là: {units}. Hãy ghi mã."),
            text=text, units=", ".join(f"{unit} ({unit.code})" for unit in meant.candidates),
        )  # fmt: skip
    if meant is None:
        raise Misplaced("unit", _n("Không có đơn vị nào tên “{text}”."), text=text)
    return meant


def units_to_choose(access: Access, right: Right) -> list[Unit]:
    """The communes of the areas in which one has `right`, to choose from; for whoever has it
    everywhere, those of today's map in which this installation has hamlets."""
    areas = access.units(right)
    found = {one.pk: one for area in areas for one in places.communes_of(area, access.day)}
    if access.holds_everything(right):
        known = Hamlet.objects.values_list("unit", flat=True).distinct()
        drawn = places.on_map(set(known), access.day)
        found |= {area.unit.pk: area.unit for area in drawn.areas}
    return sorted(found.values(), key=lambda unit: unit.code)


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
    return _hamlet_named(text, unit, day)


def _hamlet_named(text: str, unit: Unit, day: date) -> Hamlet:
    """The one hamlet of a unit that `text` names: "Tổ 1", or as pages tell those of one name apart,
    "Tổ 1 (Phường Quyết Tiến)"; a code would not, for new units carry the codes of old ones."""
    if not text:
        raise Misplaced("hamlet", _n("Nhiệm vụ này phải ghi tổ, bản."))
    parts = _WITH_UNIT.fullmatch(text)
    name, former = parts.groups() if parts else (text, None)
    there = Hamlet.objects.filter(pk__in=places.hamlets_held(unit, day), key=hamlet_key(name))
    found = list(there.select_related("unit").order_by("unit__code", "pk"))
    if former:
        found = [one for one in found if _bare(str(one.unit)).endswith(_bare(former))]
    if len(found) == 1:
        return found[0]
    if found:
        raise Misplaced(
            "hamlet", _n("Có nhiều tổ, bản tên này. Hãy ghi một trong: {hamlets}."),
            hamlets=", ".join(f"{one} ({one.unit})" for one in found),
        )  # fmt: skip
    raise Misplaced(
        "hamlet",
        _n("Đơn vị này chưa có tổ, bản tên như vậy; hãy ghi như trong danh sách nhân khẩu."),
    )


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
    if unit is None or not places.lies_in(unit, found.unit, day):
        raise Misplaced(
            "organisation", _n("Tổ chức này thuộc {unit}; hãy ghi mã của đơn vị ấy ở trên."),
            unit=str(found.unit),
        )  # fmt: skip
    return found
