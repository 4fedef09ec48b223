"""Take a whole file back, at any later time; files after it are linked again.

Example: hssk undo 3
"""

LOGGED = ("batch",)


def add_arguments(parser):
    parser.add_argument("batch", metavar="BATCH", type=int)
    parser.add_argument("--json", action="store_true", help="print what was done as JSON")


def run(options, actor):
    import json

    from django.utils.translation import gettext as _

    from hssk.config.cli._progress import shown
    from hssk.exchange.models import Batch
    from hssk.exchange.services.undoing import undo
    from hssk.kit.errors import Trouble

    batch = Batch.objects.filter(id=options.batch).first()
    if batch is None:
        raise Trouble("Không có lần nhập số {batch}.", batch=options.batch)
    with shown(f"batch-{batch.id}"):
        later = undo(batch, actor=actor)
    if options.json:
        print(json.dumps({"batch": batch.id, "linked_again": [file.id for file in later]}))
    else:
        line = _("Đã rút lại lần nhập {batch}; đối chiếu lại {later} tệp sau nó.")
        print(line.format(batch=batch.id, later=len(later)))
