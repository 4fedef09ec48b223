"""Reading a file of claims in the child process: claims go to the parent as they are read."""

from typing import Any, BinaryIO

from hssk.exchange.formats.claims_xml.envelope import read_claims
from hssk.exchange.formats.claims_xml.packing import packed
from hssk.exchange.formats.wire import CLAIMS, send
from hssk.records.rules.icd10 import QD4469, normal_code, supplied

_TOGETHER = 50  # claims in one frame: few enough for little memory, many enough for little waiting


def _name_of(code: str, system: str) -> str | None:
    """The Vietnamese name of a code, by the edition that the program carries."""
    known = supplied().diseases.get(normal_code(code)) if system == QD4469 else None
    return known.name if known else None


def send_claims(path: str, out: BinaryIO) -> None:
    """Send every claim of the file at `path`, then "done"; UnreadableFile as the reader raises it.

    What was sent before the file turned out to be broken off stays sent: who takes it decides.
    """
    some: list[dict[str, Any]] = []
    for item in read_claims(path):
        some.append(packed(item, _name_of))
        if len(some) == _TOGETHER:
            send(out, CLAIMS, some)
            some = []
    if some:
        send(out, CLAIMS, some)
    send(out, "done", None)
