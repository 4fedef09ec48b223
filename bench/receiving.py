"""How long a nurse waits from the card of somebody known to their open record, on a browser whose
processor is slowed: the story of tests/system, told with a watch: `python -m bench.receiving`."""

import os
import subprocess
import sys
from pathlib import Path

from bench import table

STORY = "tests/system/test_receiving_people.py"


def main() -> None:
    """The middle of three cards, at both widths."""
    print(table.machine())
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-s", "-q", "-k", "few_actions", STORY],
        env={**os.environ, "HSSK_MEASURE": "1"}, cwd=Path(__file__).parent.parent,
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    print("\n".join(line.lstrip(".") for line in told.stdout.splitlines() if "waiting" in line))


if __name__ == "__main__":
    main()
