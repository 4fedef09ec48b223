"""A seal as a picture that a telephone reads, for a witness without any network between."""

from io import BytesIO, StringIO

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M
from qrcode.image.svg import SvgPathFillImage

from hssk.access.checkpoints import Told


def in_svg(one: Told) -> str:
    """A QR code of the words of a seal, dark on light whatever the colours around it."""
    out = BytesIO()
    _code(one).make_image(image_factory=SvgPathFillImage).save(out)
    return out.getvalue().decode()


def in_terminal(one: Told) -> str:
    """The same in letters, for a screen or a printer that knows no pictures."""
    out = StringIO()
    _code(one).print_ascii(out=out, invert=True)
    return out.getvalue()


def _code(one: Told) -> QRCode:
    code = QRCode(error_correction=ERROR_CORRECT_M, border=4)
    code.add_data(str(one))
    return code
