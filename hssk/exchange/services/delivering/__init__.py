"""Records on their way into the software in use: layout → delivery → confirmed by its next extract.

docs/decisions/0031.
"""

from hssk.exchange.services.delivering.choosing import (
    Waiting,
    how_many_lack,
    not_in_software,
    waiting_in,
)
from hssk.exchange.services.delivering.confirming import (
    AGAIN,
    ARRIVED,
    ASKED,
    MISSING,
    OUT,
    WITHDRAWN,
    Line,
    confirmed_by,
    lines_of,
    named,
)
from hssk.exchange.services.delivering.layouts import (
    can_fill,
    example,
    layouts_of,
    new_layout,
    save_layout,
    units_of,
)
from hssk.exchange.services.delivering.making import MOST, deliver, deliver_again, note_taken

__all__ = [
    "AGAIN", "ARRIVED", "ASKED", "MISSING", "MOST", "OUT", "WITHDRAWN", "Line", "Waiting",
    "can_fill", "confirmed_by", "deliver", "deliver_again", "example", "how_many_lack",
    "layouts_of", "lines_of", "named", "new_layout", "not_in_software", "note_taken", "save_layout",
    "units_of", "waiting_in",
]  # fmt: skip
