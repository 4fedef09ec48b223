"""What is stored of people: see each file for its nouns."""

from hssk.people.models.bases import AuditCase, AuditSubject, Basis, GlassReview
from hssk.people.models.facts import Holding, Identifier, Listing, Merge, Person, Residence

__all__ = [
    "AuditCase",
    "AuditSubject",
    "Basis",
    "GlassReview",
    "Holding",
    "Identifier",
    "Listing",
    "Merge",
    "Person",
    "Residence",
]
