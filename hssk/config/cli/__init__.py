"""The `hssk` command. Each command is one file here: docstring, `add_arguments`, `run`.

A command file imports only the standard library and hssk.kit at its top; rooms are imported inside
`run`, once Django stands. `STANDALONE = True` says that it opens the home and database itself.
`ahead(options)`, where there is one, is a context manager entered before anything else stands.
`NEEDS = "register"` names the right that it takes, where its `--unit` lies or else everywhere.
`LOGGED = ("unit",)` names the options whose values may stand in the command log.
"""

import argparse
import ast
import importlib
import os
import sys
from pathlib import Path

from hssk import __version__
from hssk.config.cli._words import MISUSE, Misuse, misuse
from hssk.kit.errors import Trouble, of_system

FOLDER = Path(__file__).parent
INTERRUPTED = 130


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line, in the user's language."""

    def error(self, message: str):
        raise misuse(message, self.prog)


def main(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit code; nothing but its answer goes to stdout."""
    arguments = _actor_behind(sys.argv[1:] if arguments is None else arguments)
    command = next((word for word in arguments if not word.startswith("-")), None)
    if command not in commands():
        return _without_command(arguments, command)
    try:
        module = importlib.import_module(f"hssk.config.cli.{module_name(command)}")
        options = parser_of(command, module).parse_args(
            [word for i, word in enumerate(arguments) if i != arguments.index(command)]
        )
        from hssk.config.cli import _run

        return _run.run(command, module, options)
    except Misuse as wrong:
        return _fail(command, _translated(wrong), MISUSE)
    except KeyboardInterrupt:
        return _fail(command, "đã dừng theo yêu cầu", INTERRUPTED)
    except BrokenPipeError:
        # Whoever read the answer has had enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except (Trouble, OSError) as wrong:
        told = of_system(wrong) if isinstance(wrong, OSError) else wrong
        return _fail(command, _translated(told))


def _actor_behind(arguments: list[str]) -> list[str]:
    """`hssk --as mai import …` is `hssk import --as mai …`."""
    if len(arguments) > 2 and arguments[0] == "--as":
        return [arguments[2], *arguments[:2], *arguments[3:]]
    if len(arguments) > 1 and arguments[0].startswith("--as="):
        return [arguments[1], arguments[0], *arguments[2:]]
    return arguments


def commands() -> dict[str, str]:
    """Name of each command and the first line of its docstring, without importing any."""
    found = {}
    for file in sorted(FOLDER.glob("[a-z]*.py")):
        summary = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        found[file.stem.rstrip("_").replace("_", "-")] = summary.partition("\n")[0]
    return found


def module_name(command: str) -> str:
    """`import` cannot be a module's name; its file is `import_.py`."""
    name = command.replace("-", "_")
    return name if (FOLDER / f"{name}.py").exists() else f"{name}_"


def parser_of(command: str, module) -> argparse.ArgumentParser:
    parser = OneLineParser(
        prog=f"hssk {command}",
        description=module.__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    module.add_arguments(parser)
    parser.add_argument(
        "--as",
        dest="acting_as",
        metavar="USER",
        help="act as this user (default: the local operator of this home)",
    )
    return parser


def _without_command(arguments: list[str], command: str | None) -> int:
    if "--version" in arguments:
        print(f"hssk {__version__}")
        return 0
    if command is None:
        print("usage: hssk COMMAND [OPTIONS]\n\nHSSK_HOME names the home (default ./var).\n")
        for name, summary in commands().items():
            print(f"  {name:12} {summary}")
        print("\nhssk COMMAND --help shows an example.")
        return 0 if {"-h", "--help"} & set(arguments) else 2
    return _fail(None, f"không có lệnh {command!r} (xem: hssk --help)", MISUSE)


def _translated(trouble: Trouble) -> str:
    from hssk.config.cli._run import translated

    return translated(trouble)


def _fail(command: str | None, message: str, code: int = 1) -> int:
    one_line = " ".join(message.split())
    print(f"hssk{' ' + command if command else ''}: {one_line}", file=sys.stderr)
    return code
