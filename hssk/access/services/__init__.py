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
from hssk.access.services.placing import hamlet_of_post, role_named, unit_of_code
from hssk.access.services.posts import (
    appoint,
    end_post,
    first_password,
    grant_post,
    grantable,
    may_end,
    may_grant,
    may_wake,
    posts_within,
    put_to_sleep,
    why_not_given,
)
from hssk.access.services.reform import Regrant, opened_by, regrant, regrant_many, regrants
from hssk.access.services.reviewing import Reviewed, overdue, review_posts, to_review
from hssk.access.services.scope import as_machine, within

__all__ = [
    "Access",
    "Regrant",
    "Reviewed",
    "access_of",
    "appoint",
    "as_machine",
    "end_post",
    "first_password",
    "grant_post",
    "grantable",
    "hamlet_of_post",
    "is_asleep",
    "keep_longer",
    "last_sealed",
    "last_witnessed",
    "let_in_again",
    "look",
    "looks_at",
    "make_checkpoint",
    "make_months",
    "may_end",
    "may_grant",
    "may_let_in",
    "may_wake",
    "months_past",
    "newest_seal",
    "not_sealed_since",
    "note_witness",
    "opened_by",
    "overdue",
    "posts_within",
    "purge",
    "put_to_sleep",
    "refused",
    "regrant",
    "regrant_many",
    "regrants",
    "review_posts",
    "role_named",
    "seals",
    "to_review",
    "unit_of_code",
    "verify_log",
    "why_not_given",
    "within",
    "write_refused",
    "years_kept",
]
