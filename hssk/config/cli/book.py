"""Take books of sessions in that came home: workbooks filled in where there was no network.

A FILE may be a folder: every workbook in it. Which session a book is of, the codes of its rows say.
It is kept row by row and nothing of it is done, as on the page of the session, unless --do says so;
rows that are wrong or ask whom they mean hold nothing up and wait on that page. Prints one line a
file: book, session, rows, does, there, nothing, asks, wrong, done; with --json as JSON. The same
file again is the same book, and does nothing twice.

Example: hssk book so_buoi_K7F3B.xlsx --do
"""

from contextlib import contextmanager

LOGGED = ("do",)
COUNTS = ("does", "there", "nothing", "asks", "wrong")
WORKBOOKS = (".xlsx", ".xls", ".ods", ".csv")


def add_arguments(parser):
    from pathlib import Path

    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument("--do", action="store_true", help="write down what the right rows say")
    parser.add_argument("--dry-run", action="store_true", help="count, and leave nothing behind")
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def run(options, actor):
    from hssk.config.cli import _run
    from hssk.coverage.services import settle
    from hssk.exchange.errors import Refused as Unread
    from hssk.exchange.formats.door import UnreadableFile
    from hssk.kit.errors import Trouble
    from hssk.outreach.errors import CannotRecord, CannotWork
    from hssk.people.errors import Refused

    answers = []
    for file in _files(options.files):
        answer = None
        try:
            answer = _taken(file, options, actor)
            _show(answer, options)
        except (UnreadableFile, Unread, CannotWork, CannotRecord, Refused) as refusal:
            _tell(file, _in_words(refusal))
        except Trouble as trouble:
            _tell(file, _run.translated(trouble))
        answers.append(answer)
    settle()
    return 0 if answers and all(answers) else 1


def _files(paths):
    """The files that are meant, those of a folder by their names; notes of Excel left out."""
    for path in paths:
        if path.is_dir():
            inside = sorted(one for one in path.iterdir() if one.suffix.lower() in WORKBOOKS)
            yield from (one for one in inside if not one.name.startswith(("~$", ".")))
        else:
            yield path


def _taken(file, options, actor):
    """What came of one file."""
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.utils import timezone

    from hssk.access.services import access_of
    from hssk.kit.errors import Trouble
    from hssk.outreach.services import daybooks

    if not file.is_file():
        raise Trouble("Không có tệp này. Kiểm tra lại đường dẫn.")
    upload = SimpleUploadedFile(file.name, file.read_bytes())
    who, now = access_of(actor, timezone.localdate()), timezone.now()
    with _act(who, rehearsed=options.dry_run):
        session = daybooks.session_of(upload)
        _refuse_strangers(session, who)
        book = daybooks.stage(upload, session, by=actor, at=now)
        steps = daybooks.plan(book, by=who)
        shown = daybooks.digest_of_plan(steps)
        done = daybooks.carry_out(book, shown, by=who, at=now) if options.do else 0
    counts = {does: sum(step.does == getattr(daybooks, does.upper()) for step in steps)
              for does in COUNTS}  # fmt: skip
    number = None if options.dry_run else book.pk
    return {"file": file.name, "book": number, "session": session.pk, "rows": len(steps),
            **counts, "done": done, "place": session.place, "on": session.on}  # fmt: skip


@contextmanager
def _act(who, *, rehearsed):
    """A transaction of somebody's; all of it is taken back where it was only rehearsed."""
    from hssk.access.services import within

    class Rehearsed(Exception):
        pass

    try:
        with within(who):
            yield
            if rehearsed:
                raise Rehearsed
    except Rehearsed:
        pass


def _refuse_strangers(session, who):
    """As on the page: who writes people of all its hamlets down takes its book in."""
    from hssk.access.rights import Right
    from hssk.kit.errors import Trouble

    if not who.holds_hamlets(session.stops.values_list("hamlet", flat=True), Right.MOVE):
        raise Trouble("Không có quyền ghi kết quả ở các tổ, bản của buổi này.")


def _in_words(refusal):
    from django.utils.translation import gettext as _

    words = filter(None, (refusal.message, getattr(refusal, "advice", "")))
    return " ".join(_(one) for one in words).format(**getattr(refusal, "params", {}))


def _tell(file, text):
    """One line on stderr, with the file that it is about."""
    import sys

    print(f"hssk book: {file.name}: {' '.join(text.split())}", file=sys.stderr, flush=True)


def _show(answer, options):
    import json

    from django.utils.translation import gettext as _

    from hssk.kit.numbers import format_date

    if options.json:
        keys = ("file", "book", "session", "rows", *COUNTS, "done")
        print(json.dumps({key: answer[key] for key in keys}), flush=True)
        return
    words = _(
        "{file}: buổi {day}, {place}: {rows} dòng, ghi được {does}, đã ghi từ trước {there}, chưa"
        " gặp {nothing}, cần chọn người {asks}, chưa ghi được {wrong}; vừa ghi {done}"
    )
    print(words.format(**answer, day=format_date(answer["on"])), flush=True)
