"""The children whose birth a claim of their mother certifies (XML9), as they go over the pipe.

What is not alive is not told at all: a stillbirth is no person, and a child that died in between is
for its station to write down. Source: QĐ 130/QĐ-BYT, XML9; domain.md, Top 15, fact 10.
"""

import re
from typing import Any

from hssk.exchange.formats.claims_xml.identity import Identity
from hssk.exchange.formats.claims_xml.model import Claim
from hssk.exchange.formats.claims_xml.to_fhir import Birth, births_of, hints_of
from hssk.kit.dates import DAY
from hssk.kit.text import clean, fold

# of TINH_TRANG_CON, folded: free text, in which a mother's own words stand too
_NOT_ALIVE = re.compile(r"\b(chet|mat tim thai|thai luu|tu vong|ngung tim|da mat|khong song)\b")
_SKIN = re.compile(r"\bda m[ặắ]t\b")  # folded, the skin of a face reads as if it had died
_MOST = 5  # children of one birth; a claim that certifies more is no claim of one mother
UNCLEAR, ANOTHER = "unclear", "another"


def certified(claim: Claim, identity: Identity | None) -> list[dict[str, Any]]:
    """What is said of each child that a claim certifies, if it is the mother's; mostly nothing.

    nth, of, birth (yyyymmdd), minute (of the day, None where it is not told), sex, name, card,
    paper, mother, father; doubt is "" or why nobody is to be opened by it: "unclear" where fewer
    children live than are certified, "another" where somebody else than the patient is the mother.
    """
    births = births_of(claim)
    if identity is None or not births or _is_of_child(identity, births) or _ended_badly(claim):
        return []
    alive = [one for one in births if not _is_dead(one.condition)]
    living = next((one.living_children for one in births if one.living_children.isdigit()), "")
    if living and int(living) == 0:
        return []
    doubt = UNCLEAR if len(alive) > _MOST or (living and int(living) < len(alive)) else ""
    return [
        _told(one, len(births), doubt or (ANOTHER if _names_another(identity, one) else ""))
        for one in alive if one.born is not None and one.born.known.precision == DAY
    ]  # fmt: skip


def _is_dead(condition: str) -> bool:
    return bool(_NOT_ALIVE.search(fold(_SKIN.sub("", clean(condition).lower()))))


def _is_of_child(identity: Identity, births: list[Birth]) -> bool:
    """Whether the claim is the child's own: its first visit may carry the certificate too."""
    days = {one.born.known for one in births if one.born is not None}
    return identity.newborn_under_parent or identity.birth in days


def _ended_badly(claim: Claim) -> bool:
    return bool(hints_of(claim) & {"child_died", "pregnancy_ended"})


def _names_another(identity: Identity, one: Birth) -> bool:
    """Whether a certificate says of somebody else that she bore the child or looks after it."""
    if not one.mother_name or fold(one.mother_name) == fold(identity.name):
        return False
    numbers = {card.bhxh for card in identity.cards} | {identity.number} - {""}
    return not numbers & ({one.mother_number, one.mother_bhxh} - {""})


def _told(one: Birth, of: int, doubt: str) -> dict[str, Any]:
    assert one.born is not None  # whoever has no day is left out
    return {
        "nth": one.line,
        "of": of,
        "birth": one.born.known.number,
        "minute": one.born.minute,
        "sex": one.child_sex,
        "name": one.child_name,
        "card": one.temporary_card,
        "paper": "/".join(filter(None, (one.certificate, one.book)))[:60],
        "mother": one.mother_name,
        "father": one.father_name,
        "doubt": doubt,
    }
