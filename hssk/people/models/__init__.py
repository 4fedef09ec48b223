"""What is stored of people: see each file for its nouns."""

from hssk.people.models.bases import AuditCase, AuditSubject, Basis, GlassReview
from hssk.people.models.facts import Holding, Identifier, Listing, Merge, Person, Residence
from hssk.people.models.lives import Amendment, Birth, Death, Stranger
from hssk.people.models.memberships import Membership
from hssk.people.models.moves import Move, MoveQuestion, MoveReview, Release
from hssk.people.models.objecting import Objection
from hssk.people.models.outcomes import Book, Departure, Enrolment
from hssk.people.models.verifying import Document, How, Verification

__all__ = [
    "Amendment",
    "AuditCase",
    "AuditSubject",
    "Basis",
    "Birth",
    "Book",
    "Death",
    "Departure",
    "Document",
    "Enrolment",
    "GlassReview",
    "Holding",
    "How",
    "Identifier",
    "Listing",
    "Membership",
    "Merge",
    "Move",
    "MoveQuestion",
    "MoveReview",
    "Objection",
    "Person",
    "Release",
    "Residence",
    "Stranger",
    "Verification",
]
