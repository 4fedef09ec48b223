"""Whom acts are about once a file was taken back that had brought them first: a later file brings
the same human being under another key."""

from collections.abc import Mapping
from uuid import UUID

from hssk.people.models import Amendment, Birth, Death, Person

_LABELS = ((Birth, "child"), (Birth, "mother"), (Death, "person"), (Amendment, "person"))


def people_named() -> set[UUID]:
    """Everybody whom an act by hand names, by the key that it names them by."""
    return {key for model, label in _LABELS for key in model.objects.values_list(label, flat=True)}


def inherit(heirs: Mapping[UUID, UUID]) -> None:
    """Let acts be about the heirs of people who are not there any more.

    heirs  the key of somebody → whom their rows are about by now. Where both have a birth or a
           death of their own, each keeps it
    """
    there = set(Person.objects.filter(pk__in=list(heirs)).values_list("pk", flat=True))
    for gone, heir in heirs.items():
        if gone in there:
            continue
        Birth.objects.filter(mother=gone).update(mother=heir)
        if not Birth.objects.filter(child=heir).exists():
            Birth.objects.filter(child=gone).update(child=heir)
        deaths = Death.objects.filter(person=gone)
        if Death.objects.filter(person=heir, withdrawn_at=None).exists():
            deaths = deaths.exclude(withdrawn_at=None)
        deaths.update(person=heir)
        Amendment.objects.filter(person=gone).update(person=heir)
