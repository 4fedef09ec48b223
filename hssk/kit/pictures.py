"""The codes on a photograph: of a card, taken with a telephone.

The photograph is read in memory and kept nowhere.
"""

from typing import BinaryIO

import numpy as np
import zxingcpp
from PIL import Image, ImageOps

from hssk.kit.errors import Trouble

FORMATS = ("JPEG", "PNG", "WEBP")
MOST_BYTES, MOST_DOTS = 20 * 2**20, 64_000_000  # a telephone of today takes fifty million dots
SIDE = 2_000  # dots that are read; a code of 80 squares across a third of it has eight dots each


def codes_in(picture: BinaryIO, size: int) -> list[str]:
    """What the square codes and bar codes on a photograph say, each once, from above down.

    picture  the file, of `size` bytes: JPEG, PNG or WebP, whichever way up
    Raises Trouble for what is no such picture, or too large to be opened safely. No code: [].
    """
    if size > MOST_BYTES:
        raise Trouble("Ảnh quá lớn. Hãy chụp lại ở cỡ thường của máy.")
    try:
        with Image.open(picture, formats=FORMATS) as opened:
            if opened.width * opened.height > MOST_DOTS:
                raise Trouble("Ảnh quá lớn. Hãy chụp lại ở cỡ thường của máy.")
            opened.draft("L", (SIDE, SIDE))  # a JPEG is opened at a fraction of its size
            upright = ImageOps.exif_transpose(opened).convert("L")
            upright.thumbnail((SIDE, SIDE))
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError):
        raise Trouble("Không đọc được ảnh này. Hãy chụp lại, hoặc gõ số trên thẻ.") from None
    plain = zxingcpp.TextMode.Plain
    found = zxingcpp.read_barcodes(np.asarray(upright), text_mode=plain)
    found.sort(key=lambda code: code.position.top_left.y)
    return list(dict.fromkeys(code.text for code in found if code.text))
