"""What is done with access: posts granted and ended, areas worked out, looks written down."""

from hssk.access.services.areas import Access, access_of
from hssk.access.services.looks import look, looks_at, refused
from hssk.access.services.posts import end_post, grant_post, may_grant

__all__ = [
    "Access",
    "access_of",
    "end_post",
    "grant_post",
    "look",
    "looks_at",
    "may_grant",
    "refused",
]
