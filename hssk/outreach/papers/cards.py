"""Cards of records: ten a page of A4, of the size of a business card, to be cut at the marks."""

from collections.abc import Iterable
from datetime import UTC, date
from typing import Any

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from hssk.outreach.models import Card, CardRun
from hssk.outreach.papers import setting
from hssk.outreach.papers.slips import code_as_svg
from hssk.outreach.rules.cards import Face
from hssk.outreach.rules.tokens import code_of_token
from hssk.outreach.services.naming import commune_on
from hssk.places.models import Facility, Hamlet


def cards_as_pdf(run: CardRun, cards: Iterable[Card]) -> bytes:
    """Cards of a run: what the face of each says, its code, and whose station it is of. The same
    cards give the same bytes."""
    stamp = int(run.at.astimezone(UTC).timestamp())
    return setting.typeset("cards.typ", _told(run, cards), format="pdf", timestamp=stamp)


@translation.override("vi")
def _told(run: CardRun, cards: Iterable[Card]) -> dict[str, Any]:
    return {
        "invented": settings.HSSK_INVENTED,
        "station": station_of(run.hamlet, timezone.localtime(run.at).date()),
        "title": _("Thẻ hồ sơ sức khỏe"),
        "use": _("Đưa thẻ này khi đến khám."),
        "lost": _("Mất thẻ: báo trạm y tế để hủy thẻ này và in thẻ khác."),
        "cards": [
            {**_face(Face(card.name, card.year)), "code": code_as_svg(code_of_token(card.token))}
            for card in cards
        ],
    }


def _face(face: Face) -> dict[str, str]:
    return {
        "name": face.name,
        "year": _("sinh năm {year}").format(year=face.year) if face.year else "",
    }


def station_of(hamlet: Hamlet, on: date) -> str:
    """The station of a hamlet as it is called where that is known, else by its commune of a day."""
    known = list(Facility.objects.filter(unit=hamlet.unit_id).values_list("name", flat=True)[:2])
    if len(known) == 1:
        return known[0]
    unit = commune_on(hamlet, on)
    return _("Trạm y tế {kind} {place}").format(kind=unit.kind.lower(), place=unit.name)
