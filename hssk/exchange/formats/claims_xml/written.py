"""Documents that differ from one read before in nothing but what their rows say.

A program writes every document of a table in one form: the same words around the rows, the same
tags in each. Once the parser has read one of them element by element, one expression takes the
rows of the next ones out of their text, in half the time that the parser alone would take. All that
well-formedness asks of such a text is asked here, too; what is not certain is left to the parser.
Source: Extensible Markup Language (XML) 1.0, fifth edition, productions 2, 14 and 43, and 2.11.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import unescape

from lxml import etree

from hssk.exchange.formats.claims_xml.bounds import Bounds
from hssk.exchange.formats.claims_xml.model import Row
from hssk.exchange.formats.claims_xml.tables import KEPT
from hssk.exchange.formats.claims_xml.values import clean

_MOST_LEARNED = 100  # forms: to learn one takes as long as to read fifty documents
_EMPTY: dict[str, Row] = {table: dict.fromkeys(tags, "") for table, tags in KEPT.items()}
_NO_SIGNS = frozenset(range(32)) - {9, 10, 13}  # that no XML holds, nor the three that follow
_NO_LETTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf", b"]]>")
_ENTITIES = (b"&amp;", b"&lt;", b"&gt;", b"&quot;", b"&apos;")  # there is no other without a DTD
# ASCII and the letters from À to ƿ and from Ḁ to ỿ, each NFC by itself and beside any other; of
# blanks only those that `str.strip` takes off
_VIETNAMESE = bytes({*range(127), *range(0x80, 0xC0), *range(0xC3, 0xC7), 0xE1} - _NO_SIGNS)
_HEAD, _TAIL = re.compile(rb"(<\?xml[^<>]*\?>)?\s*(<\w+>\s*)*"), re.compile(rb"\s*(</\w+>\s*)*")
_NAME = re.compile(rb"</?(\w+)>")
_QUOTES = {"&quot;": '"', "&apos;": "'"}


@dataclass(frozen=True, slots=True)
class _Form:
    """How a program writes a table.

    head, tail  all before the content of the first row, all after that of the last
    around      `<` in head and tail that are not of a row
    levels      of elements, that of the rows among them
    tags        of every row, in their order
    row         an expression for a row, with a group for each of its cells
    """

    head: bytes
    tail: bytes
    around: int
    levels: int
    tags: tuple[str, ...]
    row: re.Pattern[str]

    def fits(self, data: bytes, bounds: Bounds) -> bool:
        """Whether a document begins and ends so, and is within the bounds."""
        return (
            data.startswith(self.head)
            and data.endswith(self.tail)
            and len(self.head) + len(self.tail) <= len(data) <= min(bounds.text, bounds.decoded)
            and self.levels <= bounds.levels
            and data.count(b"<") <= bounds.elements
        )


_forms: dict[str, _Form] = {}  # table → the form in which it was written last
_learned: dict[tuple[str, tuple[str, ...]], re.Pattern[str]] = {}  # by tags of a row, and its own


def empty_row(table: str) -> Row:
    """A row of a table that says nothing, with every tag."""
    return _EMPTY[table].copy()


def rows_as_before(data: bytes, table: str, bounds: Bounds) -> list[Row]:
    """The rows of a document that is written as the last one of `table` was; [] of any other.

    That there is nothing but rows between head and tail is told by counting: every `<` is one of
    the two of a cell or of a row.
    """
    form = _forms.get(table)
    strange = data.translate(None, _VIETNAMESE)
    if form is None or not form.fits(data, bounds) or (text := _sound(data, strange)) is None:
        return []
    rows = form.row.findall(text)
    counted = form.around + 2 * len(rows) * (1 + len(form.tags))
    if data.count(b"<") != counted or (form.levels == 1 != len(rows)):  # a document has one root
        return []
    kept = clean if strange or _has_others(data) else str.strip
    if b"&" in data:
        rows = [_meant(row) for row in rows]
    return [_EMPTY[table] | dict(zip(form.tags, map(kept, row), strict=True)) for row in rows]


def learn(data: bytes, table: str, root: etree._Element) -> None:
    """Remember how a document of `table` is written, in which nothing but elements is around the
    rows; `root` is what the parser made of it."""
    row = root
    while len(row) and row[0].tag not in _EMPTY[table]:
        row = row[0]
    tags = tuple(cell.tag for cell in row)
    if not 1 < len(tags) == len(_EMPTY[table].keys() & tags):
        return
    head, opens, rest = data.partition(f"<{row.tag}>".encode())
    _rows, closes, tail = rest.rpartition(f"</{row.tag}>".encode())
    around = _NAME.findall(head)
    if not (closes and _HEAD.fullmatch(head) and _TAIL.fullmatch(tail)):
        return
    if around == _NAME.findall(tail)[::-1] and (expression := _row_of(row.tag, tags)):
        _forms[table] = _Form(
            head + opens, closes + tail, head.count(b"<") + len(around), len(around) + 1, tags,
            expression,
        )  # fmt: skip


def _row_of(name: str, tags: tuple[str, ...]) -> re.Pattern[str] | None:
    """An expression for a row of these tags; None where too many have been asked for."""
    if (name, tags) not in _learned and len(_learned) < _MOST_LEARNED:
        cells = r"\s*".join(f"<{tag}>([^<]*)</{tag}>" for tag in tags)
        _learned[name, tags] = re.compile(rf"<{name}>\s*{cells}\s*</{name}>")
    return _learned.get((name, tags))


def _sound(data: bytes, strange: bytes) -> str | None:
    """The text of a document; None where something between its tags may not be XML in UTF-8.

    strange  what of it is not `_VIETNAMESE`
    """
    if strange and not _NO_SIGNS.isdisjoint(strange):
        return None
    # one sign is looked for in a twentieth of the time of three
    if (b"\xef" in strange or b"]" in data) and any(no in data for no in _NO_LETTERS):
        return None
    if b"&" in data and data.count(b"&") != sum(map(data.count, _ENTITIES)):
        return None
    if b"\r" in data:
        data = data.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    try:
        return data.decode()
    except UnicodeDecodeError:
        return None


def _has_others(data: bytes) -> bool:
    """Whether a text of bytes that are `_VIETNAMESE` holds other letters of three bytes."""
    return data.count(b"\xe1") != data.count(b"\xe1\xba") + data.count(b"\xe1\xbb")


def _meant(row: Iterable[str]) -> list[str]:
    """The texts of a row without the entities that stand for signs of XML."""
    return [unescape(text, _QUOTES) if "&" in text else text for text in row]
