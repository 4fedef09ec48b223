"""What is done with access: posts granted and ended, areas worked out, looks written down,
the database told who asks."""

from hssk.access.services.areas import Access, access_of
from hssk.access.services.auditing import (
    last_sealed,
    last_witnessed,
    make_checkpoint,
    newest_seal,
    not_sealed_since,
    note_witness,
    seals,
    verify_log,
)
from hssk.access.services.coming_in import is_asleep, let_in_again, may_let_in
from hssk.access.services.keeping import keep_longer, make_months, months_past, purge, years_kept
from hssk.access.services.looks import look, looks_at, refused, write_refused
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

__all__ = [
    "Access",
    "access_of",
    "appoint",
    "as_machine",
    "end_post",
    "first_password",
    "grant_post",
    "grantable",
    "is_asleep",
    "keep_longer",
    "last_sealed",
    "last_witnessed",
    "let_in_again",
    "look",
    "looks_at",
    "make_checkpoint",
    "make_months",
    "may_grant",
    "may_let_in",
    "months_past",
    "newest_seal",
    "not_sealed_since",
    "note_witness",
    "posts_within",
    "purge",
    "refused",
    "seals",
    "verify_log",
    "within",
    "write_refused",
    "years_kept",
]
