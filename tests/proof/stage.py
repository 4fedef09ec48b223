"""The world as it stands when the proof begins."""

from django.db.models.functions import Now

from hssk.access.models import Question, Tie
from hssk.access.rights import Right, Role
from hssk.access.services import access_of, look
from hssk.access.services.looks import OPEN
from hssk.access.tiers import Kind
from hssk.coverage.models import Due, RegisteringCount
from hssk.coverage.services import settle
from tests.proof.measures import SEED
from tests.proof.world import World, build
from tests.village import MARCH


def staged() -> World:
    """The world with what a proof needs besides: looks, a question, somebody to be counted."""
    made = build(SEED)
    settle()
    somebody = next(iter(made.people))
    Due.objects.create(people=[somebody])  # whom a reader's question counts, and nobody reads
    RegisteringCount.objects.create(  # what is not folded yet, and nobody reads
        hamlet=0, facility="", day=MARCH, expected=0, found=0, to_decide=0, app_opened=0
    )
    audited = [one.root for one in made.bases if one.kind is Kind.AUDIT]
    wide = next(r for r in made.readers if r.everything)  # who is no secret to themselves
    for looker, shown in ((made.readers[0], [somebody]), (wide, audited)):
        look(access_of(looker.user, MARCH), OPEN, Right.REGISTER, shown)
        made.looked_at.update(shown)
    look(access_of(made.readers[0].user, MARCH), OPEN, Right.REGISTER, [somebody])
    made.looked_at.add(somebody)
    auditor = next(r.user for r in made.readers if r.holds(Role.AUDITOR))
    watched = made.readers[1].user
    Tie.objects.create(user=watched, person=somebody, by=auditor, at=Now())
    Question.objects.create(
        about=watched, kind="family", day=MARCH, step="ask", text="?", by=auditor, at=Now()
    )
    return made
