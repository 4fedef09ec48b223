"""How papers are set: typst, with the faces that its wheel carries, from the files beside this."""

import json
from pathlib import Path
from typing import Any

import typst

_HERE = Path(__file__).resolve().parent


def typeset(name: str, said: dict[str, Any], **how: Any) -> Any:
    """The paper `name` with what it says, as typst gives it: bytes, or a list of pictures."""
    return typst.compile(_HERE / name, root=_HERE, sys_inputs={"said": json.dumps(said)}, **how)
