"""Invent a city: people who do not exist, in files as real ones look, taken in as real ones are.

The invented city lives in a home of its own (./var/demo unless HSSK_HOME says otherwise), marked
INVENTED on every page. With --out only the files are written, with the truth beside them.

Example: hssk demo --people 47500 --seed 1 --serve
"""

from contextlib import contextmanager
from pathlib import Path

STANDALONE = True


def add_arguments(parser):
    parser.add_argument("--people", type=int, default=47_500, help="default 47500")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="DIR", help="only write the files, here")
    parser.add_argument("--serve", action="store_true", help="then serve the pages")
    parser.add_argument("--port", type=int, default=8000)


def run(options, actor_name):
    if options.people < 50:
        from hssk.kit.errors import Trouble

        raise Trouble("Một thành phố bịa cần ít nhất 50 người.")
    if options.out:
        return _write_files(options, options.out)
    return _settle(options, actor_name)


def _write_files(options, folder):
    from hssk.exchange.invented import invent
    from hssk.exchange.invented.files import write_files

    folder.mkdir(parents=True, exist_ok=True)
    write_files(invent(people=options.people, seed=options.seed), folder)
    for file in sorted(folder.iterdir()):
        print(file)


def _settle(options, actor_name):
    """Open the demo home, fill it the first time, and serve it when asked to."""
    import os
    import sys
    from contextlib import ExitStack

    from hssk.config.cli._run import actor_named, installation, noted
    from hssk.kit.home import Home

    home = Home(os.environ.get("HSSK_HOME") or "var/demo")
    with ExitStack() as ahead:
        written = None
        if not home.exists:
            home.open().note(invented=True)
            written = ahead.enter_context(_being_written(options))
        with installation(home):
            _refuse_real_people(home)
            actor = actor_named(actor_name)
            with noted("demo", sys.modules[__name__], options, actor) as note:
                _fill(options, actor, written)
                note.exit_code = 0
            ahead.close()
            return _serve(options, actor) if options.serve else 0


def _serve(options, actor):
    """The pages, as `hssk serve` gives them."""
    import argparse

    from hssk.config.cli import serve
    from hssk.config.cli._run import noted

    parser = argparse.ArgumentParser()
    serve.add_arguments(parser)
    told = parser.parse_args(["--port", str(options.port)])
    with noted("serve", serve, told, actor) as note:
        note.exit_code = serve.run(told, actor) or 0
    return note.exit_code


def _refuse_real_people(home):
    """A home with a file in it keeps its kind; one that nobody has used yet may become invented."""
    from hssk.exchange.models import Batch
    from hssk.kit.errors import Trouble

    if home.invented:
        return
    if Batch.objects.exists():
        raise Trouble(
            "Thư mục {home} là nơi giữ dữ liệu thật; dữ liệu bịa không được trộn vào."
            " Đặt HSSK_HOME vào một thư mục khác.",
            home=home.path,
        )
    home.note(invented=True)


@contextmanager
def _being_written(options):
    """A process that writes the invented files, as long as it takes to set the database up; gives
    what waits for it and tells the folder they are in."""
    import subprocess
    import sys
    import tempfile

    from hssk.kit.errors import Trouble

    with tempfile.TemporaryDirectory() as folder:
        told = ["--people", str(options.people), "--seed", str(options.seed), "--out", folder]
        command = [sys.executable, "-m", "hssk.config.cli", "demo", *told]
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as writer:

            def written():
                if writer.wait():
                    raise Trouble("Không ghi được các tệp của thành phố bịa.")
                return Path(folder)

            try:
                yield written
            finally:
                writer.kill()


def _fill(options, actor, written):
    """Take the invented files in, through the same door as any; what was done is not done again.

    written  as `_being_written` gives it; None where nobody writes them yet
    """
    from contextlib import nullcontext
    from datetime import timedelta

    from hssk.config.demo_lives import bring_in_lives
    from hssk.config.demo_outreach import bring_in_outreach
    from hssk.config.demo_school import bring_in_school
    from hssk.exchange.models import Batch

    if Batch.objects.filter(state=Batch.APPLIED).count() >= 2:
        return
    from hssk.exchange.invented import invent
    from hssk.exchange.invented.files import files_in

    city = invent(people=options.people, seed=options.seed)
    with nullcontext(written) if written else _being_written(options) as ready:
        files = files_in(ready())
        _take_in(files.roster, "roster", city.on, actor)
        _take_in(files.records, "records", city.on + timedelta(days=12), actor)
    bring_in_school(city, actor)
    bring_in_outreach(city, actor)
    bring_in_lives(city, actor, later=options.serve)


def _take_in(path, kind, on, actor):
    from hssk.config.cli._progress import shown
    from hssk.exchange.services import importing
    from hssk.places.services import unit_on

    batch = importing.open_batch(
        path, kind=kind, unit=unit_on("12", on), on=on, partial=False, actor=actor, area=None
    )
    with shown(f"batch-{batch.id}"):
        importing.work(batch)
