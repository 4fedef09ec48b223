"""Review: somebody decides what the machine would not, and may take it back."""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.exchange import rules
from hssk.exchange.errors import Refused
from hssk.exchange.models import Batch, LinkDecision, PairElsewhere, Review, SourceRow
from hssk.exchange.services import claims, handing_down
from hssk.exchange.services.claims.holding import MADE, end_made
from hssk.exchange.services.statements import birth_of, end_stays
from hssk.kit.text import fold, name_sort_key
from hssk.people.errors import CannotMerge
from hssk.people.models import Person, Residence
from hssk.people.services import lives, merge, move_facts, refresh_people, unmerge
from hssk.people.services.facts import (
    end_homes,
    nobody_links,
    remove_silent,
    reopen_homes,
    speaks_of,
)
from hssk.people.services.identity import stand_apart

_FILING = 7_310_006  # the advisory lock of whoever files a claim because somebody decided


def last_verdicts(actor: User, most: int = 5) -> list[tuple[Review, str]]:
    """The latest verdicts of `actor` that stand, newest first, each with the name on its row."""
    reviews = list(Review.objects.filter(actor=actor, taken_back_at=None).order_by("-id")[:most])
    digests = [bytes(review.row_digest) for review in reviews]
    rows = SourceRow.objects.filter(digest__in=digests, batch__state=Batch.APPLIED)
    names = {bytes(d): facts.get("name", "") for d, facts in rows.values_list("digest", "facts")}
    return [(r, names[d]) for r, d in zip(reviews, digests, strict=True) if d in names]


@transaction.atomic
def decide(row_id: int, verdict: str, *, actor: User, seen: int | None = None) -> Review:
    """Say whether an asked row is the person it was compared with: same, different, or later.

    seen      the row with which the page compared it; None for the one that stands now
    returns   the verdict as kept, with which `take_back` undoes it
    Raises Refused when the row waits for no decision (somebody else was faster, or its file was
    taken back), when it is compared with another one than was seen, and while a file is being
    linked.
    """
    _while_nobody_links()
    _one_of_claims_at_a_time(row_id)
    decision = _locked(row_id)
    pair = _pair_of(decision)
    against = _in_question(decision, pair)
    if decision is None or against is None:
        raise Refused(
            _n("Cặp này đã có người quyết định hoặc tệp của nó đã được rút lại."),
            _n("Không cần làm gì; hãy xem cặp tiếp theo."),
        )
    _refuse_unseen(against, seen)
    other = SourceRow.objects.get(id=against)
    review = Review.objects.create(
        row_digest=bytes(decision.row.digest),
        other_digest=bytes(other.digest),
        verdict=verdict,
        actor=actor,
    )
    if pair is not None:
        _answer(pair, (decision.person, _person_of(other)), verdict, actor)
    elif verdict == Review.SAME:
        _settle(decision, LinkDecision.SAME, _person_of(other), actor)
    elif verdict == Review.DIFFERENT:
        _settle(decision, LinkDecision.NEW, _own_person(decision), actor)
    return review


def _refuse_unseen(against: int, seen: int | None) -> None:
    """Raise Refused where an undo has since compared the row with another: nobody saw that pair."""
    if seen is not None and seen != against:
        raise Refused(
            _n("Dòng này nay được so với một dòng khác, nên quyết định chưa được ghi."),
            _n("Hãy xem lại cặp này rồi quyết định."),
        )


def _answer(pair: PairElsewhere, two: tuple[UUID, UUID], verdict: str, actor: User) -> None:
    """Two people of two areas are one, or are not: who is the same is merged, whatever else
    speaks of either."""
    if verdict == Review.LATER:
        return
    drop, keep = map(_root, two)
    if verdict == Review.SAME and keep != drop:
        _merge(keep, drop, actor)
    pair.open, pair.own = False, drop.id
    pair.save(update_fields=["open", "own"])


def _root(person: UUID) -> Person:
    return Person.objects.get(id=Person.objects.get(id=person).root)


def _pair_of(decision: LinkDecision | None) -> PairElsewhere | None:
    """The pair with somebody elsewhere that is in question once a row asks nothing by itself."""
    if decision is None or decision.decision == LinkDecision.ASK:
        return None
    return PairElsewhere.objects.select_for_update().filter(row=decision.row_id).first()


def _in_question(decision: LinkDecision | None, pair: PairElsewhere | None) -> int | None:
    """The row with which another waits to be compared by somebody; None where it does not."""
    if decision is not None and decision.decision == LinkDecision.ASK:
        return decision.against
    return pair.against if pair is not None and pair.open else None


@transaction.atomic
def take_back(review: Review) -> LinkDecision | None:
    """Undo a verdict: the row asks again, about the person it was proposed for.

    returns  the decision that is open again; None when the row is gone (its file was undone) or
             is compared with another one by now
    Raises Refused while a file is being linked.
    """
    _while_nobody_links()
    review = Review.objects.select_for_update().get(id=review.id)
    if review.taken_back_at is None:
        review.taken_back_at = Now()
        review.save(update_fields=["taken_back_at"])
    row = (
        SourceRow.objects.filter(
            digest=review.row_digest, batch__state=Batch.APPLIED, decision__unchanged=False
        )
        .order_by("-id")
        .first()
    )
    if row is not None:
        _one_of_claims_at_a_time(row.id)
    decision = _locked(row.id) if row else None
    pair = _pair_of(decision)
    if decision is not None and pair is not None and _is_of(pair.against, review):
        if Person.objects.filter(id=pair.own).exclude(same_as=None).exists():
            unmerge(drop=Person.objects.get(id=pair.own))
        PairElsewhere.objects.filter(row=pair.row_id).update(open=True)
        return decision
    if decision is None or decision.against is None or not _is_of(decision.against, review):
        return None
    other = SourceRow.objects.get(id=decision.against)
    if review.verdict != Review.LATER and decision.decision != LinkDecision.ASK:
        _settle(decision, LinkDecision.ASK, _person_of(other), review.actor)
    return decision


def _is_of(against: int | None, review: Review) -> bool:
    """Whether a verdict is about the row that stands there."""
    rows = SourceRow.objects.filter(digest=review.other_digest)
    return against is not None and rows.filter(id=against).exists()


def _while_nobody_links() -> None:
    """Keep files from being linked until this transaction ends; refuse while one is."""
    if not nobody_links():
        raise Refused(
            _n("Đang có một tệp được ghi vào sổ, nên quyết định này chưa được ghi."),
            _n("Đợi ít giây rồi bấm lại."),
        )


def _one_of_claims_at_a_time(row: int) -> None:
    """Wait until nobody else files a claim by a verdict: two sendings of one visit are versions of
    the same entries, and claims that say the same of somebody are settled together."""
    if SourceRow.objects.filter(id=row, batch__kind=Batch.CLAIMS).exists():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_FILING])


def _locked(row_id: int) -> LinkDecision | None:
    return (
        LinkDecision.objects.select_for_update(of=("self",))
        .select_related("row__batch")
        .filter(row_id=row_id)
        .first()
    )


def _person_of(row: SourceRow) -> UUID:
    return Person.objects.values_list("root", flat=True).get(
        id=LinkDecision.objects.get(row=row).person
    )


def _own_person(decision: LinkDecision) -> UUID:
    """The person that the row itself brings in, made if it has not been yet."""
    facts, key = decision.row.facts, rules.person_of_row(decision.row_id)
    born, precision = birth_of(facts)
    name = facts.get("name", "")
    Person.objects.get_or_create(
        id=key,
        defaults={
            "name": name,
            "name_folded": fold(name),
            "name_sort": name_sort_key(name),
            "birth_on": born,
            "birth_precision": precision,
            "sex": facts.get("sex", 0),
            "root": key,
            "source": decision.row.batch_id,
        },
    )
    stand_apart(key)
    return key


def _settle(decision: LinkDecision, word: str, person: UUID, actor: User) -> None:
    """Let the row be about `person`, and everything that it stated with it."""
    _count_again(decision, word)
    before = decision.person
    decision.decision, decision.person = word, person
    decision.save(update_fields=["decision", "person"])
    move_facts(row=decision.row_id, before=before, person=person, decided=word != LinkDecision.ASK)
    if word == LinkDecision.NEW and _alone_speaks_of(before, decision):
        reopen_homes(before, ended_by=decision.row.batch_id)
    elif before == rules.person_of_row(decision.row_id) and _alone_speaks_of(person, decision):
        _end_homes(person, decision.row.batch)
    if word != LinkDecision.NEW:
        _make_way(person, decision.row.batch)
    elif not _others_of_file_about(before, decision).exists():
        lives.reopen_kept(before, ended_by=decision.row.batch_id, made=MADE)
    refresh_people({before, person})
    if decision.row.batch.kind == Batch.CLAIMS:
        claims.settle_claims(decision, before)
    if before != person:
        _leave(before, person, actor)


def _make_way(person: UUID, batch: Batch) -> None:
    """What a hand or a visit made of `person` ends for an extract, what was kept for any file."""
    if batch.kind == Batch.RECORDS:
        end_made([person], batch)
    if kept := lives.kept_records([person]):
        end_stays("people_holding", kept, batch)


def _leave(before: UUID, person: UUID, actor: User) -> None:
    """Nobody stays of whom nothing is said. Of whom something was typed, that stays their own and
    is read through a pointer: a verdict may be taken back, and then everybody has theirs again.
    Whom a later claim means stays: it states no record where there is one, and has its visits."""
    if handing_down.is_typed(before) and not speaks_of(before):
        keep, drop = _root(person), Person.objects.get(id=before)
        if drop.same_as_id is None and keep != drop:
            _merge(keep, drop, actor)
    elif not LinkDecision.objects.filter(person=before).exists():
        remove_silent([before])


def _merge(keep: Person, drop: Person, actor: User) -> None:
    try:
        merge(keep=keep, drop=drop, actor=actor)
    except CannotMerge as reason:
        raise Refused(str(reason)) from reason


def _count_again(decision: LinkDecision, word: str) -> None:
    """Keep true how many rows of its file found nobody, when one is said to be otherwise."""
    more = (word == LinkDecision.NEW) - (decision.decision == LinkDecision.NEW)
    if more:
        file = Batch.objects.filter(id=decision.row.batch_id)
        file.update(found_nobody=F("found_nobody") + more)


def _alone_speaks_of(person: UUID, decision: LinkDecision) -> bool:
    """Whether a roster moved `person` out of their home for this row's sake alone."""
    is_roster = decision.row.batch.kind == Batch.ROSTER
    return is_roster and not _others_of_file_about(person, decision).exists()


def _others_of_file_about(person: UUID, decision: LinkDecision) -> QuerySet[LinkDecision]:
    same_file = LinkDecision.objects.filter(row__batch=decision.row.batch_id, person=person)
    return same_file.exclude(pk=decision.pk)


def _end_homes(person: UUID, batch: Batch) -> None:
    units = Residence.objects.filter(source=batch.id).values_list("hamlet__unit", flat=True)
    end_homes(person, since=batch.on, ended_by=batch.id, units=set(units))
