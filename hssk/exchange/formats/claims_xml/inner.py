"""The documents inside a claim: unpacked from base64, parsed, and read into rows by tag."""

import binascii
from typing import Any

from lxml import etree

from hssk.exchange.formats.claims_xml.bounds import Bounds
from hssk.exchange.formats.claims_xml.model import Note, Row
from hssk.exchange.formats.claims_xml.prolog import UTF_8, encoding_of, root_name
from hssk.exchange.formats.claims_xml.refusals import refuse
from hssk.exchange.formats.claims_xml.tables import FIELDS, RENAMED
from hssk.exchange.formats.claims_xml.values import EDGES, clean
from hssk.exchange.formats.claims_xml.written import empty_row
from hssk.exchange.formats.errors import UnreadableFile

# Every safeguard of lxml is asked for by name, so that no later default can take one away.
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "huge_tree": False,
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
    "encoding": UTF_8,  # what is given to it has been made UTF-8, whatever it declares
}
_PARSER = etree.XMLParser(**SAFE)  # it begins anew with each document
# table → tag as it may be written → tag as it is kept
_NAMES = {
    table: {tag: tag for tag in tags} | RENAMED.get(table, {}) for table, tags in FIELDS.items()
}
_DEPTH, _LIMIT, _COMMENT, _BYTES = "Excessive depth", 114, 45, 81


def syntax_refusal(error: etree.XMLSyntaxError, where: str) -> UnreadableFile:
    """Why the parser would not go on, in our words; the parser's own stay out of them."""
    if _DEPTH in (error.msg or ""):
        return refuse("too_deep", where, "quá 256 cấp")
    if error.code in (_LIMIT, _COMMENT):
        return refuse("too_large", where, "một đoạn chữ quá 10 triệu ký tự")
    line, column = error.position
    place = f"dòng {line}, cột {column}"
    return refuse("encoding" if error.code == _BYTES else "damaged", where, place)


def local(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def unpack(text: str, where: str, bounds: Bounds) -> tuple[bytes, bool]:
    """The bytes of a document that lies in NOIDUNGFILE as text, and whether it was base64.

    text  base64, in lines or not, or the document itself; a byte-order mark before it is dropped
    """
    text = text.strip(EDGES)
    if text.startswith("<"):
        return text.encode(), False
    if len(text) // 4 * 3 > bounds.decoded + (bounds.decoded >> 2):  # a line break in four letters
        raise refuse("too_large", where, f"quá {bounds.decoded >> 20} MB")
    try:
        packed = text.encode("ascii").translate(None, b" \t\r\n")
        return binascii.a2b_base64(packed, strict_mode=True), True
    except UnicodeEncodeError as error:
        raise refuse("base64", where, "có ký tự lạ") from error
    except binascii.Error as error:
        raise refuse("base64", where, "thiếu hoặc thừa ký tự") from error


def parse(data: bytes, where: str, bounds: Bounds, *, believed: bool = True) -> etree._Element:
    """The root of the inner document `data`; refuses what is hostile, too large or broken."""
    if len(data) > bounds.decoded:
        raise refuse("too_large", where, f"quá {bounds.decoded >> 20} MB")
    encoding, mark = encoding_of(data, where, believed=believed)
    text = data[mark:]
    if encoding != UTF_8:
        try:
            text = text.decode(encoding).encode()
        except UnicodeDecodeError as error:
            raise refuse("encoding", where, "không phải UTF-16 đúng") from error
    text = text.lstrip()  # a declaration may stand after a line break, which parsers do not allow
    root_name(text, where)
    if text.count(b"<") > bounds.elements:
        raise refuse("too_many", where, f"quá {bounds.elements} thẻ")
    try:
        return etree.fromstring(text, _PARSER)
    except etree.XMLSyntaxError as error:
        raise syntax_refusal(error, where) from error


def rows_of(
    root: etree._Element, table: str, where: str, bounds: Bounds
) -> tuple[list[Row], list[Note]]:
    """The rows of a table and what is odd about them.

    A row is an element with a child whose name is a tag of the table, wherever it lies and
    whatever it and the elements around it are called: names of lists differ between programs.
    """
    reader = _Rows(table, where, bounds)
    reader.walk(root, 1)
    odd = [Note("unknown_tag", table, tag) for tag in reader.unknown]
    odd += [Note("repeated_tag", table, tag) for tag in reader.repeated]
    if not reader.rows:
        odd.append(Note("empty_table", table))
    return reader.rows, odd


class _Rows:
    def __init__(self, table: str, where: str, bounds: Bounds) -> None:
        self.where, self.bounds, self.table, self.names = where, bounds, table, _NAMES[table]
        self.rows: list[Row] = []
        self.unknown: dict[str, None] = {}
        self.repeated: dict[str, None] = {}

    def walk(self, element: etree._Element, level: int) -> None:
        if level > self.bounds.levels:
            raise refuse("too_deep", self.where, f"quá {self.bounds.levels} cấp")
        if any(local(child.tag) in self.names for child in element):
            self.rows.append(self._row(element))
            return
        for child in element:
            if len(child):
                self.walk(child, level + 1)

    def _row(self, element: etree._Element) -> Row:
        row, names, longest = empty_row(self.table), self.names, self.bounds.text
        for child in element:
            text = "".join(child.itertext()) if len(child) else child.text
            if not text or not (value := text.strip() if text.isascii() else clean(text)):
                continue
            name = names.get(child.tag) or self._name(child.tag)
            if len(value) > longest:
                raise refuse("too_large", self.where, f"{name} dài quá {longest} ký tự")
            if not row.get(name):
                row[name] = value
            elif row[name] != value:
                self.repeated[name] = None  # what comes first stands
        return row

    def _name(self, tag: str) -> str:
        bare = local(tag)
        if bare not in self.names:
            self.unknown[bare] = None
        return self.names.get(bare, bare)
