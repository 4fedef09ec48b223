"""One HOSO: its inner documents become tables, and the tables one claim."""

import re
from collections.abc import Iterator

from lxml import etree

from hssk.exchange.formats.claims_xml.bounds import Bounds
from hssk.exchange.formats.claims_xml.checkups.reading import add_document, head_of
from hssk.exchange.formats.claims_xml.checkups.tables import PLACE
from hssk.exchange.formats.claims_xml.inner import local, parse, rows_of, unpack
from hssk.exchange.formats.claims_xml.model import Claim, Note, Refused, Row
from hssk.exchange.formats.claims_xml.refusals import refuse
from hssk.exchange.formats.claims_xml.tables import FIELDS, ROOTS
from hssk.exchange.formats.claims_xml.values import clean
from hssk.exchange.formats.claims_xml.written import learn, rows_as_before
from hssk.exchange.formats.errors import UnreadableFile

_LABEL = re.compile(r"(?:XML)?\s*0*(\d{1,2})", re.IGNORECASE)


class Header:
    """What the envelope says of all its claims; it may say it before them or after."""

    def __init__(self) -> None:
        self.facility = self.made_on = self.count = ""
        self.checkups = False

    @property
    def stated(self) -> int | None:
        """SOLUONGHOSO as a number, if it is one."""
        return int(self.count) if re.fullmatch("[0-9]{1,9}", self.count) else None


class _Gathered:
    """What has been read of a HOSO so far; of a broken one, what came before the break."""

    def __init__(self) -> None:
        self.tables: dict[str, list[Row]] = {}
        self.inner: dict[str, bytes] = {}
        self.notes: list[Note] = []

    def said(self, tag: str) -> str:
        """The first value of `tag`: of XML1, else of another table in the order of the file."""
        first = self.tables.get("XML1", [])
        rows = [*first, *(row for table in self.tables.values() for row in table)]
        return next((row[tag] for row in rows if row.get(tag)), "")


def claim_of(hoso: etree._Element, header: Header, ordinal: int, bounds: Bounds) -> Claim | Refused:
    """The claim in a HOSO element, or why there is none."""
    gathered = _Gathered()
    where = f"Hồ sơ thứ {ordinal}"
    gather = _gather_checkup if header.checkups else _gather
    try:
        for label, content in _files(hoso):
            gather(gathered, label, content, where, bounds)
        if not gathered.inner:
            raise refuse("no_tables", where)
    except UnreadableFile as refusal:
        raw = etree.tostring(hoso, encoding="utf-8", with_tail=False)
        return Refused(
            header.facility.upper(), header.made_on, ordinal, gathered.said("MA_LK"),
            refusal.kind, refusal.message, refusal.advice, raw,
        )  # fmt: skip
    if header.checkups:
        head_of(gathered.tables)
    return Claim(
        _facility(gathered.said("MA_CSKCB"), header), header.made_on, header.stated, ordinal,
        gathered.said("MA_LK"),
        gathered.tables, gathered.inner, tuple(gathered.notes),
    )  # fmt: skip


def _facility(own: str, header: Header) -> str:
    """The facility's code. A check-up has the five signs of QĐ 384/QĐ-BYT (2019), and its envelope
    the 13 digits of a place, which name nothing here; some programs write them the other way."""
    if not header.checkups:
        return (header.facility or own).upper()
    said = [code for code in (own, header.facility) if code]
    return next((code for code in said if not PLACE.fullmatch(code)), (said or [""])[0]).upper()


def _files(hoso: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    """What each document is said to be, and the element that holds it."""
    for holder in hoso.iter("{*}NOIDUNGFILE"):
        label = next((e.text or "" for e in holder.itersiblings("{*}LOAIHOSO")), None)
        if label is None:
            label = next(
                (e.text or "" for e in holder.itersiblings("{*}LOAIHOSO", preceding=True)), ""
            )
        yield clean(label), holder


def _gather(
    gathered: _Gathered, label: str, holder: etree._Element, where: str, bounds: Bounds
) -> None:
    number = _LABEL.fullmatch(label)
    named = f"XML{number[1]}" if number else label
    where = f"{where}, bảng {named or 'không tên'}"
    if len(holder):
        root, data = _inline(holder)
    elif not clean(holder.text or ""):
        gathered.notes.append(Note("empty_table", named))
        return
    else:
        data, packed = unpack(holder.text or "", where, bounds)
        if packed and (rows := rows_as_before(data, named, bounds)):
            _keep(gathered, named, data)
            gathered.tables.setdefault(named, []).extend(rows)
            return
        root = parse(data, where, bounds, believed=packed)
        if packed and ROOTS.get(root.tag) == named:
            learn(data, named, root)
    table = ROOTS.get(local(root.tag), named)
    if table != named:
        gathered.notes.append(Note("mislabelled", table, label))
    _keep(gathered, table, data)
    if table not in FIELDS:
        gathered.notes.append(Note("unknown_table", table))
        return
    rows, notes = rows_of(root, table, where, bounds)
    gathered.tables.setdefault(table, []).extend(rows)
    gathered.notes.extend(notes)


def _gather_checkup(
    gathered: _Gathered, label: str, holder: etree._Element, where: str, bounds: Bounds
) -> None:
    """A document of a check-up: what it is called differs between programs, so it is not asked."""
    where = f"{where}, bảng {label or 'không tên'}"
    if len(holder):
        root, data = _inline(holder)
    elif not clean(holder.text or ""):
        gathered.notes.append(Note("empty_table", label))
        return
    else:
        data, packed = unpack(holder.text or "", where, bounds)
        root = parse(data, where, bounds, believed=packed)
    _keep(gathered, label or local(root.tag), data)
    add_document(gathered.tables, root, where, bounds)


def _inline(holder: etree._Element) -> tuple[etree._Element, bytes]:
    """The document that came as elements, and its text written anew."""
    root = holder[0] if len(holder) == 1 else holder
    return root, etree.tostring(root, encoding="utf-8", with_tail=False)


def _keep(gathered: _Gathered, table: str, data: bytes) -> None:
    same = sum(key.partition("#")[0] == table for key in gathered.inner)
    gathered.inner[f"{table}#{same + 1}" if same else table] = data
