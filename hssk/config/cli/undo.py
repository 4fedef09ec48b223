"""Take a whole file back, at any later time; files after it are linked again.

With --dry-run nothing is changed: it prints, as JSON, what would be.

Example: hssk undo 3
"""

LOGGED, NEEDS = ("batch", "dry_run"), "undo"


def add_arguments(parser):
    parser.add_argument("batch", metavar="BATCH", type=int)
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")
    parser.add_argument("--dry-run", action="store_true", help="only say what would change")


def run(options, actor):
    import json

    from django.utils.translation import gettext as _

    from hssk.config.cli._progress import shown
    from hssk.exchange.models import Batch
    from hssk.exchange.services.foreseeing import foresee
    from hssk.exchange.services.undoing import undo
    from hssk.kit.errors import Trouble

    batch = Batch.objects.filter(id=options.batch).first()
    if batch is None:
        raise Trouble("Không có lần nhập số {batch}.", batch=options.batch)
    if options.dry_run:
        print(json.dumps(foresee(batch, actor=actor), ensure_ascii=False))
        return
    with shown(f"batch-{batch.id}"):
        later = undo(batch, actor=actor)
    if options.json:
        print(json.dumps({"batch": batch.id, "linked_again": [file.id for file in later]}))
    else:
        line = _("Đã rút lại lần nhập {batch}; đối chiếu lại {later} tệp sau nó.")
        print(line.format(batch=batch.id, later=len(later)))
