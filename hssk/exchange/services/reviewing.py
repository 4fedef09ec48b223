"""Review: somebody decides what the machine would not, and may take it back."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop as _n

from hssk.access.models import User
from hssk.exchange import rules
from hssk.exchange.errors import Refused
from hssk.exchange.models import Batch, LinkDecision, Review, SourceRow
from hssk.exchange.services.statements import birth_of
from hssk.kit.text import fold, name_sort_key
from hssk.people.models import Person
from hssk.people.services import move_facts, refresh_people
from hssk.people.services.facts import remove_silent


def asked() -> QuerySet[LinkDecision]:
    """The rows that wait for a decision, in the order in which to show them: postponed ones last.

    One query set for both, so that the count and the list are the same question.
    """
    postponed = Review.objects.filter(
        verdict=Review.LATER, taken_back_at=None, row_digest=OuterRef("row__digest")
    )
    return (
        LinkDecision.objects.filter(decision=LinkDecision.ASK, row__batch__state=Batch.APPLIED)
        .select_related("row__batch")
        .annotate(postponed=Exists(postponed))
        .order_by("postponed", "-score", "row_id")
    )


@transaction.atomic
def decide(row_id: int, verdict: str, *, actor: User) -> Review:
    """Say whether an asked row is the person it was compared with: same, different, or later.

    returns   the verdict as kept, with which `take_back` undoes it
    Raises Refused when the row waits for no decision (somebody else was faster).
    """
    decision = _locked(row_id)
    if decision.decision != LinkDecision.ASK:
        raise Refused(_n("Dòng này đã được quyết định."))
    other = SourceRow.objects.get(id=decision.against)
    review = Review.objects.create(
        row_digest=bytes(decision.row.digest),
        other_digest=bytes(other.digest),
        verdict=verdict,
        actor=actor,
    )
    if verdict == Review.SAME:
        _settle(decision, LinkDecision.SAME, _person_of(other))
    elif verdict == Review.DIFFERENT:
        _settle(decision, LinkDecision.NEW, _own_person(decision))
    return review


@transaction.atomic
def take_back(review: Review) -> LinkDecision | None:
    """Undo a verdict: the row asks again, about the person it was proposed for.

    returns  the decision that is open again; None when the row is gone (its file was undone)
    """
    review = Review.objects.select_for_update().get(id=review.id)
    if review.taken_back_at is None:
        review.taken_back_at = timezone.now()
        review.save(update_fields=["taken_back_at"])
    row = (
        SourceRow.objects.filter(digest=review.row_digest, batch__state=Batch.APPLIED)
        .order_by("-id")
        .first()
    )
    decision = _locked(row.id) if row else None
    if decision and review.verdict != Review.LATER:
        other = SourceRow.objects.get(id=decision.against)
        _settle(decision, LinkDecision.ASK, _person_of(other))
    return decision


def _locked(row_id: int) -> LinkDecision:
    return (
        LinkDecision.objects.select_for_update(of=("self",))
        .select_related("row__batch")
        .get(row_id=row_id)
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
    return key


def _settle(decision: LinkDecision, word: str, person: UUID) -> None:
    """Let the row be about `person`, and everything that it stated with it."""
    before = decision.person
    decision.decision, decision.person = word, person
    decision.save(update_fields=["decision", "person"])
    move_facts(row=decision.row_id, person=person, decided=word != LinkDecision.ASK)
    refresh_people({before, person})
    if before != person:
        remove_silent([before])
