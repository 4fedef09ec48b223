"""A file of claims, read one claim at a time: memory does not grow with their number.

Source: the envelope GIAMDINHHS of QĐ 130/QĐ-BYT, QĐ 4750/QĐ-BYT and QĐ 3176/QĐ-BYT; KHAMSUCKHOE of
QĐ 1551/QĐ-BYT (2026), which differs in its name and in what it holds.
The signature of the facility (CHUKYDONVI) is passed over, not checked.
"""

import codecs
import os
from collections.abc import Iterator

from lxml import etree

from hssk.exchange.formats.claims_xml.bounds import Bounds
from hssk.exchange.formats.claims_xml.checkups.tables import ROOT as CHECKUPS
from hssk.exchange.formats.claims_xml.hoso import Header, claim_of
from hssk.exchange.formats.claims_xml.inner import SAFE, local, syntax_refusal
from hssk.exchange.formats.claims_xml.model import Claim, Refused
from hssk.exchange.formats.claims_xml.prolog import UTF_8, encoding_of, root_name
from hssk.exchange.formats.claims_xml.refusals import refuse
from hssk.exchange.formats.claims_xml.tables import ROOTS
from hssk.exchange.formats.claims_xml.values import clean
from hssk.exchange.formats.errors import UnreadableFile

ROOT = "GIAMDINHHS"
_HEADERS = {"MACSKCB": "facility", "NGAYLAP": "made_on", "SOLUONGHOSO": "count"}
_CHUNK = 64 << 10

Source = bytes | str | os.PathLike[str]


def read_claims(source: Source, *, bounds: Bounds | None = None) -> Iterator[Claim | Refused]:
    """The claims of a file, in its order; those that cannot be read as Refused among them.

    source  the file's bytes, or its path

    Raises UnreadableFile for what is not a file of claims, and for an envelope that breaks off or
    is not well-formed: that shows only at the break, after the claims before it have been given.
    """
    reader = _Reader(source, bounds or Bounds())
    for ordinal, hoso in enumerate(reader.hosos(), 1):
        if ordinal == 1 and not reader.header.facility:
            reader.look_ahead()
        yield claim_of(hoso, reader.header, ordinal, reader.bounds)


class _Reader:
    def __init__(self, source: Source, bounds: Bounds) -> None:
        self.source, self.bounds, self.header = source, bounds, Header()
        self.where = "Tệp"  # by no name: what is read is mostly a copy, and called otherwise

    def hosos(self) -> Iterator[etree._Element]:
        """Each HOSO element, whole; it is emptied when the next one is asked for."""
        parser = etree.XMLPullParser(
            events=("end",), tag=["{*}HOSO", *("{*}" + tag for tag in _HEADERS)], **SAFE
        )
        size = tags = found = 0
        try:
            for chunk in self._checked(self._utf8()):
                size, tags = size + len(chunk), tags + chunk.count(b"<")
                self._bound(size, tags, found)
                parser.feed(chunk)
                for _, element in parser.read_events():
                    if next(element.iterancestors("{*}HOSO"), None) is not None:
                        continue  # a name inside a claim is not the envelope's
                    if local(element.tag) != "HOSO":
                        setattr(
                            self.header, _HEADERS[local(element.tag)], clean(element.text or "")
                        )
                        continue
                    size, tags, found = 0, 0, found + 1
                    self._bound(size, tags, found)
                    yield element
                    _forget(element)
            parser.close()
        except etree.XMLSyntaxError as error:
            raise syntax_refusal(error, self.where) from error

    def look_ahead(self) -> None:
        """Read the file to its end for what the envelope says only after its claims."""
        other = _Reader(self.source, self.bounds)
        try:
            for _ in other.hosos():
                pass
        except UnreadableFile:  # it is told where the claims are read, after those before the break
            pass
        self.header = other.header

    def _bound(self, size: int, tags: int, found: int) -> None:
        """Stop what grows beyond reason between two claims, before it is all in memory."""
        if size > self.bounds.hoso:
            detail = f"hồ sơ thứ {found + 1} quá {self.bounds.hoso >> 20} MB"
            raise refuse("too_large", self.where, detail)
        if tags > self.bounds.elements:
            detail = f"hồ sơ thứ {found + 1} quá {self.bounds.elements} thẻ"
            raise refuse("too_many", self.where, detail)
        if found > self.bounds.claims:
            raise refuse("too_many", self.where, f"quá {self.bounds.claims} hồ sơ")

    def _checked(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The same chunks, once the first one has shown that this is a file of claims."""
        first = next(chunks, b"").lstrip()
        if first.startswith(b"{"):
            raise refuse("json", self.where)
        root = root_name(first[: self.bounds.prolog], self.where)
        if root in ROOTS:
            raise refuse("bare", self.where, f"{ROOTS[root]}, {root}")
        if root not in (ROOT, CHECKUPS):
            raise refuse("not_claims", self.where, root)
        self.header.checkups = root == CHECKUPS
        yield first
        yield from chunks

    def _utf8(self) -> Iterator[bytes]:
        raw = self._raw()
        first = next(raw, b"")
        encoding, mark = encoding_of(first, self.where)
        if encoding == UTF_8:
            yield first[mark:]
            yield from raw  # the parser itself is strict about UTF-8
            return
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            yield decoder.decode(first[mark:]).encode()
            for chunk in raw:
                yield decoder.decode(chunk).encode()
        except UnicodeDecodeError as error:
            raise refuse("encoding", self.where, "không phải UTF-16 đúng") from error

    def _raw(self) -> Iterator[bytes]:
        if isinstance(self.source, bytes):
            for start in range(0, len(self.source), _CHUNK):
                yield self.source[start : start + _CHUNK]
            return
        try:
            with open(self.source, "rb") as file:
                while chunk := file.read(_CHUNK):
                    yield chunk
        except OSError as error:
            raise refuse("missing", self.where) from error


def _forget(hoso: etree._Element) -> None:
    """Drop what is in a HOSO and all that stands before it, at every level.

    Not the text after it: of that the parser may have read only a part.
    """
    hoso.clear(keep_tail=True)
    element: etree._Element | None = hoso
    while element is not None:
        parent = element.getparent()
        while element.getprevious() is not None:
            parent.remove(element.getprevious())
        element = parent
