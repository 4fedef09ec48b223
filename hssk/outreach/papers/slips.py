"""Slips for households: 24 a page of A4, each folded so that only whose it is stands outside, or a
page of A6 each, for envelopes."""

from collections.abc import Iterable
from typing import Any

import qrcode
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from qrcode.constants import ERROR_CORRECT_M

from hssk.outreach.models import Invitation, Slip
from hssk.outreach.papers import setting
from hssk.outreach.rules import Purpose
from hssk.outreach.rules.messages import spoken_time
from hssk.outreach.rules.tokens import code_of_token
from hssk.outreach.services.issuing import INVITED

_MASK = 3  # choosing the best mask for each takes five times as long; any can be read


def slips_as_pdf(
    invitation: Invitation, slips: Iterable[Slip], where: str, *, enveloped: bool = False
) -> bytes:
    """All slips of an invitation, a page each where they go into envelopes; the code of each is its
    token and nothing else. The same slips give the same bytes.

    where  the hamlet, as `naming.lies` says it of the day on which it was invited
    """
    said = {**_told(invitation, slips, where), "enveloped": enveloped}
    stamp = int(invitation.issued_at.timestamp())
    return setting.typeset("slips.typ", said, format="pdf", timestamp=stamp)


@translation.override("vi")
def _told(invitation: Invitation, slips: Iterable[Slip], where: str) -> dict[str, Any]:
    return {
        "invented": settings.HSSK_INVENTED,
        "task": _(INVITED[Purpose(invitation.purpose)]),
        "place": invitation.place,
        "time": spoken_time(timezone.localtime(invitation.at)),
        "slips": [
            {
                "to": _("Gửi hộ {name}").format(
                    name=slip.called or _("số {number}").format(number=slip.household.number)
                ),
                "where": where,
                "code": code_as_svg(code_of_token(slip.pk)),
            }
            for slip in slips
        ],
    }


def code_as_svg(text: str) -> str:
    """A QR code of `text` (capitals and digits) as one path, a unit a module."""
    code = qrcode.QRCode(border=0, error_correction=ERROR_CORRECT_M, mask_pattern=_MASK)
    code.add_data(text)
    code.make()
    size = len(code.modules)
    runs = "".join(
        f"M{start} {row}h{length}v1h-{length}z"
        for row, modules in enumerate(code.modules)
        for start, length in _runs(modules)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}">'
        f'<path d="{runs}"/></svg>'
    )


def _runs(modules: Iterable[bool | None]) -> list[tuple[int, int]]:
    """(start, length) of each run of dark modules in a row."""
    found: list[tuple[int, int]] = []
    for at, dark in enumerate(modules):
        if dark and found and sum(found[-1]) == at:
            found[-1] = found[-1][0], found[-1][1] + 1
        elif dark:
            found.append((at, 1))
    return found
