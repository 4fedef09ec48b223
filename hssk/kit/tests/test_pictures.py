"""Codes are read from photographs as people take them; what is none is refused in words."""

from io import BytesIO

import numpy as np
import pytest
import qrcode
from PIL import Image, ImageFilter

from hssk.kit import pictures
from hssk.kit.errors import Trouble
from hssk.kit.pictures import codes_in

CARD = "012184000123|045123456|Lò Thị Ửng|15081950|Nữ|Bản Lùng Thàng, Sùng Phài|10052021"


def photograph(text=CARD, *, turned=7, kind="JPEG", side=1400):
    """A card with a code on a dark table, turned, a little out of focus, with grain and a shadow."""
    code = qrcode.make(text).convert("L").resize((420, 420))
    card = Image.new("L", (900, 560), 235)
    card.paste(code, (420, 70))
    table = Image.new("L", (side, side), 60)
    table.paste(card, (200, 300))
    table = table.rotate(turned, fillcolor=60, resample=Image.Resampling.BICUBIC)
    dots = np.asarray(table.filter(ImageFilter.GaussianBlur(1.2)), dtype=float)
    dots *= np.linspace(0.6, 1.0, side)[None, :]
    dots += np.random.default_rng(4).normal(0, 6, dots.shape)
    file = BytesIO()
    Image.fromarray(dots.clip(0, 255).astype("uint8")).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize("turned", [0, 7, 90, 171])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_code_of_a_card_is_read_whichever_way_it_lies(turned, kind):
    picture = photograph(turned=turned, kind=kind)
    assert codes_in(BytesIO(picture), len(picture)) == [CARD]


def test_a_picture_without_a_code_has_none():
    file = BytesIO()
    Image.new("RGB", (400, 300), "white").save(file, "JPEG")
    assert codes_in(file, 100) == []


@pytest.mark.parametrize(
    "content", [b"", b"not a picture", photograph()[:300], b"GIF89a" + 40 * b"\0"]
)
def test_what_is_no_photograph_is_refused_in_words(content):
    with pytest.raises(Trouble, match="Không đọc được ảnh"):
        codes_in(BytesIO(content), len(content))


def test_a_picture_that_would_fill_the_memory_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(pictures, "MOST_DOTS", 1_000_000)
    picture = photograph(kind="PNG")
    with pytest.raises(Trouble, match="quá lớn"):
        codes_in(BytesIO(picture), len(picture))
    with pytest.raises(Trouble, match="quá lớn"):
        codes_in(BytesIO(picture), pictures.MOST_BYTES + 1)
