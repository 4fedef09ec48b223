"""How long a nurse waits from the card of somebody known to their open record, on a browser whose
processor is slowed: the story of tests/system, told with a watch: `python -m bench.receiving`.

Ends with 1 where she waits longer than the story allows."""

import os
import re
import subprocess
import sys
from pathlib import Path

from bench import table

STORY = "tests/system/test_receiving_people.py"
_TOLD = re.compile(r"(\d+ px), CPU (\d+) times as slow: waiting ([\d.]+) s of ([\d.]+)")


def lines_of(told: str) -> list[list[str]]:
    """Width, how much slower, seconds waited, seconds allowed, the verdict: of what the story said.

    Raises ValueError where it said nothing: a story that measures nothing keeps no limit.
    """
    found = [
        [width, f"{slower} times", waited, most, table.verdict(float(waited) <= float(most))]
        for width, slower, waited, most in _TOLD.findall(told)
    ]
    if not found:
        raise ValueError("the story told no waiting")
    return found


def main() -> int:
    """The middle of three cards, at both widths; whether each is within its limit."""
    print(table.machine())
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-s", "-q", "-k", "few_actions", STORY],
        env={**os.environ, "HSSK_MEASURE": "1"}, cwd=Path(__file__).parent.parent,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = lines_of(told.stdout)
    table.show(
        "From the card to the open record, waiting",
        ["", "slower", "seconds", "allowed", "kept"],
        lines,
    )
    return int(any(line[-1] != table.verdict(True) for line in lines))


if __name__ == "__main__":
    sys.exit(main())
