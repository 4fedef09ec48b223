"""The form of QĐ 831 is filled: each answer that is new becomes a version of its own entry."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import Q

from hssk.access.models import User
from hssk.access.services import as_machine
from hssk.kit.dates import PartialDate
from hssk.records import sections
from hssk.records.models import Entry
from hssk.records.rules.labels import closed
from hssk.records.sections import Asks, Item, Section
from hssk.records.sections.surgery import year_in
from hssk.records.services.marks import entries_marked, keys_marked, mark_of
from hssk.records.services.reading import about
from hssk.records.services.writing import Draft, draft_of, write

_FILLING = 7_310_007  # with a person's key: forms about one person are filed one after the other


@dataclass(frozen=True)
class Clash:
    """An item that somebody else answered since the form was opened, and what they answered."""

    code: str
    item: Item
    theirs: str
    by: str


@dataclass
class Filed:
    """What came of a form: how many entries were written, and what was left for a second look."""

    written: int = 0
    clashes: list[Clash] = field(default_factory=list)


@dataclass(frozen=True)
class _Filling:
    """A form that is being filed: about whom, by whom, what they may see, on which day."""

    person: UUID
    author: User
    sight: Q
    on: date


@dataclass(frozen=True)
class Stands:
    """The answer to one item that the asker sees, with the entries that hold it, latest first."""

    answer: str
    entries: Sequence[Entry]

    @property
    def mark(self) -> str:
        """What of it was shown: the versions, so that a later one is told apart."""
        return mark_of(self.entries)


def standing(person: UUID, sight: Q) -> dict[str, Stands]:
    """The answers of the form that stand about somebody, by the code of their item.

    sight  which entries whoever asks may see: what they may not, is not there
    """
    entries = about(person).current().filter(sight, section__in=sections.PARTS)
    return {
        code: Stands(_joined(held), held) for code, held in sections.answers_of(entries).items()
    }


def _joined(held: Sequence[Entry]) -> str:
    section, item = _item_of(held[0])
    if item.asks is not Asks.LINES:
        return sections.answer_in(item, section, held[0].resource)
    lines = [sections.answer_in(item, section, one.resource) for one in reversed(held)]
    return "\n".join(dict.fromkeys(lines))


def _item_of(one: Entry) -> tuple[Section, Item]:
    found = sections.item_of(one)
    if found is None:
        raise LookupError(f"no item of the form is answered by a {one.kind}")
    return found


@transaction.atomic
def file_answers(
    person: UUID,
    answers: Mapping[str, str],
    *,
    seen: Mapping[str, str],
    sight: Q,
    author: User,
    on: date,
    why: str,
) -> Filed:
    """File the answers of a form about `person` (a root) that differ from what was shown.

    answers  by code of item, all that the form asked; an empty one takes back what stood
    seen     the marks of what the form showed, by code: what was answered since by others is left
             as it is and told as a clash, where the answer to it was changed here too
    on       the day the answers were given
    why      what for, where they correct something

    Raises Unsound before anything is written.
    """
    _wait_for_others(person)
    filed, filling = Filed(), _Filling(person, author, sight, on)
    drafts: list[Draft] = []
    stands = standing(person, sight)
    for code, answer in answers.items():
        known = stands.get(code)
        if answer == (known.answer if known else ""):
            continue
        if answer == (shown := _shown(seen.get(code, ""))):
            continue
        of, held = _asked(code), known.entries if known else ()
        if of[1].asks is Asks.LINES:
            drafts += _lines(filling, of, (shown, answer), held)
        elif clash := _clash(filling, (code, of[1]), known, seen.get(code, "")):
            filed.clashes.append(clash)
        else:
            drafts += _drafts(filling, of, answer, held)
    with as_machine(author, on):  # whoever asks has seen that the person is theirs
        filed.written = write(drafts, author=author, why=why)
    return filed


def _wait_for_others(person: UUID) -> None:
    """Let forms about one person be filed one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [_FILLING, str(person)])


def _shown(mark: str) -> str:
    """The answer that a form showed, out of the versions that it marks; "" where none stood."""
    held = entries_marked(mark)
    return _joined(held) if held and all(map(sections.item_of, held)) else ""


def _clash(
    filling: _Filling, of: tuple[str, Item], known: Stands | None, mark: str
) -> Clash | None:
    """What somebody else did to an item since it was shown: another answer, or none any more."""
    if known is None and not mark:
        return None  # nothing was shown, and nothing stands
    if known is None:
        gone = Entry.objects.filter(filling.sight, replaced_at=None, withdrawn=True)
        back = gone.filter(entry__in=[entry for entry, _version in keys_marked(mark)])
        latest, theirs = back.exclude(author=filling.author).order_by("-id").first(), ""
    elif known.mark == mark or known.entries[0].author_id == filling.author.pk:
        return None
    else:
        latest, theirs = known.entries[0], known.answer
    by = str(latest.author) if latest and latest.author else ""
    return Clash(*of, theirs, by) if latest else None


def _asked(code: str) -> tuple[Section, Item]:
    key, _, item = code.partition(".")
    section = sections.PARTS[key]
    found = sections.NOTHING_OF_A_SECTION if item == sections.NOTHING else section.item(item)
    if found is None:
        raise LookupError(code)
    return section, found


def _drafts(
    filling: _Filling, of: tuple[Section, Item], answer: str, held: Sequence[Entry]
) -> Iterator[Draft]:
    """The entries that say `answer` instead of what `held` say; where it is empty, that those no
    longer hold."""
    if (
        answer
        and held
        and held[0].author_id != filling.author.pk
        and closed(sections.tells(of[1], answer))
    ):
        # it would be hidden from whoever answered before, and take their own answer with it
        yield _draft(filling, of, answer, instead=None)
        return
    if answer:
        yield _draft(filling, of, answer, instead=held[0] if held else None)
    yield from (draft_of(one, withdrawn=True) for one in held[1 if answer else 0 :])


def _lines(
    filling: _Filling, of: tuple[Section, Item], lines: tuple[str, str], held: Sequence[Entry]
) -> Iterator[Draft]:
    """What was added to the lines that were shown, and what was taken from them, each line an entry
    of its own: what others did to other lines stays."""
    section, item = of
    shown, typed = (text.split("\n") if text else [] for text in lines)
    said = [(sections.answer_in(item, section, one.resource), one) for one in held]
    standing = {line for line, _one in said}
    for line in typed:
        if line not in shown and line not in standing:
            yield _draft(filling, of, line, instead=None)
    gone = set(shown) - set(typed)
    yield from (draft_of(one, withdrawn=True) for line, one in said if line in gone)


def _draft(
    filling: _Filling, of: tuple[Section, Item], answer: str, *, instead: Entry | None
) -> Draft:
    section, item = of
    draft = Draft(
        entry=instead.entry if instead else uuid4(),
        person=instead.person if instead else filling.person, section=section.key,
        resource=sections.resource_of(section, item, answer, filling.on),
        on=_day(item, answer, filling.on),
        system=sections.FORM, code=sections.code_of(section.key, item.key),
        display=_display(section, item, answer), said=sections.tells(item, answer), told=True,
    )  # fmt: skip
    if instead is None:
        return draft
    return replace(draft, facility=instead.facility, visit=instead.visit)


def _display(section: Section, item: Item, answer: str) -> str:
    return item.name if item.key == sections.NOTHING else section.display(item, answer)


def _day(item: Item, answer: str, on: date) -> PartialDate | None:
    """The day an answer is about: of a dose its own, of an operation its year, else (of an
    appointment too) the day it was given."""
    if item.asks is Asks.DOSE:
        return PartialDate.from_iso(answer.partition("\t")[0])
    if item.asks is Asks.LINES:
        year = year_in(answer)
        return PartialDate.of(year) if year and year <= on.year else None
    return PartialDate(on)
