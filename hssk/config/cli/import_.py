"""Take population rosters and extracts of the health-record software in.

Prints one line of JSON a file: batch, kind, rows, accepted, rejected, unchanged, new, same, ask,
warnings. The same file again adds nothing; a command that was cut off is simply run again.

Example: hssk import danh_sach.xlsx --kind roster --unit 12-105 --on 2024-03-13 --json
"""

LOGGED = ("partial", "insist")
COUNTS = ("rows", "accepted", "rejected", "unchanged", "new", "same", "ask", "warnings")


def add_arguments(parser):
    from datetime import date
    from pathlib import Path

    parser.add_argument("files", metavar="FILE", nargs="+", type=Path)
    parser.add_argument("--kind", choices=("roster", "records", "auto"), default="auto")
    parser.add_argument("--unit", required=True, metavar="CODE", help="12, 12-105 or 03403")
    parser.add_argument("--on", required=True, metavar="YYYY-MM-DD", type=date.fromisoformat)
    parser.add_argument(
        "--partial", action="store_true", help="the file is only a part of its units"
    )
    parser.add_argument("--dry-run", action="store_true", help="count, and leave nothing behind")
    parser.add_argument(
        "--insist", action="store_true", help="apply a file that was held, under your name"
    )
    parser.add_argument("--json", action="store_true", help="print the counts as JSON")


def run(options, actor):
    from hssk.coverage.services import settle
    from hssk.kit.errors import Trouble
    from hssk.places.services import unit_on

    missing = next((file for file in options.files if not file.is_file()), None)
    if missing:
        raise Trouble("Không có tệp {file}. Kiểm tra lại đường dẫn.", file=missing)
    unit = unit_on(options.unit, options.on)
    for file in options.files:
        _show(_take_in(file, unit, options, actor), options)
    settle()


def _take_in(file, unit, options, actor):
    from hssk.config.cli._progress import shown
    from hssk.exchange.models import Batch
    from hssk.exchange.services import importing

    batch = importing.open_batch(
        file,
        kind=options.kind,
        unit=unit,
        on=options.on,
        partial=options.partial,
        actor=actor,
    )
    fresh = batch.state == Batch.WAITING
    if options.insist and batch.state != Batch.APPLIED:
        importing.insist(batch, actor=actor)
    try:
        with shown(f"batch-{batch.id}"):
            counts = importing.work(batch, dry_run=options.dry_run)
    finally:
        if options.dry_run and fresh:
            Batch.objects.filter(id=batch.id).delete()
    rehearsed = options.dry_run and fresh
    return {"batch": None if rehearsed else batch.id, "kind": batch.kind, **counts}


def _show(result, options):
    import json

    from django.utils.translation import gettext as _

    if options.json:
        print(json.dumps({key: result[key] for key in ("batch", "kind", *COUNTS)}), flush=True)
        return
    line = _(
        "Lần nhập {batch} ({kind}): {rows} dòng, nhận {accepted}, lỗi {rejected}, không đổi"
        " {unchanged}, mới {new}, đã biết {same}, cần xem lại {ask}, cảnh báo {warnings}"
    )
    print(line.format(**result), flush=True)
