"""The marks of a copy, read from a scan of its pages."""

from io import BytesIO
from itertools import pairwise

import numpy as np
from PIL import Image

from hssk.outreach.rules.copies import Mark

DOTS, MILLIMETRES = 150, 25.4
STEP, ROW, BOX_AT = 0.6, 11.0, 3.0  # as papers/list.typ says


def marks_on(picture: bytes) -> list[Mark]:
    """The marks of the rows of one scanned page, from its first whole row down."""
    dark = np.asarray(Image.open(BytesIO(picture)).convert("L")) < 140
    rules = _runs(dark[:, : dark.shape[1]].mean(axis=1) > 0.6)
    rows = []
    for above, below in pairwise(rules):
        height = (below - above) / DOTS * MILLIMETRES
        if not ROW - 0.3 < height < ROW + 3 * STEP + 0.3:
            continue
        rows.append(Mark(round((height - ROW) / STEP), _place(dark[above + 4 : below - 2])))
    return rows


def _runs(flags: np.ndarray) -> list[int]:
    """Where each run of dark lines ends."""
    return [int(at) for at in np.flatnonzero(flags[:-1] & ~flags[1:])]


def _place(row: np.ndarray) -> int | None:
    """The level of the left edge of the box, from the right margin of the page."""
    sides = np.flatnonzero(row.sum(axis=0) >= 5.0 / MILLIMETRES * DOTS)
    if not len(sides):
        return None
    left = sides[0] / DOTS * MILLIMETRES
    return round((left - (210 - 15 - 20) - BOX_AT) / STEP)
