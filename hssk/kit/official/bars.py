"""The bar of a row as a picture, for files that draw nothing themselves."""

from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (480, 30)  # pixels
FOUND, WAITING, REST, EDGE, GOAL = (70,) * 3, (190,) * 3, (255,) * 3, (0,) * 3, (200, 0, 0)
_EDGE, _GOAL = 2, 4  # pixels


def bar_picture(drawn: tuple[int, int, int], goal: float | None = None) -> bytes:
    """A PNG: the share found dark, the share that waits light, beside the whole.

    drawn  found, waiting, of all; all 0 where there is nobody
    goal   in per cent: a red line
    """
    found, waits, people = drawn
    wide, high = SIZE
    picture = Image.new("RGB", SIZE, REST)
    pen = ImageDraw.Draw(picture)
    for colour, to in ((WAITING, found + waits), (FOUND, found)):
        if people and (end := round(wide * to / people)):
            pen.rectangle((0, 0, end - 1, high - 1), fill=colour)
    pen.rectangle((0, 0, wide - 1, high - 1), outline=EDGE, width=_EDGE)
    if goal is not None:
        at = min(round(wide * goal / 100), wide - 1)
        pen.rectangle((at - _GOAL // 2, 0, at + _GOAL // 2 - 1, high - 1), fill=GOAL)
    out = BytesIO()
    picture.quantize(8).save(out, "PNG", optimize=True, dpi=(254, 254))
    return out.getvalue()
