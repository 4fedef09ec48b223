"""What is done with access: posts granted and ended, areas worked out, looks written down."""

from hssk.access.services.areas import Access, access_of
from hssk.access.services.looks import look, looks_at, refused
from hssk.access.services.posts import (
    appoint,
    end_post,
    first_password,
    grant_post,
    grantable,
    may_grant,
    posts_within,
)

__all__ = [
    "Access",
    "access_of",
    "appoint",
    "end_post",
    "first_password",
    "grant_post",
    "grantable",
    "look",
    "looks_at",
    "may_grant",
    "posts_within",
    "refused",
]
