"""Reading a file of claims in the child process: claims go to the parent as they are read."""

from functools import lru_cache
from typing import Any, BinaryIO

from hssk.exchange.formats.claims_xml.envelope import read_claims
from hssk.exchange.formats.claims_xml.packing import packed
from hssk.exchange.formats.wire import CLAIMS, send
from hssk.records.rules.icd10 import normal_code
from hssk.records.rules.icd10_loaded import name_of

_TOGETHER = 50  # claims in one frame: few enough for little memory, many enough for little waiting


@lru_cache(maxsize=20_000)
def _name_of(code: str, system: str) -> str | None:
    """The Vietnamese name of a code in its edition, where that is at hand."""
    return name_of(normal_code(code), system)


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
