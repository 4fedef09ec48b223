"""Say in one screen what is right and wrong with this installation, and what to do.

Exits 1 when something is bad. Works on a home whose database cannot start, too.

Example: hssk doctor
"""

STANDALONE = True


def add_arguments(parser):
    parser.add_argument("--json", action="store_true", help="the same as a JSON list")


def run(options, acting_as):
    import json
    import sys
    from contextlib import ExitStack

    from django.utils import timezone

    from hssk.config import health
    from hssk.config.cli import _run
    from hssk.kit.errors import Trouble, of_system
    from hssk.kit.home import Home

    home = Home.current().open()
    with ExitStack() as stack:
        try:
            connections = stack.enter_context(_run.installation(home))
        except (Trouble, OSError) as error:
            trouble = error if isinstance(error, Trouble) else of_system(error)
            findings = health.without_database(home, _run.translated(trouble))
        else:
            actor = _run.actor_named(acting_as)
            note = stack.enter_context(_run.noted("doctor", sys.modules[__name__], options, actor))
            from hssk.config.broken_glass import of_broken_glass
            from hssk.config.kept_files import of_kept_files
            from hssk.config.sealing import of_log
            from hssk.config.second_factors import of_second_factors

            findings = [
                *health.examine(home, connections),
                *of_second_factors(),
                *of_broken_glass(timezone.localdate()),
                *of_kept_files(),
                *of_log(timezone.localtime()),
            ]
            note.exit_code = health.exit_code(findings)
    if options.json:
        print(json.dumps([finding.__dict__ for finding in findings], ensure_ascii=False, indent=1))
    else:
        print("\n".join(finding.line() for finding in findings))
    return health.exit_code(findings)
