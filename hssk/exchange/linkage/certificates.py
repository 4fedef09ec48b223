"""Which of the children who are there already the certificates of one birth are about, if any.

All certificates of one mother and one night are judged together: two of one sex are two children,
and which of two children whom she has already either is about need not be told to add neither.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from hssk.exchange.linkage.newborns import Baby, Met, is_proven, may_be, same_sex
from hssk.kit.text import fold

_Rule = Callable[["Certificate", "Kid"], bool]
OPEN = -1  # nobody is there
UNSURE = -2  # one of several may be it, or one who may be somebody else's


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certified child: line `nth` of the visit `act`, with what a row about it would meet.

    paper, minute  number of the certificate and minute of the birth; "" and None where not told
    father         his name, under which the child may stand too
    """

    act: UUID
    nth: int
    baby: Baby
    paper: str = ""
    minute: int | None = None
    father: str = ""


@dataclass(frozen=True, slots=True)
class Kid:
    """A child who is there and born about that day: `met` what is said of it by rows and homes.

    hers      its birth by this mother is written down; then act, nth, paper and minute of a birth
              that a file certified, else None, 0, "" and None
    """

    born: int
    sex: int
    name: str
    met: tuple[Met, ...] = ()
    hers: bool = False
    act: UUID | None = None
    nth: int = 0
    paper: str = ""
    minute: int | None = None


def once(certificates: Sequence[Certificate]) -> list[int]:
    """The indexes of those to go by: of one certificate told several times the last, whether by
    the same visit sent again or by another visit of the mother."""
    kept: list[int] = []
    for at, one in enumerate(certificates):
        again = (old for old in kept if _is_again(certificates[old], one))
        if (old := next(again, None)) is not None:
            kept.remove(old)
        kept.append(at)
    return kept


def match(certificates: Sequence[Certificate], kids: Sequence[Kid]) -> list[int]:
    """For each certificate of one birth the kid that it is about, OPEN or UNSURE."""
    found: dict[int, int] = {}
    # who tells no sex takes what is left
    for rule in (_same_line, _same_visit, _same_place, _same_card, _hers_of_sex, _hers):
        _pair(certificates, kids, found, rule)
    rest = [at for at in range(len(certificates)) if at not in found]
    found |= dict(_strangers(certificates, kids, rest, set(found.values())))
    return [found[at] for at in range(len(certificates))]


def _pair(
    certificates: Sequence[Certificate], kids: Sequence[Kid], found: dict[int, int], rule: _Rule
) -> None:
    """Pair in order whom a rule pairs and nobody else has."""
    for at, one in enumerate(certificates):
        if at in found:
            continue
        taken = set(found.values())
        free = (nth for nth, kid in enumerate(kids) if nth not in taken and rule(one, kid))
        if (nth := next(free, None)) is not None:
            found[at] = nth


def _same_line(one: Certificate, kid: Kid) -> bool:
    return _same_visit(one, kid) and one.nth == kid.nth


def _same_visit(one: Certificate, kid: Kid) -> bool:
    return kid.hers and kid.act == one.act and same_sex(one.baby.sex, kid.sex)


def _same_place(one: Certificate, kid: Kid) -> bool:
    """The same line of the same visit, whose sex was corrected."""
    return kid.hers and kid.act == one.act and one.nth == kid.nth


def _same_card(one: Certificate, kid: Kid) -> bool:
    cards = {met.card for met in kid.met} - {""}
    return bool(cards & one.baby.cards) and kid.born == one.baby.born and _fits(one, kid)


def _hers_of_sex(one: Certificate, kid: Kid) -> bool:
    return bool(one.baby.sex) and _hers(one, kid)


def _hers(one: Certificate, kid: Kid) -> bool:
    """A child of hers of that night, of whom nothing says that it is the other of two."""
    if not kid.hers or kid.act == one.act or not _fits(one, kid):
        return False
    return not _differ(one.paper, kid.paper) and not _differ(one.minute, kid.minute)


def _fits(one: Certificate, kid: Kid) -> bool:
    return same_sex(one.baby.sex, kid.sex) and not _differ(fold(one.baby.own), fold(kid.name))


def _differ(one: object, other: object) -> bool:
    return one not in ("", None) and other not in ("", None) and one != other


def _is_again(old: Certificate, one: Certificate) -> bool:
    if old.act == one.act:
        return old.nth == one.nth
    return same_sex(old.baby.sex, one.baby.sex) and not (
        _differ(old.paper, one.paper) or _differ(old.minute, one.minute)
        or _differ(fold(old.baby.own), fold(one.baby.own))
    )  # fmt: skip


def _strangers(
    certificates: Sequence[Certificate], kids: Sequence[Kid], rest: list[int], taken: set[int]
) -> Iterator[tuple[int, int]]:
    """Certificates of which no birth is written down: whoever more than a name and a day ties to
    them is the child. As many certificates alike as children are those, in order: all are hers."""
    families: dict[tuple[tuple[int, ...], tuple[int, ...]], list[int]] = {}
    for at in rest:
        families.setdefault(_meeting(certificates[at], kids, taken), []).append(at)
    claimed = Counter(nth for proven, _others in families for nth in proven)
    for (proven, others), ours in families.items():
        shared = any(claimed[nth] > 1 for nth in proven)
        for place, at in enumerate(ours):
            if shared or len(proven) > len(ours):
                yield at, UNSURE
            elif place < len(proven):
                yield at, proven[place]
            else:
                yield at, UNSURE if others else OPEN


def _meeting(
    one: Certificate, kids: Sequence[Kid], taken: set[int]
) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The kids whom a certificate may be about: those whom more than a name and a day ties to it,
    and the others."""
    proven: list[int] = []
    others: list[int] = []
    for nth, kid in enumerate(kids):
        if nth in taken or kid.hers or kid.born != one.baby.born or not _fits(one, kid):
            continue
        if said := list(_said(one, kid)):
            tied = any(is_proven(one.baby, row) for row in said)
            (proven if tied else others).append(nth)
    return tuple(proven), tuple(others)


def _said(one: Certificate, kid: Kid) -> Iterator[Met]:
    """What is said of a kid that may be said of the child of a certificate."""
    named = bool(one.baby.own) and fold(one.baby.own) == fold(kid.name)
    father = fold(one.father)
    for met in kid.met:
        # a row under the father's name bears his number, which nobody knows here
        ours = replace(met, number="") if father and fold(met.parent) == father else met
        if named or may_be(one.baby, ours):
            yield ours
