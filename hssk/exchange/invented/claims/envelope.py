"""From tables to the bytes of a file: GIAMDINHHS with one or many HOSO.

The mark of invented files stands in a comment, so that none is ever taken for a real one.
"""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from random import Random
from textwrap import wrap
from xml.sax.saxutils import escape

from hssk.exchange.formats.mark import MARK

from .dialect import Dialect
from .general import Row
from .tags import ALWAYS, FIELDS, REFERRAL_IN_3176, WRAPPING


@cache
def tags_of(table: str, edition: str) -> tuple[str, ...]:
    """Tags of a table in the order of the annex."""
    return REFERRAL_IN_3176 if table == "XML13" and edition == "3176" else FIELDS[table]


@cache
def _template(tags: tuple[str, ...]) -> str:
    return "".join(f"<{tag}>%s</{tag}>" for tag in tags)


def _safe(text: str) -> str:
    return escape(text) if "<" in text or "&" in text or ">" in text else text


def _row(row: Row, tags: tuple[str, ...], dialect: Dialect, rng: Random) -> str:
    """One row's elements; the plain way is one filling of a ready form, for speed."""
    if dialect.leaves_out:
        tags = tuple(tag for tag in tags if row.get(tag) or tag in ALWAYS)
    if dialect.shuffled:
        tags = tuple(rng.sample(tags, len(tags)))
    if not dialect.indented and not dialect.unknown_tags:
        return _template(tags) % tuple([_safe(row.get(tag, "")) for tag in tags])
    space = "\n    " if dialect.indented else ""
    parts = [f"{space}<{tag}>{_safe(row.get(tag, ''))}</{tag}>" for tag in tags]
    if dialect.unknown_tags:
        extra = rng.choice(
            ("<MA_NOI_BO>7</MA_NOI_BO>", "<PHIEN_BAN v='2'/>", "<KY_SO><X/></KY_SO>")
        )
        parts.insert(rng.randrange(len(parts) + 1), extra)
    return "".join(parts)


def inner(table: str, rows: list[Row], dialect: Dialect, rng: Random) -> str:
    """The content of one FILEHOSO, without declaration."""
    tags, (root, *lists) = tags_of(table, dialect.edition), WRAPPING[table]
    texts = [_row(row, tags, dialect, rng) for row in rows]
    if not lists:
        return f"<{root}>{texts[0]}</{root}>"
    items = "".join(f"<{lists[1]}>{text}</{lists[1]}>" for text in texts)
    return f"<{root}><{lists[0]}>{items}</{lists[0]}></{root}>"


def content(text: str, dialect: Dialect) -> str:
    """What stands in NOIDUNGFILE."""
    if dialect.content == "inline":
        return text
    charset = dialect.inner_charset
    declared = f'<?xml version="1.0" encoding="{charset.removesuffix("-sig")}"?>{text}'
    if dialect.content == "cdata":
        return f"<![CDATA[{declared}]]>"
    coded = b64encode(declared.encode(charset)).decode("ascii")
    if dialect.content == "wrapped":
        return "\n" + "\n".join(wrap(coded, 76)) + "\n"
    return coded


def claim_text(tables: Iterable[tuple[str, str]], dialect: Dialect) -> str:
    """One HOSO of (table, content)."""
    files = [
        f"<FILEHOSO><LOAIHOSO>{table}</LOAIHOSO><NOIDUNGFILE>{text}</NOIDUNGFILE></FILEHOSO>"
        for table, text in tables
    ]
    if dialect.shuffled:
        files.reverse()
    return f"<HOSO>{''.join(files)}</HOSO>\n"


def file_bytes(facility: str, made: str, claims: list[str], dialect: Dialect, count: int) -> bytes:
    """The whole file; `count` is what it says of itself, `made` yyyymmdd."""
    charset = dialect.charset.removesuffix("-sig")
    extra = "<PHIENBAN>3.9</PHIENBAN>" if dialect.unknown_tags else ""
    head = (
        f'<?xml version="1.0" encoding="{charset}"?>\n<!-- {MARK} -->\n<GIAMDINHHS>{extra}'
        f"<THONGTINDONVI><MACSKCB>{facility}</MACSKCB></THONGTINDONVI>"
        f"<THONGTINHOSO><NGAYLAP>{made}</NGAYLAP><SOLUONGHOSO>{count}</SOLUONGHOSO><DANHSACHHOSO>\n"
    )
    tail = "</DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI/></GIAMDINHHS>\n"
    return f"{head}{''.join(claims)}{tail}".encode(dialect.charset)
