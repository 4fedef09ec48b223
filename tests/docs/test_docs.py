"""Documents fail when they are untrue."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from hssk.config.cli import commands

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("hssk/**/*.md"))
    if ".venv" not in path.parts
)
ROOMS = (
    *("kit", "places", "access", "people", "records", "exchange", "coverage", "outreach"),
    "config",
)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    targets = re.findall(r"\]\(([^)#\s]+)[^)]*\)", document.read_text("utf-8"))
    broken = [t for t in targets if "://" not in t and not (document.parent / t).exists()]
    assert broken == []


@pytest.mark.parametrize("readme", ["README.md", "README.vi.md"])
def test_every_command_in_the_readme_exists(readme):
    named = set(re.findall(r"\bbin/hssk ([a-z]+)", (ROOT / readme).read_text("utf-8")))
    assert named
    assert named <= set(commands())


@pytest.mark.parametrize("command", sorted(commands()))
def test_every_command_shows_an_example_of_itself(command):
    said = subprocess.run(
        [sys.executable, "-m", "hssk.config.cli", command, "--help"],
        capture_output=True, text=True, timeout=60, check=True,
    ).stdout  # fmt: skip
    assert f"hssk {command}" in said.partition("Example:")[2]


def test_every_make_target_of_the_readme_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = set(
        re.findall(r"\bmake (run|test|check|bench|lock)\b", (ROOT / "README.md").read_text())
    )
    assert named <= targets


def test_the_readme_is_short_and_starts_with_a_picture():
    lines = (ROOT / "README.md").read_text("utf-8").splitlines()
    assert len(lines) <= 60
    assert any(line.startswith("![") for line in lines[:5])


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_says_what_it_is_in_about_ten_lines(room):
    text = (ROOT / "hssk" / room / "README.md").read_text("utf-8")
    assert text.startswith("# ")


def test_decisions_are_numbered_once_and_fit_a_page():
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    numbers = [path.name[:4] for path in decisions]
    assert numbers == [f"{n:04}" for n in range(1, len(decisions) + 1)]
    for path in decisions:
        text = path.read_text("utf-8")
        assert len(text.splitlines()) <= 60, path
        assert "**Decision.**" in text, path
        assert "**Refused.**" in text, path


def test_the_glossary_gives_each_word_once():
    rows = re.findall(r"^\| ([^|]+) \|", (ROOT / "docs/glossary.md").read_text("utf-8"), re.M)
    words = [word.strip() for row in rows[2:] for word in row.split("·")]
    assert len(words) == len(set(words))
