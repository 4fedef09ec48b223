"""Words for other languages, without gettext tools: the messages we write are Vietnamese.

    python scripts/messages.py extract   collect them into hssk/locale/en/…/django.po
    python scripts/messages.py compile   make the .mo files that Django reads
    python scripts/messages.py check     fail where English is missing, doubtful or breaks a name

Sources: calls of gettext and its kin in Python, `{% translate %}` in templates, what Trouble and
its kin are given, items of the form with their help and their choices, and on the shelves that
know no Django every written sentence (a capital first, a full stop last) and the short texts of a
table called TEXTS: all are translated where shown.
"""

import ast
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "hssk" / "locale"
CALLS = {"_", "_n", "gettext", "gettext_lazy", "gettext_noop"}
COUNTED_CALLS = {"ngettext", "ngettext_lazy", "counted"}
CONTEXT_CALLS = {"pgettext", "pgettext_lazy"}
# their first text is shown to people
PLAIN_CALLS = {
    *("Trouble", "Refused", "Held", "Busy", "BadEdition"),
    *("UnknownUnit", "NotAnHeir", "BadGoal", "LedgerAstray", "BadList", "TooFew"),
}
TABLE = "TEXTS"  # what a pure shelf says of its findings, shown without the values after the colon
PURE_SHELVES = ("formats", "linkage", "rules", "sections")
ITEMS = {"Item", "_times"}  # a box of the form: its key, its words, and what help says
_SENTENCE = re.compile(r"[^\W\d_a-zđ][^\n]* [^\n]*\.")
_TEMPLATE_CALL = re.compile(r"\b(n?gettext|pgettext|_)\(")
_NAMES = re.compile(r"%\((\w+)\)[sd]|(?<!\{)\{(\w+)[^{}]*\}(?!\})")

Message = tuple[str | tuple[str, str], str | None]  # text or (one, many), context


def _texts(call: ast.Call) -> list[str]:
    return [
        node.value
        for node in call.args
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


def messages_of_call(call: ast.Call) -> Iterator[Message]:
    """The messages that one call shows; none when its texts are not written in place."""
    name = getattr(call.func, "attr", getattr(call.func, "id", ""))
    texts = _texts(call)
    if name in COUNTED_CALLS and len(texts) >= 2:
        yield (texts[0], texts[1]), None
    elif name in CONTEXT_CALLS and len(texts) >= 2:
        yield texts[1], texts[0]
    elif name in CALLS | PLAIN_CALLS and texts:
        yield texts[0], None
    elif name in ITEMS and len(texts) >= 2:
        yield texts[1], None
        for word in call.keywords:
            if word.arg == "help" and isinstance(word.value, ast.Constant):
                yield str(word.value.value), None


def choice_in(pair: ast.Tuple) -> Iterator[Message]:
    """The words of one choice of an item: a key and what it is called."""
    values = [one.value for one in pair.elts if isinstance(one, ast.Constant)]
    texts = [one for one in values if isinstance(one, str)]
    if not len(pair.elts) == len(texts) == 2:
        return
    words = texts[1]  # "A", "AB" and "Rh+" are the same everywhere; "Có" is a word
    if words[:1].isupper() and (len(words) > 3 or (words.isalpha() and not words.isupper())):
        yield words, None


def of_python(path: Path) -> Iterator[tuple[int, Message]]:
    """(line, message) for each message in a Python file."""
    tree = ast.parse(path.read_text("utf-8"))
    pure = any(part.removesuffix(".py") in PURE_SHELVES for part in path.parts)
    # a text that stands alone is a docstring; the pieces of an f-string are no messages
    silent = {
        id(piece)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr | ast.JoinedStr)
        for piece in (node.values if isinstance(node, ast.JoinedStr) else [node.value])
    }
    for node in ast.walk(tree):
        if pure and isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == TABLE:
            yield from of_table(node)
        if "sections" in path.parts and isinstance(node, ast.Tuple):
            yield from ((node.lineno, message) for message in choice_in(node))
        if isinstance(node, ast.Call):
            yield from ((node.lineno, message) for message in messages_of_call(node))
        elif pure and isinstance(node, ast.Constant) and id(node) not in silent:
            text = node.value if isinstance(node.value, str) else ""
            yield from [(node.lineno, (text, None))] if _SENTENCE.fullmatch(text) else []


def of_table(table: ast.AnnAssign) -> Iterator[tuple[int, Message]]:
    """(line, message) for each text in a table of findings, as it is shown: without its values."""
    for node in ast.walk(table):
        if isinstance(node, ast.Dict):
            texts = [value for value in node.values if isinstance(value, ast.Constant)]
            yield from ((text.lineno, (shown(str(text.value)), None)) for text in texts)


def shown(text: str) -> str:
    """What is shown of a finding whose values are not: the same as linkage's `from_evidence`."""
    return text.split(":", maxsplit=1)[0].replace(" {a}", "")


def _call_at(source: str, start: int) -> ast.Call | None:
    """The call that begins at `start`; templatize leaves what follows it unreadable."""
    end = start
    while (end := source.find(")", end) + 1) > 0:
        try:
            call = ast.parse(source[start:end], mode="eval").body
        except SyntaxError:
            continue
        return call if isinstance(call, ast.Call) else None
    return None


def of_template(path: Path) -> Iterator[tuple[int, Message]]:
    """(line, message) for each message in a template."""
    source = templatize(path.read_text("utf-8"), origin=str(path)).replace(",count)", ", count)")
    for found in _TEMPLATE_CALL.finditer(source):
        call = _call_at(source, found.start())
        if call:
            line = source.count("\n", 0, found.start()) + 1
            yield from ((line, message) for message in messages_of_call(call))


def collect() -> Catalog:
    """Every message of the product, with the files that show it."""
    catalog = Catalog(charset="utf-8", project="HSSK")
    files = [p for p in (ROOT / "hssk").rglob("*") if "tests" not in p.parts]
    for path in sorted(files):
        reader = {".py": of_python, ".html": of_template}.get(path.suffix)
        if reader is None or "migrations" in path.parts or path.name == "500.html":
            continue
        for line, (text, context) in reader(path):
            place = (path.relative_to(ROOT).as_posix(), line)
            catalog.add(text, context=context, locations=[place])
    return catalog


def _po(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def read(language: str) -> Catalog:
    """The catalogue as it is kept."""
    with _po(language).open("rb") as file:
        return read_po(file, locale=language, charset="utf-8")


def extract() -> int:
    """Bring the English catalogue up to date; what is translated stays, what is gone goes."""
    catalog = read("en")
    catalog.update(collect(), no_fuzzy_matching=True, update_creation_date=False)
    catalog.obsolete.clear()
    with _po("en").open("wb") as file:
        write_po(file, catalog, width=100, sort_by_file=True, include_lineno=False)
    return 0


def compile_all() -> int:
    """Write a .mo beside every .po."""
    for path in LOCALE.glob("*/LC_MESSAGES/django.po"):
        draft = path.with_suffix(
            f".{os.getpid()}.draft"
        )  # several test workers may compile at once
        with draft.open("wb") as file:
            write_mo(file, read(path.parts[-3]))
        draft.replace(path.with_suffix(".mo"))
    return 0


def names_in(text: str) -> set[str]:
    """The named places of a message: %(n)s and {column}."""
    return {percent or brace for percent, brace in _NAMES.findall(text)}


def faults() -> Iterator[str]:
    """What is wrong with the English catalogue, one line each."""
    kept = read("en")
    for message in collect():
        if not message.id:
            continue
        known = kept.get(message.id, message.context)
        text = message.id if isinstance(message.id, str) else message.id[0]
        given = (known.string if known else None) or ()
        english = [given] if isinstance(given, str) else list(given)
        if not english or not all(english):
            yield f"no English: {text!r} ({message.locations[0][0]})"
        elif known is not None and known.fuzzy:
            yield f"doubtful: {text!r}"
        elif any(names_in(words) != names_in(text) for words in english):
            yield f"names differ: {text!r} → {english}"


def check() -> int:
    """Print what is wrong; 1 when anything is."""
    found = list(faults())
    print(*found, sep="\n", file=sys.stderr)
    return int(bool(found))


if __name__ == "__main__":
    steps = {"extract": extract, "compile": compile_all, "check": check}
    if len(sys.argv) != 2 or sys.argv[1] not in steps:
        sys.exit(__doc__)
    sys.exit(steps[sys.argv[1]]())
