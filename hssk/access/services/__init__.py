"""What is done with access: posts granted and ended, areas worked out, looks written down,
the database told who asks."""

from hssk.access.services.areas import Access, access_of
from hssk.access.services.auditing import make_checkpoint, seals, verify_log
from hssk.access.services.coming_back import (
    came_fully,
    come_back,
    drop_code,
    has_code,
    leave,
    present,
    set_code,
)
from hssk.access.services.coming_in import is_asleep, let_in_again, may_let_in
from hssk.access.services.looks import look, looks_at, note, refused, write_refused
from hssk.access.services.posts import (
    appoint,
    end_post,
    first_password,
    grant_post,
    grantable,
    may_grant,
    posts_within,
)
from hssk.access.services.scope import as_machine, within
from hssk.access.services.sittings import (
    begin,
    close,
    end_elsewhere,
    end_sitting,
    is_linked,
    seen,
    sittings_of,
    unlink,
)

__all__ = [
    "Access",
    "access_of",
    "appoint",
    "as_machine",
    "begin",
    "came_fully",
    "close",
    "come_back",
    "drop_code",
    "end_elsewhere",
    "end_post",
    "end_sitting",
    "first_password",
    "grant_post",
    "grantable",
    "has_code",
    "is_asleep",
    "is_linked",
    "leave",
    "let_in_again",
    "look",
    "looks_at",
    "make_checkpoint",
    "may_grant",
    "may_let_in",
    "note",
    "posts_within",
    "present",
    "refused",
    "seals",
    "seen",
    "set_code",
    "sittings_of",
    "unlink",
    "verify_log",
    "within",
    "write_refused",
]
