"""Look into a small workbook that somebody sent: its sheets, read in a child process."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_noop as _n

from hssk.exchange.errors import Refused
from hssk.exchange.formats.door import GRID, Begun, Grid, Limits
from hssk.exchange.services.keeping import digest_of

MOST_BYTES = 5 << 20
_LIMITS = Limits(memory=1 << 30, cpu=20, wall=40)


@dataclass(frozen=True)
class Sent:
    """A file that was sent, as it lies on disk for a while; its digest (SHA-256, hex)."""

    path: Path
    digest: str

    def grids(self) -> list[Grid]:
        """Its visible sheets. Raises UnreadableFile, and Refused for a file that is too big."""
        if self.path.stat().st_size > MOST_BYTES:
            raise Refused(
                _n("Tệp lớn hơn 5 MB."),
                _n("Chia thành nhiều tệp (ví dụ mỗi xã một tệp), rồi gửi từng tệp."),
            )
        with Begun(self.path, kind=GRID, layouts={}, limits=_LIMITS) as child:
            return child.grids()


@contextmanager
def looking_into(upload: UploadedFile) -> Iterator[Sent]:
    """The file while inside; nothing of it stays on disk."""
    with tempfile.TemporaryDirectory(prefix="hssk-") as folder:
        # what a file is, its content says; a text file is a sheet of this name
        path = Path(folder) / (Path(upload.name or "").stem.replace(".", " ")[:60] or "list")
        with path.open("wb") as out:
            for chunk in upload.chunks():
                out.write(chunk)
        yield Sent(path, digest_of(path))
