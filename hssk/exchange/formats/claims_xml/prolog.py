"""What stands before the first element of an XML document: its encoding, and no DOCTYPE.

It is looked at before any parser sees the document. A DOCTYPE can only stand here, and without one
there are no entities, whatever follows.
Source: Extensible Markup Language (XML) 1.0, fifth edition, productions 22 to 28 and appendix F.
"""

import re

from hssk.exchange.formats.claims_xml.refusals import refuse

UTF_8, UTF_16_LE, UTF_16_BE = "utf-8", "utf-16-le", "utf-16-be"
_BOMS = ((b"\xef\xbb\xbf", UTF_8), (b"\xff\xfe", UTF_16_LE), (b"\xfe\xff", UTF_16_BE))
_UTF_32 = (b"\xff\xfe\0\0", b"\0\0\xfe\xff")
_SAME = {  # names without hyphens, as some programs write them
    UTF_8: {"utf8", "usascii", "ascii"},
    UTF_16_LE: {"utf16", "utf16le"},
    UTF_16_BE: {"utf16", "utf16be"},
}
_DECLARED = re.compile(r"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")
_BEFORE = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_NAME = re.compile(rb"<([^\s<>/!?=&]+)(?=([\s/>]?))")
_HEAD = 1024  # bytes in which an XML declaration ends


def encoding_of(start: bytes, where: str, *, believed: bool = True) -> tuple[str, int]:
    """The encoding that the first bytes show, and how many bytes its mark takes.

    believed  False for a text that was already letters before it came into the file: what such
              a text declares is of no account

    Refuses UTF-32, and a declaration that names another encoding than the bytes show.
    """
    if start.startswith(_UTF_32):
        raise refuse("encoding", where, "UTF-32")
    shown, mark = UTF_8, 0
    for bom, encoding in _BOMS:
        if start.startswith(bom):
            shown, mark = encoding, len(bom)
            break
    else:
        if start.startswith(b"<\0"):
            shown = UTF_16_LE
        elif start.startswith(b"\0<"):
            shown = UTF_16_BE
    said = _DECLARED.match(start[mark : mark + _HEAD].decode(shown, "ignore"))
    if believed and said and said[1].lower().replace("-", "") not in _SAME[shown]:
        raise refuse("encoding", where, f"ghi là {said[1]} nhưng là {shown[:6].upper()}")
    return shown, mark


def root_name(start: bytes, where: str) -> str:
    """The name of the first element, without its prefix.

    start  the beginning of the document in UTF-8, without a byte-order mark

    Refuses a DOCTYPE, what is not XML, and a prolog that does not end within `start`.
    """
    at = _BEFORE.match(start).end()  # type: ignore[union-attr]  # it matches nothing, too
    rest = start[at:]
    if rest[:9].upper() == b"<!DOCTYPE":
        raise refuse("dtd", where)
    found = _NAME.match(rest)
    if found and found[2]:
        return found[1].decode("utf-8", "replace").rpartition(":")[2]
    if rest.startswith(b"<") and (found or rest[1:2] in (b"", b"!", b"?")):
        raise refuse("damaged", where, "phần đầu không trọn vẹn")
    raise refuse("not_xml", where) if at < len(start) else refuse("empty", where)
