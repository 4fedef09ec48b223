"""What is stored of people: see each file for its nouns."""

from hssk.people.models.bases import AuditCase, AuditSubject, Basis, GlassReview
from hssk.people.models.facts import Holding, Identifier, Listing, Merge, Person, Residence
from hssk.people.models.moves import Move, MoveQuestion, MoveReview, Release
from hssk.people.models.verifying import Document, How, Verification

__all__ = [
    "AuditCase",
    "AuditSubject",
    "Basis",
    "Document",
    "GlassReview",
    "Holding",
    "How",
    "Identifier",
    "Listing",
    "Merge",
    "Move",
    "MoveQuestion",
    "MoveReview",
    "Person",
    "Release",
    "Residence",
    "Verification",
]
