"""The code of a paper that says nothing: a random token, as it is printed and as it comes back."""

import re
from uuid import UUID

_SAID = re.compile(r"(?:HSSK)?([0-9A-F]{32})")
_BETWEEN = re.compile(r"[\W_]+")


def code_of_token(token: UUID) -> str:
    """What the code of a paper says: capitals and digits, which make the smallest code."""
    return f"HSSK-{token.hex.upper()}"


def token_said(text: str) -> UUID | None:
    """The token that a scanner or a hand gives; None for anything else.

    The whole text is one, whatever stands between its signs: the code of an insurance card has a
    name in such signs too.
    """
    found = _SAID.fullmatch(_BETWEEN.sub("", text[:200]).upper())
    return UUID(found[1]) if found else None
