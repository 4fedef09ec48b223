"""Files of claims broken in every way that somebody could think of, by dice.

Each kind of damage is one function of bytes; those of `INSIDE` damage a document within its base64.
Nothing here knows the reader.
"""

import re
from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from random import Random

Damage = Callable[[bytes, Random], bytes]

_INNER = re.compile(rb"(<NOIDUNGFILE>)([A-Za-z0-9+/=\s]+)(</NOIDUNGFILE>)")
_TAG = re.compile(rb"</?[A-Za-z_][\w.:-]*[^<>]*>")
_VALUE = re.compile(rb">([^<>]{1,200})<")
_ELEMENT = re.compile(rb"<([A-Z_0-9]+)>[^<>]*</\1>")
_ENCODINGS = (
    b"utf-16",
    b"windows-1258",
    b"utf-7",
    b"ebcdic-cp-us",
    b"x",
    b"UTF-32",
    b"us-ascii",
    b"",
)
_ODD = (
    "-1", "0", "00000000", "99999999", "999999999999", "202402300800", "20241301", "195800000000",
    "202403052460", "000001010000", "999912312359", "1e309", "NaN", "-0.00", "1,5", "1.5.6", "٣",
    "９９", "0x10", " ", "\t", ";", ";;;;", "a" * 300, "B20;;Z21;", "I10.I10", "'", '"', "{0}",
    "%s",    "\u202e\u200f", "𝟙𝟚", "ﬁ", "e\u0301" * 50, "\ufeff", "\u00a0", "NULL", "None", "&amp;",
    "&lt;a&gt;",
    "=cmd|' /C calc'!A0", "9" * 400, "-" * 40, "1/0", "CSST&lt;M9999_T-3_HA1/2/3_NT&gt;",
)  # fmt: skip
_BOMB = (
    b'<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)
_OUTSIDE = b'<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def _flip(data: bytes, dice: Random) -> bytes:
    changed = bytearray(data)
    for _ in range(dice.choice((1, 1, 2, 8, 64))):
        if changed:
            changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def _cut(data: bytes, dice: Random) -> bytes:
    return data[: dice.randrange(len(data) + 1)]


def _slice(data: bytes, dice: Random) -> tuple[int, int]:
    start = dice.randrange(len(data) + 1)
    return start, min(len(data), start + dice.choice((1, 7, 60, 700, 9000)))


def _removed(data: bytes, dice: Random) -> bytes:
    start, end = _slice(data, dice)
    return data[:start] + data[end:]


def _doubled(data: bytes, dice: Random) -> bytes:
    start, end = _slice(data, dice)
    return data[:end] + data[start:end] * dice.choice((1, 1, 3, 40)) + data[end:]


def _tags_changed(data: bytes, dice: Random) -> bytes:
    """One tag removed, doubled, renamed, or changed places with another."""
    tags = list(_TAG.finditer(data))
    if len(tags) < 2:
        return data
    one, other = sorted(dice.sample(tags, 2), key=lambda tag: tag.start())
    kind = dice.randrange(4)
    if kind == 0:
        return data[: one.start()] + data[one.end() :]
    if kind == 1:
        return data[: one.end()] + one[0] + data[one.end() :]
    if kind == 2:
        return data[: one.start()] + one[0].swapcase() + data[one.end() :]
    between = data[one.end() : other.start()]
    return data[: one.start()] + other[0] + between + one[0] + data[other.end() :]


def _elements_changed(data: bytes, dice: Random) -> bytes:
    """Elements left out, told twice, or in another order."""
    found = list(_ELEMENT.finditer(data))
    if not found:
        return data
    one, other = dice.choice(found), dice.choice(found)
    put = dice.choice((b"", one[0] * 2, one[0] * 200, other[0], one[0] + other[0]))
    return data[: one.start()] + put + data[one.end() :]


def _odd_values(data: bytes, dice: Random) -> bytes:
    for _ in range(dice.choice((1, 3, 12))):
        found = list(_VALUE.finditer(data))
        if not found:
            return data
        one = dice.choice(found)
        data = data[: one.start(1)] + dice.choice(_ODD).encode() + data[one.end(1) :]
    return data


def _another_encoding(data: bytes, dice: Random) -> bytes:
    """Said to be another than it is, or another than it says."""
    if dice.random() < 0.5:
        said = b'encoding="' + dice.choice(_ENCODINGS) + b'"'
        return re.sub(rb'encoding="[^"]*"', said, data, count=1)
    text = data.decode("utf-8", "replace")
    return text.encode(dice.choice(("utf-16", "utf-16-le", "utf-32", "cp1258", "utf-7")), "replace")


def _marked(data: bytes, dice: Random) -> bytes:
    return dice.choice((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\0", b"\r\n\t ")) + data


def _zeroes(data: bytes, dice: Random) -> bytes:
    at = dice.randrange(len(data) + 1)
    return data[:at] + b"\0" * dice.choice((1, 2, 500)) + data[at:]


def _bomb(data: bytes, dice: Random) -> bytes:
    """Entities declared before the first element, and asked for within."""
    declared = dice.choice((_BOMB, _OUTSIDE, _BOMB.lower(), b"<!-- a -->" + _BOMB))
    start = data.find(b"?>") + 2 if data.startswith(b"<?xml") else 0
    body = data[start:]
    values = list(_VALUE.finditer(body))
    if values:
        one = dice.choice(values)
        body = (
            body[: one.start(1)]
            + dice.choice((b"&c;", b"&a;", b"&#x0;", b"&#55296;"))
            + body[one.end(1) :]
        )
    return data[:start] + (declared if dice.random() < 0.8 else b"") + body


def _nested(data: bytes, dice: Random) -> bytes:
    at = _between(data, dice)
    deep = dice.choice((3, 9, 40, 255, 300, 20_000))
    closed = b"</a>" * (deep if dice.random() < 0.8 else deep // 2)
    return data[:at] + b"<a>" * deep + closed + data[at:]


def _attributes(data: bytes, dice: Random) -> bytes:
    tags = [tag for tag in _TAG.finditer(data) if not tag[0].startswith(b"</")]
    if not tags:
        return data
    end = dice.choice(tags).end() - 1
    many = b"".join(b' a%d="x"' % n for n in range(dice.choice((1, 50, 5000))))
    huge = b' b="' + b"y" * dice.choice((10, 100_000, 2_000_000)) + b'"'
    return (
        data[:end] + dice.choice((many, huge, many + huge, b" a=1", b' a="1" a="2"')) + data[end:]
    )


def _long_text(data: bytes, dice: Random) -> bytes:
    at = _between(data, dice)
    return data[:at] + dice.choice((b"z", b"\xe1\xba\xa1", b"; ", b"<b/>")) * dice.choice(
        (1000, 70_000, 350_000)) + data[at:]  # fmt: skip


def _comments(data: bytes, dice: Random) -> bytes:
    at = _between(data, dice)
    put = (
        b"<!--" + b"-" * 5 + b"-->",
        b"<!-- x -->",
        b"<?php a?>",
        b"<![CDATA[<a>]]>",
        b"]]>",
        b"<![CDATA[",
    )
    return data[:at] + dice.choice(put) + data[at:]


def _between(data: bytes, dice: Random) -> int:
    tags = list(_TAG.finditer(data))
    return dice.choice(tags).end() if tags else len(data)


def _base64(data: bytes, dice: Random) -> bytes:
    """Base64 that lacks letters, has foreign ones, is broken off, or of another alphabet."""
    found = list(_INNER.finditer(data))
    if not found:
        return data
    one = dice.choice(found)
    text = one[2]
    at = dice.randrange(len(text))
    put = dice.choice((
        text[:at] + text[at + 1 :], text[:at] + b"*" + text[at:], text[:at], text + b"=",
        text.replace(b"+", b"-").replace(b"/", b"_"), b"", text[::-1], text[:at] + b"=" + text[at:],
        b"\xef\xbb\xbf" + text, b64encode(text), text.lower(),
    ))  # fmt: skip
    return data[: one.start(2)] + put + data[one.end(2) :]


ANYWHERE: dict[str, Damage] = {
    "flip": _flip, "cut": _cut, "removed": _removed, "doubled": _doubled, "tags": _tags_changed,
    "elements": _elements_changed, "odd": _odd_values, "encoding": _another_encoding,
    "mark": _marked, "zeroes": _zeroes, "bomb": _bomb, "nested": _nested,
    "attributes": _attributes, "long": _long_text, "comments": _comments,
}  # fmt: skip


def _inside(damage: Damage) -> Damage:
    def within(data: bytes, dice: Random) -> bytes:
        found = list(_INNER.finditer(data))
        if not found:
            return damage(data, dice)
        one = dice.choice(found)
        try:
            document = b64decode(one[2])
        except Error:
            return damage(data, dice)
        return data[: one.start(2)] + b64encode(damage(document, dice)) + data[one.end(2) :]

    return within


DAMAGES: dict[str, Damage] = {
    **ANYWHERE,
    "base64": _base64,
    **{f"{name} inside": _inside(damage) for name, damage in ANYWHERE.items()},
}


MOST = 8 << 20  # bytes of a damaged file: damage upon damage grows without end


def damaged(files: Sequence[bytes], dice: Random) -> tuple[str, bytes]:
    """One of `files`, damaged once or several times: how, and its bytes."""
    data, names = dice.choice(files), []
    for _ in range(dice.choice((1, 1, 1, 2, 4))):
        name = dice.choice(list(DAMAGES))
        names.append(name)
        data = DAMAGES[name](data, dice)[:MOST]
    return ", ".join(names), data
