"""What one section of the form asks, and what its answers are as FHIR resources.

An answer is a text: "1" for a tick, the key of a choice, a number with a decimal point, a day in
ISO form as far as it is known (of a dose with its details), or words. An empty answer was not
given.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from hssk.kit.dates import PartialDate
from hssk.kit.numbers import format_decimal

FORM = "urn:hssk:qd831"  # the system of the codes of items: `<section>.<item>`
NOTHING = "none"  # the item of every section: asked, and there is nothing to say
TICKED = "1"
TEXTS: dict[str, str] = {NOTHING: "Đã hỏi, không có gì"}
DETAILS = ("lot", "place", "reaction")  # of a dose, in the order of its answer
MONTH = "month"  # after these, of a dose in pregnancy: which month of it


class Asks(StrEnum):
    """How an item is answered. LINES: any number of answers, one a line. AHEAD: a day that may be
    to come. DOSE: a day, then its details, parted by tabs."""

    TICK = "tick"
    CHOICE = "choice"
    NUMBER = "number"
    WORDS = "words"
    AHEAD = "ahead"
    DOSE = "dose"
    LINES = "lines"


@dataclass(frozen=True)
class Item:
    """One box of the form.

    key      names it for ever: it is in the code of every resource that answers it
    choices  (key, words) of a CHOICE
    unit     of a NUMBER, with its UCUM code; `least` and `most` say when it was mistyped
    code     (system, code) of a vocabulary of the world that means the same
    details  of a DOSE, in the order of its answer
    aside    it says nothing of the section: whoever answers it may have nothing else to say
    tells    what an affirmative answer tells that the answer's own words do not (`labels`)
    """

    key: str
    name: str
    asks: Asks = Asks.WORDS
    choices: tuple[tuple[str, str], ...] = ()
    unit: str = ""
    ucum: str = ""
    least: float = 0
    most: float = 0
    code: tuple[str, str] | None = None
    help: str = ""
    details: tuple[str, ...] = DETAILS
    aside: bool = False
    tells: Mapping[str, str] = field(default_factory=dict)

    def said(self, answer: str) -> str:
        """The answer in words, as a page or a paper shows it."""
        if self.asks is Asks.CHOICE:
            return dict(self.choices).get(answer, answer)
        if self.asks is Asks.NUMBER:
            return f"{format_decimal(float(answer), 2)} {self.unit}".strip()
        if self.asks in (Asks.AHEAD, Asks.DOSE) and answer:
            day, *details = answer.split("\t")
            return " · ".join(filter(None, (str(PartialDate.from_iso(day)), *details)))
        return "" if answer == TICKED else answer


Resource = dict[str, Any]


@dataclass(frozen=True)
class Section:
    """One section of the form: its items, of whom they are asked, and its resources.

    part      of QĐ 831
    resource  (section key, item, answer, the day it was given) → a FHIR resource
    answer    the way back
    display   how lists name an answer
    may_be_nothing  whether "asked, and there is nothing" answers it
    asked_of  (sex, age in years or None) → whether the form has it for such a person
    """

    key: str
    part: str
    items: tuple[Item, ...]
    resource: Callable[[str, Item, str, date], Resource]
    answer: Callable[[Item, Resource], str]
    asked_of: Callable[[int, int | None], bool] = lambda _sex, _age: True
    display: Callable[[Item, str], str] = lambda item, _answer: item.name
    may_be_nothing: bool = True

    def item(self, key: str) -> Item | None:
        """The item of that key; None where the form has none (any more)."""
        return next((one for one in self.items if one.key == key), None)


def code_of(section: str, item: str) -> str:
    """The code of an item in the system FORM."""
    return f"{section}.{item}"


def concept(section: str, item: Item, text: str = "") -> Resource:
    """The concept that names an item: its own code first, then that of the world."""
    coding = [{"system": FORM, "code": code_of(section, item.key)}]
    if item.code:
        coding.append({"system": item.code[0], "code": item.code[1]})
    return {"coding": coding, "text": text or item.name}
