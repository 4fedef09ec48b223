"""Text files: which encoding, which delimiter, then rows."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hssk.exchange.formats.tables.legacy import TCVN3, VNI, decode, detect
from hssk.exchange.formats.tables.refusals import refuse
from hssk.exchange.formats.tables.sheets import Sheet
from hssk.kit.text import fold

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 60
_BYTES_LOOKED_AT = 200_000
_LONGEST_CELL = 1 << 20
_SYLLABLE = re.compile(
    r"^(ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(ch|ng|nh|[cmnpt])?$"
)
_WORD = re.compile(r"[^\W\d_]+")
_PIECE = re.compile(r"[^\n\r,;\t|\"]+")  # what is sure to lie within one cell
# what Windows shows where Latin-1 has controls: … “ ” –
_WINDOWS = {
    code: letter
    for code in range(0x80, 0xA0)
    if (letter := bytes([code]).decode("cp1252", "ignore"))
}
_MARKS = "\u0300\u0309\u0303\u0301\u0323"


def read_text(path: str) -> Sheet:
    """The text file at `path` as one sheet. Refuses a file without any text."""
    text = decode_bytes(Path(path).read_bytes())
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    # not splitlines: to it a page break, or Word's line break within a cell, would end the row
    lines = list(io.StringIO(text, newline="\n"))
    delimiter = None
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].rstrip("\n")) == 5:
        delimiter = lines.pop(0)[4]  # a line for Excel, which does not show it
    if not any(map(str.strip, lines)):
        raise refuse("empty")
    rows = _parse(lines, delimiter or sniff_delimiter(lines))
    return Sheet(Path(path).stem, rows)


def _parse(lines: list[str], delimiter: str) -> list[list[Any]]:
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return [[_plain(cell) for cell in row] for row in _rows(lines, delimiter)]
    except csv.Error as error:
        raise refuse("damaged") from error


def _rows(lines: list[str], delimiter: str) -> Iterator[list[str]]:
    """The rows of the lines. A quote left open is a letter of its line, and swallows no rows."""
    start = asked = widest = 0

    def feed() -> Iterator[str]:
        nonlocal asked
        while asked < len(lines) and not (asked > start + 1 and stands_alone(lines[asked - 1])):
            asked += 1
            yield lines[asked - 1]
        asked = len(lines) + 1  # the reader wants more than there is

    def stands_alone(line: str) -> bool:  # and so is no middle of a row
        return '"' not in line and line.count(delimiter) + 1 >= max(widest, 4)

    def swallowed(row: list[str]) -> bool:
        """Whether stray quotes in two lines made one row of them, and of all between."""
        most = max(widest, 4)
        return len(row) > most or any(
            "\n" in cell and cell.count(delimiter) >= most - 1 for cell in row
        )

    while start < len(lines):
        asked = start
        for row in csv.reader(feed(), delimiter=delimiter):
            if asked > len(lines) or (asked > start + 1 and swallowed(row)):
                yield lines[start].rstrip("\n").replace('"', "").split(delimiter)
                start += 1
                break
            yield row
            start, widest = asked, max(widest, len(row))


def _plain(cell: str) -> str:
    """A cell without what protects it from Excel: ="0123" and a leading apostrophe."""
    if cell[:2] == '="' and cell[-1:] == '"':
        return cell[2:-1]
    return cell[1:] if cell[:1] == "'" else cell


def sniff_delimiter(lines: list[str]) -> str:
    """The delimiter that cuts the first lines into most columns, alike in most lines."""
    best, most = ",", 0.0
    sample = [line for line in lines[:_SAMPLE_LINES] if line.strip()]
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(sample, delimiter=delimiter)]
        except csv.Error:
            continue
        wide = [width for width in widths if width > 1]
        if not wide:
            continue
        common = max(set(wide), key=wide.count)
        score = common * wide.count(common) / len(widths)
        if score > most:
            best, most = delimiter, score
    return best


def decode_bytes(content: bytes) -> str:
    """The text of a file: by its mark, else UTF-16, UTF-8, or the likeliest old code."""
    for mark, encoding in (
        (b"\xef\xbb\xbf", "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if content.startswith(mark):
            return content.decode(encoding, "replace").replace("\0", "")
    head = content[:_BYTES_LOOKED_AT]
    if head.count(0) > len(head) // 5:
        even = head[0::2].count(0) > head[1::2].count(0)
        return content.decode("utf-16-be" if even else "utf-16-le", "replace").replace("\0", "")
    try:
        return content.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError as error:
        if error.start > _BYTES_LOOKED_AT or _mostly_utf8(head):
            return content.decode("utf-8", "replace").replace("\0", "")
    return _decode_legacy(content, head)


def _mostly_utf8(head: bytes) -> bool:
    """Whether one bad byte spoils what is otherwise UTF-8."""
    text = head.decode("utf-8", "replace")
    bad = text.count("\ufffd")
    good = sum(1 for letter in text if letter > "\x7f") - bad
    return good > 10 * bad


def _decode_legacy(content: bytes, head: bytes) -> str:
    scored = {
        encoding: _plausible(_decode_as(head, encoding)) for encoding in ("cp1258", TCVN3, VNI)
    }
    best = max(scored, key=lambda encoding: scored[encoding])
    text = content.decode("latin-1")
    if (
        best != VNI
        and detect(text[:_BYTES_LOOKED_AT].split()) == VNI
        and scored[VNI] >= scored[best]
    ):
        best = VNI
    return _decode_as(content, best).replace("\0", "")


def _decode_as(content: bytes, encoding: str) -> str:
    if encoding == "cp1258":
        return unicodedata.normalize("NFC", content.decode("cp1258", "replace"))
    text = content.decode("latin-1").translate(_WINDOWS)
    # a cell at a time: in which case a letter is meant is told by the words beside it
    return _PIECE.sub(lambda piece: decode(piece[0], encoding), text)


def _plausible(text: str) -> float:
    """The share of words with marks that could be a Vietnamese syllable, with one tone."""
    good = words = 0
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        words += 1
        tones = sum(unicodedata.normalize("NFD", word).count(mark) for mark in _MARKS)
        good += tones <= 1 and bool(_SYLLABLE.match(fold(word)))
    signs = sum(text.count(sign) for sign in "¨©ª«¬®µ¶·¸¹»¼½¾¡¢£¤¥¦§")
    return good / (words + signs) if words else 0.0
