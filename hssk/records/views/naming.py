"""Codes of illness, as the pages show them: their names, and whether their edition is loaded."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from hssk.records.rules.icd10 import QD4469, TT06
from hssk.records.rules.icd10_loaded import is_unloaded, named
from hssk.records.rules.summary import Problem

_EDITIONS = (QD4469, TT06)


def problems(found: Iterable[Problem]) -> list[dict[str, Any]]:
    """The illnesses of a record, each with its name and its mark."""
    return [
        {
            "code": one.code, "name": one.name or code_name(one.code, one.system),
            "first": one.first, "last": one.last, "times": one.times,
            "unloaded": is_unloaded(one.system, one.last),
        }
        for one in found
    ]  # fmt: skip


def marks(one: Any) -> dict[str, bool]:
    """What stands beside the code of an entry: `icd`, whether it is one of an illness; `unloaded`,
    whether its edition is not loaded, so that nobody has judged it."""
    icd = bool(one.code) and one.system in _EDITIONS
    return {"icd": icd, "unloaded": icd and is_unloaded(one.system, one.on)}


def shown_name(one: Any) -> str:
    """The name of an entry; of an illness that came without one, that of its code."""
    if one.display or one.system not in _EDITIONS:
        return one.display
    return code_name(one.code, one.system)


def code_name(code: str, system: str) -> str:
    """The name of a code of illness as an edition at hand has it, which is told where it is not its
    own; else words instead of a bare code."""
    found = named(code, system)
    if found is None:
        return _("Bệnh chưa có tên trong danh mục đã nạp")
    name, edition = found
    return _("{name} (tên theo {edition})").format(name=name, edition=edition) if edition else name


def known_name(one: Any) -> str:
    """The name of an entry where there is any; "" for a code that no edition at hand has."""
    has_name = one.display or (one.system in _EDITIONS and named(one.code, one.system))
    return shown_name(one) if has_name else ""
