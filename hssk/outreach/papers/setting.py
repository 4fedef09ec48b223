"""How papers are set: from the files beside this."""

from pathlib import Path
from typing import Any

from hssk.kit import typesetting

_HERE = Path(__file__).resolve().parent


def typeset(name: str, said: dict[str, Any], **how: Any) -> Any:
    """The paper `name` with what it says, as typst gives it: bytes, or a list of pictures."""
    return typesetting.typeset(_HERE / name, said, **how)
