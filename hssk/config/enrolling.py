"""How long somebody may come in by a password alone before a second factor is asked of them.

HSSK_SECOND_STEP_DAYS  days from the first sign-in, 0 to 14; 7 where it is not said
"""

import os
from collections.abc import Mapping
from datetime import timedelta

from hssk.kit.errors import Trouble

DAYS, MOST = 7, 14


def days_to_enrol(environment: Mapping[str, str] = os.environ) -> timedelta:
    """For SECOND_STEP_WITHIN. It can be made shorter or a little longer, and never be left out.

    Raises Trouble for anything but a number of days from 0 to MOST.
    """
    said = environment.get("HSSK_SECOND_STEP_DAYS") or str(DAYS)
    if not said.isdecimal() or int(said[:9]) > MOST:
        raise Trouble(
            "HSSK_SECOND_STEP_DAYS là số ngày từ 0 đến {most}: {said}.", most=MOST, said=said
        )
    return timedelta(days=int(said))
