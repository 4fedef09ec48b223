"""What is stored of people: see each file for its nouns."""

from hssk.people.models.facts import Holding, Identifier, Listing, Merge, Person, Residence

__all__ = ["Holding", "Identifier", "Listing", "Merge", "Person", "Residence"]
