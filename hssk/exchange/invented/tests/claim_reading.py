"""A small reader of claim files for the tests of their writer; knows nothing of the real one."""

from base64 import b64decode
from pathlib import Path

from lxml import etree

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True)


def claims_in(path: Path) -> list[dict[str, list[dict[str, str]]]]:
    """Each HOSO as {table: rows of {tag: text}}; an XMLSyntaxError or ValueError where broken."""
    root = etree.fromstring(path.read_bytes(), _PARSER)
    return [
        {file.findtext("LOAIHOSO"): rows_of(file.find("NOIDUNGFILE")) for file in claim}
        for claim in root.iter("HOSO")
    ]


def rows_of(content) -> list[dict[str, str]]:
    """Rows of one NOIDUNGFILE, however it is packed."""
    if len(content):
        table = content[0]
    elif content.text.lstrip().startswith("<"):
        table = etree.fromstring(content.text.encode(), _PARSER)
    else:
        table = etree.fromstring(b64decode("".join(content.text.split()), validate=True), _PARSER)
    rows = [element for element in table.iter() if element.find("MA_LK") is not None]
    return [{field.tag: field.text or "" for field in row} for row in rows]
