"""Invented lives: what befalls each person of an invented city, from birth to the last day."""

from .folk import Folk, Person
from .form import answers_of
from .life import background, live, visits
from .shapes import Life, Visit

__all__ = ["Folk", "Life", "Person", "Visit", "answers_of", "background", "live", "visits"]
