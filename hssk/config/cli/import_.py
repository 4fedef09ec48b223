"""Take population rosters, extracts of the health-record software, insurance claims and lists of
the members of organisations in.

Prints one line a file: batch, kind, rows, accepted, rejected, unchanged, new, same, ask, warnings;
with --json as JSON. What is to be said of the file itself goes to stderr. A file that is refused
or held is named there, and the next one is tried all the same. The same file again adds nothing;
a command that was cut off is simply run again. A list of members (--kind members --organisation)
makes nobody a resident: there `new` are those of whom nobody is known.

Example: hssk import danh_sach.xlsx --kind roster --unit 12-105 --on 2024-03-13 --json
"""

from contextlib import contextmanager, nullcontext

LOGGED, NEEDS = ("partial", "insist"), "files"
KINDS = ("roster", "records", "claims", "auto")
COUNTS = ("rows", "accepted", "rejected", "unchanged", "new", "same", "ask", "warnings")


def add_arguments(parser):
    from pathlib import Path

    from hssk.config.cli._words import past_day

    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument("--kind", choices=(*KINDS, "members"), default="auto")
    parser.add_argument("--unit", required=True, metavar="CODE", help="12, 12-105 or 03403")
    parser.add_argument("--on", required=True, metavar="YYYY-MM-DD", type=past_day)
    parser.add_argument(
        "--organisation", metavar="CODE|NAME", help="whose members they are, with --kind members"
    )
    parser.add_argument(
        "--create", choices=("agency", "union", "school", "enterprise", "other"),
        help="make the organisation where the unit has none of that name",
    )  # fmt: skip
    parser.add_argument(
        "--partial", action="store_true", help="the file is only a part of its units"
    )
    parser.add_argument("--dry-run", action="store_true", help="count, and leave nothing behind")
    parser.add_argument(
        "--insist", action="store_true", help="apply a file that was held, under your name"
    )
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


@contextmanager
def ahead(options):
    """Begin to read the first file while the database and Django still get up."""
    from hssk.exchange.formats.door import Begun

    options.reading = _Ahead(options)
    options.reading.begin(options.files[0], Begun)
    try:
        yield
    finally:
        options.reading.close()


class _Ahead:
    """The child that reads a file before its turn comes, if there is one."""

    def __init__(self, options):
        self.options, self.begun = options, None

    def begin(self, file, begin):
        """Begin to read `file` unless it is None or not there."""
        self.close()
        if file is not None and file.is_file() and self.options.kind in KINDS:
            self.begun = begin(file, kind=self.options.kind, on=self.options.on)

    def of(self, file):
        """The child that has begun on `file`; None when there is none."""
        return self.begun if self.begun and self.begun.path == str(file) else None

    def close(self):
        if self.begun is not None:
            self.begun.close()
        self.begun = None


def run(options, actor):
    from django.utils import timezone

    from hssk.config.cli import _members, _run
    from hssk.coverage.services import settle
    from hssk.exchange.services import importing, keeping
    from hssk.kit.errors import Trouble
    from hssk.places.services import unit_on

    unit = unit_on(options.unit, options.on)
    keeping.drop_stranded(at=timezone.now())
    answers = []
    for file, following in zip(options.files, [*options.files[1:], None], strict=True):
        answer = None
        try:
            if not file.is_file():
                raise Trouble("Không có tệp này. Kiểm tra lại đường dẫn.")
            with keeping.rehearsal(file) if options.dry_run else nullcontext():
                if options.kind == "members":
                    answer = _members.take_in(file, unit, options, actor)
                else:
                    answer = _take_in(file, following, unit, options, actor)
        except Trouble as trouble:
            options.reading.begin(following, importing.begin)
            _tell(file, "", _run.translated(trouble))
        if answer:
            _show(answer, options)
        answers.append(answer)
    settle()
    return 0 if all(answers) else 1


def _take_in(file, following, unit, options, actor):
    """The answer for one file, None when it is held; nothing stays of one that nobody can read."""
    from django.utils import timezone

    from hssk.access.rights import Right
    from hssk.access.services import access_of
    from hssk.config.cli._progress import shown
    from hssk.exchange.errors import Held, Refused
    from hssk.exchange.models import Batch
    from hssk.exchange.services import importing, keeping
    from hssk.exchange.services.area import units_of
    from hssk.exchange.services.outcome import counts_told

    began, access = timezone.now(), access_of(actor, timezone.localdate())
    batch = importing.open_batch(
        file, kind=options.kind, unit=unit, on=options.on, partial=options.partial, actor=actor,
        area=units_of(access),
    )  # fmt: skip
    fresh = batch.created_at >= began
    if options.insist and batch.state != Batch.APPLIED:
        importing.insist(batch, actor=actor)
    number = None if options.dry_run and fresh else batch.id
    try:
        with shown(f"batch-{batch.id}"):
            counts = importing.work(
                batch,
                options.reading.of(file),
                when_read=lambda: options.reading.begin(following, importing.begin),
            )
    except Held as held:
        _tell_notes(file, batch)
        _tell_held(file, number, held)
        return None
    except Refused:
        if fresh and batch.state == Batch.FAILED:
            keeping.forget(batch)
        raise
    _tell_notes(file, batch)
    _tell_handed(file, counts.get("handed", 0))
    return {"batch": number, "kind": batch.kind, **counts_told(counts, access.allows(Right.ROWS))}


def _tell(file, sheet, text):
    """One line on stderr, with the file and sheet that it is about."""
    import sys

    place = f"{file.name} – {sheet}" if sheet else file.name
    print(f"hssk import: {place}: {' '.join(text.split())}", file=sys.stderr, flush=True)


def _tell_notes(file, batch):
    """What is to be said of the file and its sheets, beyond its rows."""
    from hssk.exchange.services.showing import said

    for note in filter(None, map(said, batch.notes)):
        _tell(file, note["sheet"], note["text"])


def _tell_handed(file, handed):
    """How many rows lie outside the area of whoever imports; never what becomes of them."""
    from django.utils.translation import gettext as _

    if handed:
        text = _("{rows} dòng ngoài địa bàn của bạn: đã giữ nguyên và chuyển đến trung tâm y tế.")
        _tell(file, "", text.format(rows=handed))


def _tell_held(file, number, held):
    """Why a file was held, which columns were guessed, and how to go on."""
    from django.utils.translation import gettext as _

    from hssk.config.cli._run import translated
    from hssk.exchange.errors import ColumnsHeld
    from hssk.exchange.forms import FIELD_NAMES

    for column in held.guessed if isinstance(held, ColumnsHeld) else ():
        text = _("cột {column} “{header}” được hiểu là: {field}")
        _tell(
            file, column["sheet"], text.format(**column | {"field": FIELD_NAMES[column["field"]]})
        )
    hint = _(
        "Xem lần nhập {batch} trên trang web (hssk serve), hoặc chạy lại với --insist; với"
        " --partial nếu tệp chỉ là một phần."
    )
    if number is None:
        hint = _("Nếu tệp đúng, chạy lại với --insist; với --partial nếu tệp chỉ là một phần.")
    _tell(file, "", f"{translated(held)} {hint.format(batch=number)}")


def _show(answer, options):
    import json

    from django.utils.translation import gettext as _

    if options.json:
        listed = {"list": answer["list"]} if answer["kind"] == "members" else {}
        told = {key: answer[key] for key in ("batch", "kind", *COUNTS)} | listed
        print(json.dumps(told), flush=True)
        return
    batch = _("Lần nhập {batch}") if answer["batch"] else _("Nhập thử, không ghi gì")
    if answer["kind"] == "members" and not options.dry_run:
        batch = _("Danh sách thành viên {list}")
    counts = _(
        "{rows} dòng, nhận {accepted}, lỗi {rejected}, không đổi {unchanged}, mới {new}, đã biết"
        " {same}, cần xem lại {ask}, cảnh báo {warnings}"
    )
    line = f"{batch} ({answer['kind']}): {counts}"
    print(line.format(**answer), flush=True)
