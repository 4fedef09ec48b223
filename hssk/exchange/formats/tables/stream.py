"""Reading .xlsx parts row by row, for sheets that state or reach far more than they hold.

Blank formatted cells are cut out of the bytes before they are parsed; memory grows with the
cells that hold something, not with the extent.
"""

import re
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from hssk.exchange.formats.tables.extents import DAMAGE, column_index
from hssk.exchange.formats.tables.refusals import refuse
from hssk.exchange.formats.tables.sheets import Sheet

_CHUNK = 1 << 20
# only such as state their place: without it, the ones after them would move
_BLANK_CELL = re.compile(rb"<c\s+r=\"[^\"]*\"(?:\s+[a-z]+=\"[^\"]*\")*\s*/>")
_BLANK_ROW = re.compile(rb"<row\s+r=[^>]*/>|<row\s+r=[^>/]*></row>")
_DATE_FORMATS = frozenset((*range(14, 18), 22, *range(27, 37), *range(50, 59)))
_DATE_CODE = re.compile(r"[dy]", re.IGNORECASE)
_QUOTED = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.|\*.")
_MOST_ROWS = 2_000_000
_MOST_COLUMNS = 500  # further right lies no list of people
_EPOCH = datetime(1899, 12, 30)
_MAC_EPOCH = datetime(1904, 1, 1)


def stream_workbook(path: str) -> Iterator[Sheet]:
    """The sheets of the .xlsx at `path`, with only the rows that hold something.

    Raises UnreadableFile for a workbook cut short or with broken parts.
    """
    from lxml import etree

    try:
        with zipfile.ZipFile(path) as archive:
            book = Workbook(archive)
            for title, part, hidden in book.sheets():
                yield Sheet(title, [], hidden=True) if hidden else book.read(title, part)
    except (*DAMAGE, KeyError, etree.XMLSyntaxError) as error:
        raise refuse("damaged") from error


def _local(tag: Any) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


class Workbook:
    """The parts of an .xlsx, each read when it is asked for."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = {name.lower(): name for name in archive.namelist()}
        self.epoch = _EPOCH

    def _tree(self, name: str) -> Any:
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(self.archive.read(self.names[name]), parser)

    def sheets(self) -> list[tuple[str, str, bool]]:
        """(title, part name, hidden) of each worksheet in order."""
        targets = {
            element.get("Id"): element.get("Target", "")
            for element in self._tree("xl/_rels/workbook.xml.rels")
            if str(element.get("Type", "")).endswith("/worksheet")
        }
        found = []
        for element in self._tree("xl/workbook.xml").iter():
            tag = _local(element.tag)
            if tag == "workbookPr" and element.get("date1904") in ("1", "true"):
                self.epoch = _MAC_EPOCH
            if tag != "sheet":
                continue
            key = next((v for k, v in element.attrib.items() if _local(k) == "id"), "")
            if key in targets:
                target = targets[key].lstrip("/")
                part = target if target.startswith("xl/") else f"xl/{target}"
                hidden = element.get("state", "visible") != "visible"
                found.append((element.get("name", ""), part, hidden))
        return found

    @cached_property
    def strings(self) -> list[str]:
        name = self.names.get("xl/sharedstrings.xml")
        if name is None:
            return []
        with self.archive.open(name) as part:
            return [_text_of(element) for element in _elements(part.read, "si")]

    @cached_property
    def dates(self) -> set[str]:
        """The style numbers, as text, that show a number as a date."""
        if "xl/styles.xml" not in self.names:
            return set()
        codes: dict[str, str] = {}
        dates: set[str] = set()
        for element in self._tree("xl/styles.xml").iter():
            tag = _local(element.tag)
            if tag == "numFmt":
                codes[element.get("numFmtId")] = element.get("formatCode", "")
            elif tag == "cellXfs":
                for number, style in enumerate(element):
                    code = style.get("numFmtId", "0")
                    plain = _QUOTED.sub("", codes.get(code, ""))
                    if (code.isdecimal() and int(code) in _DATE_FORMATS) or _DATE_CODE.search(
                        plain
                    ):
                        dates.add(str(number))
        return dates

    def read(self, title: str, part_name: str) -> Sheet:
        """One sheet. Rows without a value leave no trace but a gap in `numbers`."""
        rows: list[list[Any]] = []
        numbers: list[int] = []
        number = 0
        with self.archive.open(self.names[part_name.lower()]) as part:
            for element in _elements(_without_blanks(part.read), "row"):
                number = int(element.get("r") or number + 1)
                row = self._row(element)
                if row and number <= _MOST_ROWS:
                    rows.append(row)
                    numbers.append(number)
        return Sheet(title, rows, numbers=numbers)

    def _row(self, element: Any) -> list[Any]:
        row: list[Any] = []
        column = -1
        for cell in element:
            place = cell.get("r")
            column = column_index(place.rstrip("0123456789")) if place else column + 1
            value = self._value(cell)
            if value is not None and 0 <= column < _MOST_COLUMNS:
                row.extend([None] * (column + 1 - len(row)))
                row[column] = value
        return row

    def _value(self, cell: Any) -> Any:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _text_of(cell) or None
        last = cell[-1] if len(cell) else None
        if last is None or not last.tag.endswith("}v") or not last.text:
            return None
        text = last.text
        if kind == "s":
            place = int(text)
            return (self.strings[place] if 0 <= place < len(self.strings) else "") or None
        if kind == "b":
            return text == "1"
        if kind in ("str", "e", "d"):
            return text
        return self._number(float(text), cell.get("s", ""))

    def _number(self, value: float, style: str) -> float | date | datetime:
        if style not in self.dates or not 0 <= value < 2_958_466:
            return value
        moment = self.epoch + timedelta(days=value)
        return moment.date() if value.is_integer() else moment.replace(microsecond=0)


def _text_of(element: Any) -> str:
    """The text of an `si` or `is` element: its runs, without phonetic hints."""
    texts = []
    for child in element.iter():
        if _local(child.tag) == "t" and _local(child.getparent().tag) != "rPh":
            texts.append(child.text or "")
    return "".join(texts)


def _without_blanks(read: Callable[[int], bytes]) -> Callable[[int], bytes]:
    """A reader like `read` that leaves blank formatted cells and blank rows out."""
    rest = b""

    def slimmed(size: int) -> bytes:
        nonlocal rest
        while True:
            chunk = read(size)
            whole = rest + chunk
            cut = whole.rfind(b"<row") if chunk else len(whole)
            if chunk and cut <= 0:
                rest = whole
                continue
            rest = whole[cut:]
            slim = _BLANK_ROW.sub(b"", _BLANK_CELL.sub(b"", whole[:cut]))
            if slim or not chunk:
                return slim

    return slimmed


def _elements(read: Callable[[int], bytes], tag: str) -> Iterator[Any]:
    """Each element called `tag`, complete, and forgotten once the caller has seen it."""
    from lxml import etree

    parser = etree.XMLPullParser(
        events=("end",), tag=f"{{*}}{tag}", resolve_entities=False, no_network=True, huge_tree=True
    )
    while chunk := read(_CHUNK):
        parser.feed(chunk)
        yield from _drain(parser)
    parser.close()
    yield from _drain(parser)


def _drain(parser: Any) -> Iterator[Any]:
    for _, element in parser.read_events():
        yield element
        element.clear()
        while element.getprevious() is not None:
            del element.getparent()[0]
