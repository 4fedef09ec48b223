"""What a file is, told from its first bytes and its parts, never from its name."""

import re
import zipfile

from hssk.exchange.formats.tables.extents import DAMAGE
from hssk.exchange.formats.tables.refusals import refuse

WORKBOOK_ZIP, WORKBOOK_BINARY_ZIP, WORKBOOK_OLE, OPEN_DOCUMENT, TEXT = (
    "xlsx",
    "xlsb",
    "xls",
    "ods",
    "text",
)

MOST_UNPACKED = 4 << 30  # bytes; a real province's workbook stays under a tenth of it
MOST_RATIO = 250  # deflate cannot pass 1,032; sheets of blank formatted cells reach about 60
RATIO_MATTERS_FROM = 64 << 20  # bytes; a small repetitive part harms nobody

_MAGIC = (
    (b"%PDF", "pdf"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"BM", "image?"),
    (b"II*\0", "image"),
    (b"MM\0*", "image"),
    (b"{\\rtf", "word"),
    (b"\x1f\x8b", "archive"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
)
_CONTROLS = (*range(9), *range(14, 32))
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<\s*(!doctype\s+html|html|head|body|table|meta|style|script)\b", re.I)


def _wide(name: str) -> bytes:
    return name.encode("utf-16-le")


def kind_of(path: str) -> str:
    """One of xlsx, xlsb, xls, ods, text. Refuses everything else by name."""
    try:
        with open(path, "rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise refuse("missing") from error
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise refuse("empty")
    if head.startswith(b"PK"):
        return _kind_of_zip(path)
    if head.startswith(_OLE):
        return _kind_of_ole(path)
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (kind != "image?" or b"\0" in head[:32]):
            raise refuse(kind.rstrip("?"))
    if head[:4] in (b"\x09\x08\x10\0", b"\x09\x04\x06\0", b"\x09\x02\x06\0"):
        return WORKBOOK_OLE  # a bare BIFF stream, as some old exporters write
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str:
    wide = head[:2] in (b"\xff\xfe", b"\xfe\xff") or _looks_wide(head)
    plain = head.replace(b"\0", b"") if wide else head
    start = plain.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")[:600]
    if start[:1] == b"<" and b"schemas-microsoft-com:office:spreadsheet" in plain:
        raise refuse("xml")
    if start[:13].lower() == b"mime-version:" or (start[:1] == b"<" and _HTML.search(start)):
        raise refuse("html")
    if start[:5].lower() == b"<?xml":
        raise refuse("xml")
    control = sum(plain.count(bytes([code])) for code in _CONTROLS)
    if not wide and control > len(plain) // 50:
        raise refuse("unknown")
    return TEXT


def _looks_wide(head: bytes) -> bool:
    """Whether the bytes are UTF-16 without a mark: every other one is zero, nearly, for ASCII."""
    zeros = head[0::2].count(0), head[1::2].count(0)
    return max(zeros) > len(head) // 5 and min(zeros) * 20 <= max(zeros)


def _kind_of_ole(path: str) -> str:
    with open(path, "rb") as file:
        content = file.read()
    if _wide("EncryptedPackage") in content:
        raise refuse("password")
    if _wide("Workbook") in content or _wide("Book") in content:
        return WORKBOOK_OLE
    if _wide("WordDocument") in content:
        raise refuse("word")
    if _wide("PowerPoint Document") in content:
        raise refuse("slides")
    raise refuse("damaged")


def _kind_of_zip(path: str) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
            names = {part.filename for part in parts}
            _refuse_bomb(parts)
            if "encrypted-package" in names:  # LibreOffice 24.8 and later, of any of its kinds
                raise refuse("password")
            if "content.xml" in names:
                return _kind_of_open_document(archive, names)
    except DAMAGE as error:
        raise refuse("damaged") from error
    for marker, kind in (
        ("xl/workbook.xml", WORKBOOK_ZIP),
        ("xl/workbook.bin", WORKBOOK_BINARY_ZIP),
    ):
        if marker in {name.lower() for name in names}:
            return kind
    return _refuse_zip(names)


def _kind_of_open_document(archive: zipfile.ZipFile, names: set[str]) -> str:
    kind = archive.read("mimetype")[:80] if "mimetype" in names else b""
    manifest = b""
    if "META-INF/manifest.xml" in names:
        manifest = archive.read("META-INF/manifest.xml")
    if b"encryption-data" in manifest:
        raise refuse("password")
    if b"opendocument.text" in kind:
        raise refuse("word")
    if b"opendocument.presentation" in kind:
        raise refuse("slides")
    return OPEN_DOCUMENT


def _refuse_zip(names: set[str]) -> str:
    if any(name.startswith("word/") for name in names):
        raise refuse("word")
    if any(name.startswith("ppt/") for name in names):
        raise refuse("slides")
    if any(name.startswith(("xl/", "_rels/", "[Content_Types]")) for name in names):
        raise refuse("damaged")
    raise refuse("archive" if names else "empty")


def _refuse_bomb(parts: list[zipfile.ZipInfo]) -> None:
    """Refuse by what the parts say they unpack to; nothing is unpacked to find out."""
    for part in parts:
        ratio = part.file_size / max(part.compress_size, 1)
        if part.file_size > RATIO_MATTERS_FROM and ratio > MOST_RATIO:
            raise refuse("bomb")
    if sum(part.file_size for part in parts) > MOST_UNPACKED:
        raise refuse("bomb")
