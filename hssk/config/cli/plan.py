"""Work proposals of weekends out: those given, or every one that waits.

The pages start this by themselves; by hand it is needed only when something was cut off. Needs
OR-Tools: `make plan`.

Example: hssk plan 3
"""

NEEDS = "plan"
LOGGED = ("proposals",)


def add_arguments(parser):
    parser.add_argument("proposals", metavar="PROPOSAL", nargs="*", type=int)


def run(options, actor):
    from django.utils import timezone

    from hssk.coverage.views.reading import latest_day
    from hssk.outreach.models import Proposal
    from hssk.outreach.services.planning import work_out

    now = timezone.now()
    today = timezone.localdate(now)
    waiting = Proposal.objects.filter(done_at=None).select_related("campaign__unit")
    if options.proposals:
        waiting = waiting.filter(pk__in=options.proposals)
    for proposal in waiting:
        work_out(proposal, on=latest_day(today) or today, now=now)
