"""Births that claims certify: each child is found where it is there already, else it is opened.

A certificate is a row of its own beside the claim of the mother (`receiving.BIRTHS`), so that the
child whom it brings has a key, a statement and an end like everybody whom a file brings.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from itertools import groupby
from uuid import UUID, uuid5

from django.utils.translation import gettext_noop as _n

from hssk.exchange import rules
from hssk.exchange.linkage.certificates import UNSURE, Certificate, Kid, match, once
from hssk.exchange.linkage.names import after_mother
from hssk.exchange.linkage.newborns import same_sex
from hssk.exchange.models import Batch, LinkDecision, PairElsewhere, SourceRow
from hssk.exchange.services.area import area_of
from hssk.exchange.services.claims.caring import label_of
from hssk.exchange.services.claims.kids import Kids, Mothers
from hssk.exchange.services.claims.receiving import BIRTHS
from hssk.exchange.services.linking import Linked
from hssk.kit.dates import PartialDate
from hssk.kit.moments import transaction_moment
from hssk.kit.text import clean, fold
from hssk.people.models import Person
from hssk.people.rules.lives import YOUNGEST_UNSEEN, doubt_of_birth
from hssk.people.services import lives
from hssk.people.services.facts import speaks_of
from hssk.people.services.lives import Certified, Telling
from hssk.records import services as records

_NIGHT = timedelta(days=1)  # twins may be born on either side of midnight
_NAMELESS = re.compile(r"chua (co|dat) ten|^(tre|be|so sinh|khong ten)\b")
DOUBTS = {
    "day": _n("Giấy chứng sinh: ngày sinh của bé sau ngày của tệp, hoặc trước đó hơn một năm."),
    "sex": _n("Giấy chứng sinh: người mẹ ghi là nam."),
    "age": _n("Giấy chứng sinh: ngày sinh của bé không hợp với tuổi của mẹ."),
    "dead": _n("Giấy chứng sinh: mẹ đã được ghi là mất trước ngày sinh của bé."),
    "another": _n("Giấy chứng sinh ghi tên mẹ khác người bệnh của hồ sơ."),
    "unclear": _n("Giấy chứng sinh chưa rõ, nên chưa theo đó mở hồ sơ cho bé."),
    "many": _n("Giấy chứng sinh: có trẻ đã biết có thể là bé này, nhưng chưa rõ là bé nào."),
}
_ADVICE = _n("Chưa mở hồ sơ cho bé theo giấy này. Trạm khai sinh ở trang của mẹ bé.")


@dataclass(frozen=True)
class _Told:
    """A certificate, by the row that stands for it and the root of its mother."""

    row: SourceRow
    mother: UUID
    said: Certificate
    of: int


def bear(batch: Batch, linked: Iterable[Linked]) -> None:
    """Find or open every child whose birth the decided claims of `batch` certify, and give it the
    link to its mother. What cannot be, and who is not sure, is noted beside the certificate."""
    rows = list(SourceRow.objects.filter(batch=batch, sheet=BIRTHS).order_by("id"))
    if not rows:
        return
    people = {item.row.id: item.person for item in linked if item.decision != LinkDecision.ASK}
    _bear(batch, [row for row in rows if _claim_of(row) in people], people)


def bear_again(batch: Batch, claims: set[int], linked: Iterable[Linked]) -> None:
    """Take back what these claims certified, and do it again as somebody has decided by now.

    claims  rows of claims; `linked` those of them that are decided
    """
    found = SourceRow.objects.filter(batch=batch, sheet=BIRTHS).order_by("id")
    rows = [row for row in found if _claim_of(row) in claims]
    if not rows:
        return
    keys = [row.pk for row in rows]
    children = lives.take_back_certified(
        keys, label=label_of(batch), at=transaction_moment(), actor=batch.actor
    )
    kept = _kept(children)
    lives.remove_certified({row: child for row, child in children.items() if row not in kept})
    LinkDecision.objects.filter(row__in=set(keys) - kept).delete()
    people = {item.row.id: item.person for item in linked}
    _bear(batch, [row for row in rows if _claim_of(row) in people], people)


def _kept(children: Mapping[int, UUID]) -> set[int]:
    """Those of these rows of certificates whose record and decision stay, though nobody is the
    mother any more: a claim is about the child, which made no record for there is this one; a row
    waits to be compared with it; or nothing else keeps what a hand wrote of the child."""
    told = LinkDecision.objects.filter(
        person__in=children.values(), row__batch__kind=Batch.CLAIMS
    ).exclude(row__in=list(children))
    visited = set(told.values_list("person", flat=True))
    asked: set[int | None] = set()
    for waiting in (LinkDecision, PairElsewhere):
        by = waiting.objects.filter(against__in=list(children))
        asked.update(by.values_list("against", flat=True))
    return {
        row for row, child in children.items()
        if row in asked or child in visited
        or (_is_typed(child) and not speaks_of(child, but_not=row))
    }  # fmt: skip


def _is_typed(child: UUID) -> bool:
    return lives.is_named(child, but_by_files=True) or records.is_typed_of(child)


def _claim_of(row: SourceRow) -> int:
    return row.facts["certified"]["claim"]


def _bear(batch: Batch, rows: list[SourceRow], people: dict[int, UUID]) -> None:
    mothers = Mothers(people[_claim_of(row)] for row in rows)
    told = [_told(row, mothers.root_of[people[_claim_of(row)]], mothers) for row in rows]
    doubts = {one.row.pk: _doubt(batch, one, mothers) for one in told}
    sure = [one for one in told if not doubts[one.row.pk]]
    kids = Kids(batch, [(one.mother, one.said) for one in sure], mothers)
    births: list[Certified] = []
    decided: dict[int, UUID] = {}
    met: list[tuple[list[_Told], list[tuple[_Told, int]], list[tuple[UUID, Kid]]]] = []
    for night in _nights(sure):
        mine = [night[at] for at in once([one.said for one in night])]
        those = kids.near(night[0].mother, [one.said for one in mine])
        found = match([one.said for one in mine], [kid for _person, kid in those])
        pairs = list(zip(mine, found, strict=True))
        met.append((mine, pairs, those))
    claimed = Counter(
        root for _mine, pairs, those in met
        for root in {those[nth][0] for _one, nth in pairs if nth >= 0 and not those[nth][1].hers}
    )  # fmt: skip
    for mine, pairs, those in met:
        for one, nth in pairs:
            known, kid = those[nth] if nth >= 0 else (None, None)
            # a child whom the certificates of two mothers mean is of one of them
            if nth == UNSURE or (known is not None and claimed[known] > 1):
                doubts[one.row.pk] = "many"
                continue
            decided[one.row.pk] = known or rules.person_of_row(one.row.pk)
            if kid is None or not kid.hers:
                births.append(_certified(one, known, alone=_is_alone(one, mine)))
    _write(batch, births, decided)
    _note(rows, doubts)


def _write(batch: Batch, births: list[Certified], decided: dict[int, UUID]) -> None:
    area = area_of(batch)
    telling = Telling(
        batch.pk, label_of(batch), batch.on, transaction_moment(), batch.actor,
        None if area is None else area.hamlets,
    )  # fmt: skip
    # a child who was opened before and was kept since, for what else was said of it, is there still
    keys = [one.child for one in births if not one.known]
    there = set(Person.objects.filter(pk__in=keys).values_list("pk", flat=True))
    lives.write_certified(
        [replace(one, known=True) if one.child in there else one for one in births], telling
    )
    LinkDecision.objects.bulk_create(
        (
            LinkDecision(row_id=row, decision=LinkDecision.SAME, person=child, score=1)
            for row, child in decided.items()
        ),
        update_conflicts=True, unique_fields=["row"], update_fields=["person"],
    )  # fmt: skip


def _told(row: SourceRow, mother: UUID, mothers: Mothers) -> _Told:
    facts, said = row.facts, row.facts["certified"]
    parents = {facts["parent"], said["father"], mothers.name_of(mother)}
    baby = mothers.baby(
        mother, born=facts["birth"], sex=facts.get("sex", 0), own=_own_name(facts["parent"], said),
        parents=parents - {""}, commune=facts.get("commune", 0), card=said["card"],
    )  # fmt: skip
    certificate = Certificate(
        act=uuid5(UUID(said["visit"]), "birth"), nth=said["nth"], baby=baby, paper=said["paper"],
        minute=said["minute"], father=said["father"],
    )  # fmt: skip
    return _Told(row, mother, certificate, said["of"])


def _own_name(mother: str, said: dict) -> str:
    """The child's name, where a certificate has one that is its own."""
    name = clean(said["name"])
    folded = fold(name)
    nobodys = folded == fold(mother) or after_mother(folded) or _NAMELESS.search(folded)
    return "" if nobodys else name


def _doubt(batch: Batch, one: _Told, mothers: Mothers) -> str:
    """Why nobody is to be opened by a certificate; "" where nothing speaks against it."""
    mother = mothers.people[one.mother]
    return one.row.facts["certified"]["doubt"] or doubt_of_birth(
        _day(one), batch.on, sex=mother.sex, birth=mother.birth,
        died_on=mothers.died_on.get(one.mother), youngest=YOUNGEST_UNSEEN,
    )  # fmt: skip


def _day(one: _Told):
    return PartialDate.from_number(one.said.baby.born).value


def _nights(told: list[_Told]) -> Iterator[list[_Told]]:
    """The certificates of each birth: of one mother, and not more than a day apart."""
    ordered = sorted(told, key=lambda one: (one.mother, _day(one), one.row.pk))
    for _mother, theirs in groupby(ordered, key=lambda one: one.mother):
        night: list[_Told] = []
        for one in theirs:
            if night and _day(one) - _day(night[-1]) > _NIGHT:
                yield night
                night = []
            night.append(one)
        yield night


def _is_alone(one: _Told, night: list[_Told]) -> bool:
    """Whether no other child of that night may be taken for this one."""
    sexes = [other.said.baby.sex for other in night if other is not one]
    return not any(same_sex(one.said.baby.sex, sex) for sex in sexes)


def _certified(one: _Told, known: UUID | None, *, alone: bool) -> Certified:
    """The birth that a certificate tells; of a child who was there, and may be either of two, not
    minute, number and card, which may be the other's."""
    said, facts = one.said, one.row.facts
    its_own = known is None or alone
    minute = said.minute if its_own else None
    child = known or rules.person_of_row(one.row.pk)
    return Certified(
        row=one.row.pk, child=child, mother=one.mother, act=said.act, nth=said.nth, of=one.of,
        on=_day(one), known=known is not None,
        clock=None if minute is None else time(minute // 60, minute % 60),
        paper=said.paper if its_own else "", name=said.baby.own, sex=said.baby.sex,
        card=facts["certified"]["card"] if its_own else "", unit=facts.get("commune"),
    )  # fmt: skip


def _note(rows: list[SourceRow], doubts: dict[int, str]) -> None:
    """Say beside each certificate why nobody was opened by it, and nothing beside the others."""
    changed = []
    for row in rows:
        doubt = doubts.get(row.pk)
        said = [{"column": "", "severity": "warning", "params": {}, "message": DOUBTS[doubt],
                 "advice": _ADVICE}] if doubt else None  # fmt: skip
        if row.problems != said:
            row.problems = said
            changed.append(row)
    SourceRow.objects.bulk_update(changed, ["problems"])
