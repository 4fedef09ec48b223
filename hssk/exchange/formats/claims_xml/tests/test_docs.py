"""The page about claims fails when it is untrue."""

import re
from pathlib import Path

from hssk.exchange.formats import claims_xml
from hssk.exchange.formats.claims_xml.rules import WORDS
from hssk.exchange.formats.claims_xml.to_fhir import MAPPINGS
from hssk.exchange.formats.claims_xml.to_fhir.xml3 import NO_ACT

PAGE = (Path(__file__).parents[5] / "docs" / "formats" / "claims.md").read_text("utf-8")


def test_the_tables_of_the_page_are_those_of_the_program():
    for table, mapping in MAPPINGS.items():
        part = PAGE.partition(f"### {table}: ")[2].partition("\n\n")[0]
        said = {
            tag: path
            for tags, path in re.findall(r"^\| (`.+`) \| (\S+) \|$", part, re.MULTILINE)
            for tag in re.findall(r"`(\w+)`", tags)
        }
        assert said == mapping


def test_the_rules_of_the_page_are_those_of_the_program():
    part = PAGE.partition("## Rules")[2].partition("\n\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \| .", part, re.MULTILINE) == list(WORDS)


def test_what_the_page_says_can_be_called():
    part = PAGE.partition("```\n")[2].partition("```")[0]
    called = re.findall(r"(\w+)\(", part)
    assert len(called) == 7
    assert all(callable(getattr(claims_xml, name)) for name in called)


def test_the_groups_that_are_no_acts():
    assert "MA_NHOM 10 to 16, 19" in PAGE
    assert {str(n) for n in (*range(10, 17), 19)} == NO_ACT
