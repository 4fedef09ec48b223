"""The walls of the house, and for each a planted breach that must be caught.

(a) rooms import only lower rooms   (b) what is true needs no framework
(c) foreign keys point to a lower floor   (d) views do not write
Sizes may only shrink; the clock stands only in views and commands; Vietnamese is written in NFC.
"""

import ast
import os
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HSSK = ROOT / "hssk"
FLOORS = {
    "kit": 0,
    "places": 1,
    "access": 2,
    "people": 3,
    "records": 4,
    "exchange": 5,
    "coverage": 5,
    "outreach": 6,
    "config": 7,
}
LONGEST_FILE, LONGEST_FUNCTION = 300, 40
# What was longer when the rule came. Entries may shrink or go, never grow or come.
LONGER_FILES: dict[str, int] = {}
LONGER_FUNCTIONS: dict[str, int] = {}


def ours(*, tests: bool = False) -> list[Path]:
    """Python files of the house, without migrations, and without tests unless asked for."""
    return sorted(
        path
        for path in HSSK.rglob("*.py")
        if "migrations" not in path.parts
        and (tests or ("tests" not in path.parts and path.name != "conftest.py"))
    )


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


# (a) and (b): import contracts


def contracts_kept_in(copy: Path) -> bool:
    done = subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=copy,
        env={**os.environ, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "Contracts" in done.stdout, done.stdout + done.stderr
    return done.returncode == 0


@pytest.fixture
def copy_of_the_house(tmp_path):
    """The house without pictures and papers, to break in."""
    shutil.copytree(
        HSSK,
        tmp_path / "hssk",
        ignore=lambda folder, names: [
            name for name in names if Path(name).suffix not in ("", ".py") or name == "__pycache__"
        ],
    )
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_the_rooms_and_the_rules_keep_their_walls(copy_of_the_house):
    assert contracts_kept_in(copy_of_the_house)


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("hssk/places/breach.py", "from hssk.people import models"),
        ("hssk/exchange/breach.py", "import hssk.coverage"),
        ("hssk/attic/__init__.py", ""),
        ("hssk/exchange/formats/breach.py", "import django.db"),
        ("hssk/exchange/linkage/breach.py", "from hssk.people import models"),
    ],
    ids=[
        "a room that looks up",
        "a room that looks sideways",
        "a room nobody planned",
        "a format that needs Django",
        "a rule that needs Django through another room",
    ],
)
def test_a_breach_in_the_walls_is_caught(copy_of_the_house, file, line):
    planted = copy_of_the_house / file
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(line + "\n")
    assert not contracts_kept_in(copy_of_the_house)


# (c) foreign keys


def floor_of(model) -> int | None:
    """The floor of the room a model lives in; Django's own tables lie below the house."""
    module = model.__module__.split(".")
    return FLOORS[module[1]] if module[0] == "hssk" else -1


def keys_that_point_up(models) -> list[str]:
    return [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in models
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and model.__module__.startswith("hssk.")
        and field.related_model._meta.app_label != model._meta.app_label
        and floor_of(field.related_model) >= floor_of(model)
    ]


def test_foreign_keys_point_to_a_lower_floor():
    from django.apps import apps

    assert keys_that_point_up(apps.get_models()) == []


def test_a_key_that_points_up_is_caught():
    from django.db import models
    from django.test.utils import isolate_apps

    from hssk.people.models import Person

    with isolate_apps("hssk.places"):

        class Breach(models.Model):
            person = models.ForeignKey(Person, models.CASCADE, related_name="+")

            class Meta:
                app_label = "places"

        Breach.__module__ = "hssk.places.models"
        assert keys_that_point_up([Breach]) == ["Breach.person → Person"]


# (d) views do not write

WRITES = {
    "save",
    "create",
    "update",
    "delete",
    "bulk_create",
    "bulk_update",
    "get_or_create",
    "update_or_create",
    "execute",
    "executemany",
    "cursor",
    "copy",
    "raw",
}
NOT_A_MODEL = {"headers", "GET", "POST", "session", "context", "query", "params", "cookies"}


def writes_in(source: str) -> list[str]:
    """Calls by which a view would write to the database, as `line: name`."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in WRITES:
            continue
        owner = node.func.value
        name = getattr(owner, "attr", getattr(owner, "id", ""))
        if name not in NOT_A_MODEL and not isinstance(owner, ast.Dict):
            found.append(f"{node.lineno}: {node.func.attr}")
    return found


def views() -> list[Path]:
    return [p for p in ours() if p.name.startswith("views") or "views" in p.parts]


def test_views_do_not_write():
    assert {str(p): found for p in views() if (found := writes_in(p.read_text("utf-8")))} == {}


@pytest.mark.parametrize(
    "line",
    [
        "Person.objects.create(name='x')",
        "person.save()",
        "Person.objects.filter(id=1).delete()",
        "connection.cursor()",
        "cursor.execute('DELETE FROM people_person')",
    ],
)
def test_a_view_that_writes_is_caught(line):
    assert writes_in(f"def view(request):\n    {line}\n")


# What others call says what it does


def silent_in(source: str) -> list[str]:
    """The public functions and classes of a file that say nothing of themselves."""
    return [
        f"{node.lineno}: {node.name}"
        for node in ast.parse(source).body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and not node.name.startswith("_")
        and not ast.get_docstring(node)
    ]


SPEAKING = {"services", "rules", "formats", "linkage", "sections"}


def test_every_public_service_and_rule_says_what_it_does():
    speaking = [p for p in ours() if SPEAKING & {*p.parts, p.stem}]
    assert len(speaking) > 150
    assert {str(p): found for p in speaking if (found := silent_in(p.read_text("utf-8")))} == {}


def test_a_service_that_says_nothing_is_caught():
    assert silent_in("def do(person):\n    return person\n") == ["1: do"]
    assert silent_in("def _do(person):\n    return person\n") == []


# Sizes: a ratchet


def lengths_of_files() -> dict[str, int]:
    return {str(p.relative_to(ROOT)): len(p.read_text("utf-8").splitlines()) for p in ours()}


def lengths_of_functions() -> dict[str, int]:
    return {
        f"{path.relative_to(ROOT)}::{node.name}": (node.end_lineno or 0) - node.lineno + 1
        for path in ours()
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }


def beyond(lengths: dict[str, int], limit: int, allowed: dict[str, int]) -> dict[str, int]:
    """What is longer than it may be, and what is allowed more than it needs (the ratchet)."""
    too_long = {name: n for name, n in lengths.items() if n > allowed.get(name, limit)}
    slack = {
        name: lengths.get(name, 0)
        for name, n in allowed.items()
        if lengths.get(name, 0) < n or n <= limit
    }
    return {**too_long, **slack}


def test_files_are_short():
    assert beyond(lengths_of_files(), LONGEST_FILE, LONGER_FILES) == {}


def test_functions_are_short():
    assert beyond(lengths_of_functions(), LONGEST_FUNCTION, LONGER_FUNCTIONS) == {}


@pytest.mark.parametrize(
    ("lengths", "allowed"),
    [
        ({"new.py": 301}, {}),
        ({"old.py": 401}, {"old.py": 400}),
        ({"old.py": 390}, {"old.py": 400}),
        ({}, {"gone.py": 400}),
    ],
    ids=["a new long file", "a long file that grew", "one that shrank and kept its slack", "gone"],
)
def test_the_ratchet_turns_one_way(lengths, allowed):
    assert beyond(lengths, LONGEST_FILE, allowed)


# The clock

CLOCK = {
    ("date", "today"),
    ("datetime", "now"),
    ("datetime", "today"),
    ("datetime", "utcnow"),
    ("timezone", "now"),
    ("timezone", "localdate"),
    ("time", "time"),
}


def clocks_in(source: str) -> list[str]:
    return [
        f"{node.lineno}: {node.value.id}.{node.attr}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in CLOCK
    ]


def may_look_at_the_clock(path: Path) -> bool:
    return path in views() or path.is_relative_to(HSSK / "config")


def test_the_day_is_an_argument():
    found = {
        str(path.relative_to(ROOT)): clocks
        for path in ours()
        if not may_look_at_the_clock(path) and (clocks := clocks_in(path.read_text("utf-8")))
    }
    assert found == {}


def test_a_clock_in_a_rule_is_caught():
    assert clocks_in("from datetime import date\non = date.today()\n")


# Commands start fast: rooms are imported when Django stands, not before


def test_commands_import_no_room_at_their_top():
    early = {
        str(path.relative_to(ROOT)): names
        for path in (HSSK / "config" / "cli").glob("*.py")
        if (names := _rooms_imported_at_top(tree(path)))
    }
    assert early == {}


def _rooms_imported_at_top(module: ast.Module) -> list[str]:
    names = [
        name
        for node in module.body
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else []
        )
    ]
    heavy = ("django", "psycopg", "numpy", *(f"hssk.{room}" for room in FLOORS if room != "kit"))
    return [n for n in names if n.startswith(heavy) and not n.startswith("hssk.config.cli")]


@pytest.mark.parametrize("path", sorted((HSSK / "config" / "cli").glob("[a-z]*.py")), ids=str)
def test_every_command_has_an_example_in_its_help(path):
    assert "Example" in (ast.get_docstring(tree(path)) or "")


# Vietnamese text


def texts() -> list[Path]:
    kinds = ("*.py", "*.html", "*.md", "*.js", "*.css", "*.po", "*.csv", "*.sql", "*.txt")
    folders = [HSSK, ROOT / "docs", ROOT / "tests", ROOT / "scripts", ROOT / "bench"]
    return [path for folder in folders for kind in kinds for path in folder.rglob(kind)]


def test_vietnamese_is_written_in_one_form():
    loose = [
        str(path.relative_to(ROOT))
        for path in texts()
        if not unicodedata.is_normalized("NFC", path.read_text("utf-8"))
    ]
    assert loose == []
