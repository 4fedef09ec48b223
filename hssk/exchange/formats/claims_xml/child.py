"""Reading a file of claims in the child process: claims go to the parent as they are read."""

from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Any, BinaryIO

from hssk.exchange.formats.claims_xml.envelope import read_claims
from hssk.exchange.formats.claims_xml.packing import packed
from hssk.exchange.formats.claims_xml.stated import stated_of
from hssk.exchange.formats.wire import CLAIMS, STATED, send
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
    _send(CLAIMS, (packed(item, _name_of) for item in read_claims(path)), out)


def send_stated(path: str, out: BinaryIO) -> None:
    """Send of every claim of the file whose it is said to be, then "done"; raises as above."""
    _send(STATED, map(stated_of, read_claims(path)), out)


def _send(kind: str, items: Iterator[Any], out: BinaryIO) -> None:
    while some := list(islice(items, _TOGETHER)):
        send(out, kind, some)
    send(out, "done", None)
