"""How papers are set: typst, with the faces that its wheel carries or those of a folder beside."""

import json
from pathlib import Path
from typing import Any

import typst


def typeset(paper: Path, said: dict[str, Any], *, faces: Path | None = None, **how: Any) -> Any:
    """The paper (a .typ file) with what it says, as typst gives it: bytes, or a list of pictures.

    said   what the file reads as `json(bytes(sys.inputs.said))`
    faces  a folder of faces that the paper names; none of the computer's own are taken
    """
    mine: dict[str, Any] = {"font_paths": [faces], "ignore_system_fonts": True} if faces else {}
    inputs = {"said": json.dumps(said)}
    return typst.compile(paper, root=paper.parent, sys_inputs=inputs, **mine, **how)
