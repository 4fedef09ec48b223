"""Acts by hand and files that are linked wait for each other."""

from django.utils.translation import gettext_noop as _n

from hssk.people.errors import Refused
from hssk.people.services.facts import nobody_links


def while_nobody_links() -> None:
    """Keep files from being linked until this transaction ends; Refused while one is."""
    if not nobody_links():
        raise Refused(
            _n("Đang có một tệp được ghi vào sổ, nên chưa ghi được. Đợi ít giây rồi bấm lại.")
        )
