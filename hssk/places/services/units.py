"""Find units: by code on a day, by name within another, and the communes of a larger one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from hssk.kit.numbers import format_date
from hssk.kit.text import clean
from hssk.kit.words import language
from hssk.places.errors import UnknownUnit
from hssk.places.models import Unit, UnitSuccession
from hssk.places.rules import unit_key
from hssk.places.services.maps import successors, within
from hssk.places.services.mark import kept_while_places_stand

_KEPT = 1024  # units asked about by their code in this process lately

# the levels that each kind of unit may stand on; a kind not listed here is a commune's
_LEVELS = {
    "": (Unit.COMMUNE, Unit.DISTRICT, Unit.PROVINCE),
    "tinh": (Unit.PROVINCE,),
    "thanh pho": (Unit.DISTRICT, Unit.PROVINCE),
    "thi xa": (Unit.DISTRICT,),
    "quan": (Unit.DISTRICT,),
    "huyen": (Unit.DISTRICT,),
}


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Several units that a text may mean; somebody must choose."""

    text: str
    candidates: tuple[Unit, ...]


@kept_while_places_stand(_KEPT)
def unit_on(code: str, day: date) -> Unit:
    """The unit that bears `code` on `day`, with its parent at hand.

    code  "12", "12-105" or "03403", as text
    Raises UnknownUnit, which names the day, the successors or the code that was likely meant.
    Source: domain.md §5.2: codes were re-used on 1/7/2025, so a code means nothing without a day.
    """
    unit = Unit.objects.on(day).select_related("parent").filter(code=code).first()
    if unit is None:
        raise _unknown(code, day)
    return unit


@kept_while_places_stand(_KEPT)
def unit_of_key(key: int) -> Unit:
    """The unit of a key that another row holds, with its parent at hand."""
    return Unit.objects.select_related("parent").get(pk=key)


def _named(units: Iterable[Unit]) -> str:
    return ", ".join(f"{unit.code} ({unit})" for unit in units)


def _unknown(code: str, day: date) -> UnknownUnit:
    """What to tell somebody who asked for `code` on `day`: why it fails and what to ask instead."""
    asked = {"code": code, "day": format_date(day, language())}
    other = Unit.objects.filter(code=code).order_by("valid_until").first()
    if other is not None and other.valid_from and day < other.valid_from:
        return UnknownUnit(
            "Ngày {day} chưa có mã “{code}”: {unit} chỉ có từ ngày {since}.",
            **asked,
            unit=other,
            since=format_date(other.valid_from, language()),
        )
    if other is not None and other.valid_until:
        return UnknownUnit(
            "Ngày {day} không còn mã “{code}”: {unit} hết hiệu lực từ ngày {until}. "
            "Hãy dùng ngày trước đó, hoặc: {heirs}.",
            **asked,
            unit=other,
            until=format_date(other.valid_until, language()),
            heirs=_named(heir.unit for heir in successors(other, day)),
        )
    likely = Unit.objects.on(day).filter(
        Q(code=code.zfill(5)) | Q(code=code.zfill(2)) | Q(code__endswith=f"-{code.zfill(3)}")
    )
    if code.isdigit() and likely:
        return UnknownUnit(
            "Không có mã “{code}” vào ngày {day}. Có phải là: {likely}?",
            **asked,
            likely=_named(likely),
        )
    return UnknownUnit(
        "Không có mã “{code}” vào ngày {day}. Mã tỉnh có dạng 12, mã huyện 12-105 "
        "(đến 30/6/2025), mã xã 03403.",
        **asked,
    )


def communes_of(unit: Unit, day: date) -> QuerySet[Unit]:
    """The communes of `unit` in force on `day`, by code; a commune is its own only one.

    Empty for a district after 30/6/2025: ask `on_map` what became of its communes.
    """
    return Unit.objects.on(day).filter(within(unit), level=Unit.COMMUNE).order_by("code")


def unit_named(text: str, inside: Unit, day: date) -> Unit | Ambiguous | None:
    """The unit that `text` names inside `inside` on `day`: see `units_named`."""
    return units_named([text], inside, day)[text]


def units_named(
    texts: Iterable[str], inside: Unit, day: date
) -> dict[str, Unit | Ambiguous | None]:
    """What unit each text means; one query however many texts. See `UnitNames`."""
    names = UnitNames(inside, day)
    return {text: names.meant(text) for text in set(texts)}


class UnitNames:
    """What units are called inside `inside` on `day`: itself and all below it in force then.

    inside  None for all there are. One query when it is made, none afterwards.
    """

    def __init__(self, inside: Unit | None, day: date) -> None:
        there = Unit.objects.on(day).select_related("parent")
        units = list(there.filter(within(inside)) if inside else there)
        self.by_code = {unit.code: unit for unit in units}
        self.by_name: dict[str, list[Unit]] = {}
        for unit in units:
            self.by_name.setdefault(unit_key(str(unit)).name, []).append(unit)

    def meant(self, text: str) -> Unit | Ambiguous | None:
        """The unit; Ambiguous where several fit equally well; None where none does.

        text  "P. Tân Phong", "XÃ SAN THÀNG", "San Thàng", "Phường Tân Phong, TP Lai Châu", a code

        A stated kind that fits wins; another kind of the same level is forgiven (a xã that has
        become a phường). Without a kind communes win over districts and provinces.
        """
        named = self.by_name.get(unit_key(text).name, [])
        return self.by_code.get(clean(text)) or _choose(text, named)

    def sole(self, text: str) -> Unit | None:
        """The unit of that name when no other of any level has it; None else, and for a number."""
        named = self.by_name.get(unit_key(text).name, [])
        return named[0] if len(named) == 1 and not unit_key(text).name.isdigit() else None


class FormerCommunes:
    """What the communes were called of which `units` were made. One query, when it is made."""

    def __init__(self, units: Iterable[Unit]) -> None:
        pairs = UnitSuccession.objects.filter(old__level=Unit.COMMUNE, new__in=units)
        self.heirs: dict[str, set[Unit | None]] = {}
        self.names: dict[str, str] = {}
        for pair in pairs.select_related("old", "new"):
            for called in (pair.old.code, unit_key(str(pair.old)).name):
                self.names[called] = pair.old.name
                self.heirs.setdefault(called, set()).add(pair.new if pair.whole else None)

    def heir(self, text: str) -> Unit | None:
        """The unit that took all of the commune of that name, or code; None where none did, or
        several. A divided one has no heir: it is never guessed.
        """
        found = self.heirs.get(clean(text)) or self.heirs.get(unit_key(text).name, set())
        return next(iter(found)) if len(found) == 1 else None

    def name(self, text: str) -> str:
        """What the commune of that name, or code, was called: "San Thàng"."""
        return self.names.get(clean(text)) or self.names.get(unit_key(text).name, "")


def _choose(text: str, named: list[Unit]) -> Unit | Ambiguous | None:
    """The best of the units that share the folded name: kind, then level, then marks decide."""
    kind = unit_key(text).kind
    lowered = clean(text).lower()
    named = [unit for unit in named if unit.level in _LEVELS.get(kind, (Unit.COMMUNE,))]
    for fits in (
        lambda unit: unit_key(str(unit)).kind == kind,
        lambda unit: unit.level == Unit.COMMUNE,
        lambda unit: unit.name.lower() in lowered,
    ):
        named = [unit for unit in named if fits(unit)] or named
    if len(named) > 1:
        return Ambiguous(text, tuple(sorted(named, key=lambda unit: unit.code)))
    return named[0] if named else None
