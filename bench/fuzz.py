"""Files of claims broken in every way: `python -m bench.fuzz [MUTATIONS] [SEED]`.

Each is read, checked and mapped as the child does it, many in one process under the child's own
limits; of one in a thousand, and of those that took most memory, the child itself is asked: a
process that has read a hundred thousand files holds more than one that reads one. Each must end
with claims, a claim that is refused, or a file that is: anything else is printed with what it takes
to see it again.
"""

import heapq
import os
import resource
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import orjson

from bench import table
from hssk.exchange.formats.child import limit
from hssk.exchange.formats.claims_xml import Refused, read_claims
from hssk.exchange.formats.claims_xml.packing import packed
from hssk.exchange.formats.claims_xml.stated import stated_of
from hssk.exchange.formats.door import Begun, UnreadableFile
from hssk.exchange.formats.limits import Limits
from hssk.exchange.formats.wire import CLAIMS
from hssk.exchange.invented import invent
from hssk.exchange.invented.claims import BY_NAME, write_claims
from hssk.exchange.invented.claims.mutations import damaged
from hssk.exchange.invented.lives import Folk

MUTATIONS, SEED = 100_000, 20260101
MOST_SECONDS, MOST_MEGABYTES = 10.0, 256.0
CHILD_OF_EVERY, LARGEST = 1000, 20
SINCE, UNTIL = date(2023, 3, 1), date(2023, 6, 1)


def files(folder: Path) -> list[bytes]:
    """Small files of claims in every dialect."""
    write_claims(folder, Folk(invent(people=200, seed=7)), since=SINCE, until=UNTIL, per_file=2,
                 dialect=list(BY_NAME.values()))  # fmt: skip
    every = [path.read_bytes() for path in sorted(folder.glob("*.xml"))]
    return [data for data in every if len(data) < 150_000]


def outcome(data: bytes) -> str:
    """How the reading of a file ends: "claims", "a claim refused", or the kind of its refusal."""
    ended = "claims"
    try:
        for item in read_claims(data):
            _as_filed(packed(item))
            stated_of(item)
            if isinstance(item, Refused):
                ended = "a claim refused"
    except UnreadableFile as refusal:
        ended = f"refused: {refusal.kind}"
    return ended


def _as_filed(claim: dict[str, Any]) -> None:
    """What the parent makes of a claim without looking: a key and a day of each resource."""
    for one, _section, day, *_more in orjson.loads(claim.get("made", b"[]")):
        UUID(one["id"])
        if day:
            date.fromisoformat(day)
    if claim.get("on"):
        date.fromisoformat(claim["on"])
    if claim.get("visit"):
        UUID(claim["visit"])


def of_child(data: bytes) -> str:
    """The same, by the child itself."""
    ended = "claims"
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        file.write(data)
        file.flush()
        try:
            with Begun(file.name, kind=CLAIMS, layouts={}) as child:
                for some in child.claims():
                    if any("refused" in claim for claim in some):
                        ended = "a claim refused"
        except UnreadableFile as refusal:
            ended = f"refused: {refusal.kind}"
    return ended


def peak(*, anew: bool = False) -> float:
    """The most memory held, in MB, since it was last asked `anew`."""
    text = Path("/proc/self/status").read_text("ascii")
    if anew:
        Path("/proc/self/clear_refs").write_text("5")
    return int(text.partition("VmHWM:")[2].split()[0]) / 1024


class Worst:
    """The most that any file took, and which those were that took most."""

    def __init__(self) -> None:
        self.taken: list[tuple[float, int, str]] = []

    def see(self, used: float, number: int, what: str) -> None:
        """Note what a file used, if it is among the most so far."""
        heapq.heappush(self.taken, (used, number, what))
        if len(self.taken) > LARGEST:
            heapq.heappop(self.taken)

    @property
    def most(self) -> tuple[float, int, str]:
        return max(self.taken)


def main(count: int = MUTATIONS, seed: int = SEED) -> int:
    """Damage, read, print; 1 where anything else than an answer came, or too late or too large."""
    with tempfile.TemporaryDirectory(prefix="hssk-bench-") as name:
        sound = files(Path(name))
    limit(Limits().memory, 24 * 3600)
    ends: Counter[str] = Counter()
    slowest, largest, wrong = Worst(), Worst(), []
    for number in range(count):
        how, data = damaged(sound, Random(f"{seed}:{number}"))
        what = f"{seed}:{number} ({how}, {len(data):,} bytes)"
        peak(anew=True)
        began = time.process_time()
        try:
            end = outcome(data)
        except Exception as error:  # whatever it is, it is what is looked for
            end = f"FAULT: {type(error).__name__}"
            wrong.append(f"{what}: {error!r}")
        slowest.see(time.process_time() - began, number, what)
        largest.see(peak(), number, what)
        if number % CHILD_OF_EVERY == 0 and (of := of_child(data)) != end:
            wrong.append(f"{what}: the child says {of}, we say {end}")
        ends[end] += 1
    print(f"{count:,} files, damaged from {len(sound)} sound ones, seed {seed}; {table.machine()}")
    ended = [[end, f"{files:,}"] for end, files in ends.most_common()]
    table.show("How their reading ended", ["", "files"], ended)
    for _used, number, _what in largest.taken:
        of_child(damaged(sound, Random(f"{seed}:{number}"))[1])
    held = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    seconds, _number, slow = slowest.most
    table.show("The worst of one file", ["", "", "asked", "which"], [
        ["seconds of the processor", f"{seconds:.2f}", MOST_SECONDS, slow],
        ["memory of the child, MB", f"{held:.0f}", MOST_MEGABYTES, f"of the {LARGEST} largest"],
    ])  # fmt: skip
    print(*wrong[:50], sep="\n")
    return int(bool(wrong) or seconds > MOST_SECONDS or held > MOST_MEGABYTES)


if __name__ == "__main__":
    os._exit(main(*map(int, sys.argv[1:])))
