"""Watch a folder: take in every file of claims that is put there (docs/howto/gateway.md).

A file is taken once nobody has written to it for two seconds; names that end in .tmp or .part are
left alone. It goes to done/ or refused/ in the same folder, with a text beside it that says what
came of it. Whatever cuts this off, run it again: nothing is lost, and nothing is taken in twice.

Example: hssk watch /srv/ho_so --unit 12
"""

LOGGED, NEEDS = ("once",), "files"
STEADY = 2.0  # seconds in which nobody writes to a file that is complete
AGAIN = 3.0  # seconds between two looks
PATIENCE = 10.0  # seconds until the next look where the database is away


def add_arguments(parser):
    from datetime import datetime
    from pathlib import Path

    parser.add_argument("folder", metavar="FOLDER", type=Path)
    parser.add_argument("--unit", required=True, metavar="CODE", help="12, 12-105 or 03403")
    parser.add_argument("--once", action="store_true", help="take what is there, and end")
    parser.set_defaults(on=datetime.now().astimezone().date())


def run(options, actor):
    import time

    from django.db import InterfaceError, OperationalError, close_old_connections
    from django.utils import timezone

    from hssk.config.cli import _run
    from hssk.exchange.services import keeping
    from hssk.exchange.services.watched import Folder

    keeping.drop_stranded(at=timezone.now())
    folder = Folder(options.folder)
    try:
        while True:
            try:
                _round(folder, options, actor)
            except (OperationalError, InterfaceError):
                if options.once:
                    raise
                _run.log().exception("database went away")
                close_old_connections()
                time.sleep(PATIENCE)
            if options.once:
                return 0
            time.sleep(AGAIN)
    finally:
        folder.close()


def _round(folder, options, actor):
    """Finish what is half done, then take every file that is complete, one after the other."""
    import time

    from hssk.coverage.services import settle

    folder.recover()
    before = folder.waiting()
    told = [_tried(folder, name, options, actor) for name in folder.taken()]
    if before:
        time.sleep(STEADY)
    for name, seen in folder.waiting().items():
        if before.get(name) == seen and name not in folder.taken():
            told.append(_tried(folder, name, options, actor, claim=True))
    if any(told):
        settle()


def _tried(folder, name, options, actor, *, claim=False):
    """Take one file in; one that is gone meanwhile, or may not be read, stops no other."""
    from hssk.config.cli import _run

    try:
        if claim:
            folder.claim(name)
        return _take(folder, name, options, actor)
    except OSError:
        _run.log().exception("a file of the folder could not be taken")
        return None


def _take(folder, name, options, actor):
    """Take one file in, by the rights of today; say where it went, if it did."""
    from django.utils import timezone
    from django.utils.translation import gettext as _

    from hssk.access.rights import Right
    from hssk.access.services import access_of
    from hssk.exchange.services.watched import take_one
    from hssk.kit.errors import Trouble
    from hssk.places.services import unit_on

    today = timezone.localdate()
    access, unit = access_of(actor, today), unit_on(options.unit, today)
    if not access.holds_unit(unit, Right.FILES):
        raise Trouble("Nhiệm vụ của {user} ở đây đã kết thúc; lệnh dừng lại.", user=actor.username)
    where = take_one(folder, name, unit=unit, on=today, access=access)
    if where:
        print(_("{file}: đã chuyển vào {where}/").format(file=repr(name), where=where), flush=True)
    return where
