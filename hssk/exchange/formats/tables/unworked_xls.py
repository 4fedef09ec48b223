"""Cells of an .xls whose formula failed, which the reader of workbooks gives as blank.

Sources: [MS-CFB] for the file in which the workbook is a stream; [MS-XLS] 2.4.24 BoolErr, 2.4.28
BoundSheet8, 2.4.127 Formula. A workbook of Excel 95 or older is left as its reader gives it.
"""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_ERRORS = {
    0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!",
    0x2A: "#N/A", 0x2B: "#GETTING_DATA",
}  # fmt: skip
_BOF, _END, _SHEET, _FORMULA, _ERROR = 0x0809, 0x000A, 0x0085, 0x0006, 0x0205
_LOCKED = 0x002F
_BIFF8, _WORKSHEET = 0x0600, 0
# what such a record looks like: most workbooks have none, which is told without a walk
_SUSPECT = re.compile(
    rb"\x06\x00...{6}\x02.[\x00\x07\x0f\x17\x1d\x24\x2a\x2b].{3}\xff\xff"
    rb"|\x05\x02\x08\x00.{6}[\x00\x07\x0f\x17\x1d\x24\x2a\x2b]\x01",
    re.DOTALL,
)
_FREE = 0xFFFFFFFA  # and above: no sector, but the end of a chain or its like


def failed_in_xls(path: str) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """As `unworked.unworked`, of an .xls: only what failed, for Excel works all formulas out."""
    with suppress(OSError, ValueError, LookupError, struct.error):
        stream = _workbook(Path(path).read_bytes())
        if _SUSPECT.search(stream):
            for title, start in _sheets(stream):
                yield title, list(_failed(stream, start))


def is_locked(path: str) -> bool:
    """Whether the .xls has a password to open it, as its first records say."""
    with suppress(OSError, ValueError, LookupError, struct.error):
        return any(kind == _LOCKED for kind, _ in _records(_workbook(Path(path).read_bytes()), 0))
    return False


def _records(stream: bytes, start: int) -> Iterator[tuple[int, bytes]]:
    """(type, content) of the records from `start` to the end of the part that begins there."""
    at = start
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        yield kind, stream[at + 4 : at + 4 + length]
        at += 4 + length
        if kind == _END:
            return


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """(title, where it begins) of each worksheet of Excel 97 or later that is shown."""
    for kind, content in _records(stream, 0):
        if kind == _BOF and struct.unpack_from("<H", content)[0] != _BIFF8:
            return
        if kind == _SHEET:
            start, hidden, what, size, wide = struct.unpack_from("<IBBBB", content)
            if what == _WORKSHEET and not hidden & 3:
                letters = content[8 : 8 + size * (1 + (wide & 1))]
                yield letters.decode("utf-16-le" if wide & 1 else "latin-1"), start


def _failed(stream: bytes, start: int) -> Iterator[tuple[int, int, str]]:
    depth = 0  # a chart within the sheet is a part of its own
    for kind, content in _records(stream, start):
        depth += kind == _BOF
        if kind == _ERROR and content[7]:
            code = content[6]
        elif kind == _FORMULA and content[6] == 2 and content[12:14] == b"\xff\xff":
            code = content[8]
        else:
            continue
        if depth == 1 and code in _ERRORS:
            row, column = struct.unpack_from("<HH", content)
            yield row, column, _ERRORS[code]


def _workbook(content: bytes) -> bytes:
    """The stream called Workbook of a compound file; Book, as Excel 95 called it."""
    sector, small = (1 << power for power in struct.unpack_from("<HH", content, 30))
    directory, _, least, first_small = struct.unpack_from("<4I", content, 48)
    entries = len(content) // sector

    def joined(start: int, chain: list[int], size: int, source: bytes, offset: int) -> bytes:
        parts: list[bytes] = []
        while start < _FREE and len(parts) <= entries * (sector // small):
            at = offset + start * size
            parts.append(source[at : at + size])
            start = chain[start]
        return b"".join(parts)

    chain = _longs(_allocation(content, sector))
    folder = joined(directory, chain, sector, content, sector)
    root = folder[:128]
    for at in range(0, len(folder), 128):
        entry = folder[at : at + 128]
        named = entry[: max(struct.unpack_from("<H", entry, 64)[0] - 2, 0)]
        if named.decode("utf-16-le", "replace").lower() in ("workbook", "book"):
            start, size = struct.unpack_from("<II", entry, 116)
            if size >= least:
                return joined(start, chain, sector, content, sector)[:size]
            smalls = _longs(joined(first_small, chain, sector, content, sector))
            held = joined(struct.unpack_from("<I", root, 116)[0], chain, sector, content, sector)
            return joined(start, smalls, small, held, 0)[:size]
    return b""


def _allocation(content: bytes, sector: int) -> bytes:
    """The table of which sector follows which."""
    places = list(_longs(content[76:512]))
    following, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // sector)):
        more = _longs(content[sector + following * sector : 2 * sector + following * sector])
        places += more[:-1]
        following = more[-1]
    return b"".join(
        content[sector + place * sector : 2 * sector + place * sector]
        for place in places
        if place < _FREE
    )


def _longs(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // 4}I", content[: len(content) // 4 * 4]))
