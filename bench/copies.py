"""Copies of one list told apart: `python -m bench.copies [COPIES] [SCANNED]`.

Of so many issued copies of a list some are set, scanned at 150 dots an inch and read again: every
window of eight rows should name its copy. Beside it what the order of names alone tells, and how
long a thousand slips take.
"""

import os
import random
import sys
import time
from collections import Counter
from datetime import datetime
from types import SimpleNamespace as Shape
from typing import Any
from uuid import UUID

from bench import table

PLACE = "Bản Tưởng Tượng, Xã Giả Định"
ROWS, HOUSEHOLDS, WINDOW, DOTS, SLIPS = 40, 12, 8, 150, 1_000


def residents() -> list[Any]:
    """Forty people of twelve households, all of them asked."""
    from hssk.outreach.rules import Resident

    return [
        Resident(UUID(int=n), n % HOUSEHOLDS, f"Lò Thị {chr(65 + n % 26)}{n}", None, "Chủ Hộ", True)
        for n in range(ROWS)
    ]


def named_by_marks(copies: dict[str, bytes], scanned: int) -> list[str]:
    """Of the windows of some copies, scanned and read: how many name it and it alone."""
    from hssk.outreach.papers.lists import list_as_pictures
    from hssk.outreach.rules.copies import copies_showing
    from hssk.outreach.tests.scanning import marks_on

    asked = right = wrong = 0
    for serial in random.Random(7).sample(sorted(copies), scanned):
        lines = [Shape(number=n, name=f"Lò Thị {n}", year="", head="Chủ Hộ") for n in range(ROWS)]
        for page in list_as_pictures(_copy(serial, copies[serial]), lines, PLACE, dpi=DOTS):
            seen = marks_on(page)
            for first in range(0, len(seen) - WINDOW + 1, WINDOW):
                found = copies_showing(seen[first : first + WINDOW], copies, ROWS)
                asked += 1
                right += found == [serial]
                wrong += bool(found) and found != [serial]
    return ["marks, set, scanned and read", f"{asked:,}", f"{right / asked:.4%}", f"{wrong:,}"]


def named_by_order(copies: dict[str, bytes]) -> list[str]:
    """The same of the order alone, were every name read rightly."""
    from hssk.outreach.rules import Holder, compose

    everybody, windows = residents(), Counter[tuple]()
    for seed in copies.values():
        people = compose(everybody, (), Holder.HEAD, hamlet=0, task="", seed=seed).people
        windows.update({people[at : at + WINDOW] for at in range(ROWS - WINDOW + 1)})
    every, alone = windows.total(), sum(count == 1 for count in windows.values())
    return ["order of names alone", f"{every:,}", f"{alone / every:.4%}", "not told apart"]


def slips() -> list[str]:
    """A thousand slips with their codes, set."""
    from hssk.outreach.models import Slip
    from hssk.outreach.papers.slips import slips_as_pdf

    invitation = _copy("", b"")
    many = [Slip(called="Giàng Thị Mỷ") for _each in range(SLIPS)]
    began = time.perf_counter()
    slips_as_pdf(invitation, many, PLACE)
    return [f"{SLIPS:,} slips, seconds", f"{time.perf_counter() - began:.2f}", "asked 5", ""]


def _copy(serial: str, seed: bytes) -> Any:
    from django.utils import timezone

    day = timezone.make_aware(datetime(2026, 12, 5, 7, 30))
    return Shape(
        serial=serial, seed=seed, purpose="no-record", holder="Giàng A Trưởng", issued_at=day,
        issued_by="Lò Thị Y Tá", issued_on=day.date(), until=day.date(), at=day, place="Trạm y tế",
    )  # fmt: skip


def main(many: int = 10_000, scanned: int = 20) -> None:
    """Issue, set, scan, read, print."""
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hssk.config.settings")
    django.setup()
    copies = {f"copy {n}": random.Random(n).randbytes(16) for n in range(many)}
    print(f"{many:,} copies of one list of {ROWS}, {scanned} of them scanned; {table.machine()}")
    table.show(
        f"Windows of {WINDOW} rows", ["", "windows", "name the copy", "name another"],
        [named_by_marks(copies, scanned), named_by_order(copies)],
    )  # fmt: skip
    table.show("Slips", ["", "", "", ""], [slips()])


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
