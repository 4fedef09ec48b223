"""Finish files that wait: those given, or every one that a crash left unfinished.

The pages start this by themselves; by hand it is needed only when something was cut off.

Example: hssk work 3
"""

LOGGED = ("batches",)


def add_arguments(parser):
    parser.add_argument("batches", metavar="BATCH", nargs="*", type=int)


def run(options, actor):
    from hssk.exchange.errors import Busy, ColumnsHeld, Refused
    from hssk.exchange.models import Batch
    from hssk.exchange.services import guessing, importing

    waiting = Batch.objects.filter(state__in=[Batch.WAITING, Batch.RECEIVED]).order_by("id")
    if options.batches:
        waiting = waiting.filter(id__in=options.batches)
    for batch in waiting:
        try:
            importing.work(batch)
        except ColumnsHeld:
            guessing.guess_of(batch)  # so that its page need not wait
        except Busy:
            continue  # somebody is at it already
        except Refused:
            continue  # the batch itself says why; the next file may be well
