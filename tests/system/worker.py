"""`hssk WORDS…` for browser stories: a real worker process, on the database of one test.

python worker.py DATABASE WORDS…
"""

import os
import sys
from importlib import import_module

from hssk.kit.home import Home


def main(name: str, command: str, *words: str) -> int:
    own = os.environ["HSSK_HOME"]  # the test's own home; the server lives in that of the run
    os.environ["HSSK_HOME"] = os.environ["HSSK_TEST_HOME"]
    os.environ["DJANGO_SETTINGS_MODULE"] = "hssk.config.settings"
    from django.conf import settings

    settings.HOME = Home(own)
    settings.DATABASES["default"]["NAME"] = name
    from hssk.config import cli
    from hssk.config.cli import _run

    _run.stand_up_django()
    module = import_module(f"hssk.config.cli.{cli.module_name(command)}")
    options = cli.parser_of(command, module).parse_args(words)
    return _run.answer(module, options, _run.actor_named(options.acting_as))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
