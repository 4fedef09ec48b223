"""The page that strangers read says what the table in the code says."""

import re
from pathlib import Path

from hssk.access.rights import RIGHTS, Right, Role

PAGE = Path(__file__).resolve().parents[3] / "docs" / "security" / "rights.md"


def test_the_page_and_the_table_say_the_same():
    lines = [line.strip("|\n").split("|") for line in PAGE.open(encoding="utf-8")
             if line.startswith("| ")]  # fmt: skip
    head, *rows = [[cell.strip() for cell in line] for line in lines]
    assert head[1:] == [right.value for right in Right]
    told = {
        Role(role): {Right(name) for name, cell in zip(head[1:], cells, strict=True) if cell}
        for role, *cells in rows
    }
    assert told == RIGHTS


def test_every_right_is_explained():
    explained = re.findall(r"^- \*\*(\w+)\*\*", PAGE.read_text("utf-8"), re.MULTILINE)
    assert explained == [right.value for right in Right]
