"""Every measurement, one after the other, each in a process of its own: `make bench`.

`python -m bench NAME…` runs some of them.
"""

import subprocess
import sys

BENCHES = {
    "linkage": ("bench.linkage",),
    "reading": ("bench.reading",),
    "importing": ("bench.importing",),
    "claims": ("bench.claims",),
    "fuzz": ("bench.fuzz",),
    "ledger": ("bench.ledger", "1000000"),
    "ledger-half": ("bench.ledger", "500000"),
    "pages": ("bench.pages", "500000"),
    "receiving": ("bench.receiving",),
    "walls": ("bench.walls",),
    "records": ("bench.records",),
    "copies": ("bench.copies",),
    "planning": ("bench.planning",),
    "million": ("bench.linkage_million",),
}


def main(names: list[str]) -> int:
    """Run the benches named, all when none is; 1 when one of them could not be run, or says that a
    limit was not kept."""
    unknown = [name for name in names if name not in BENCHES]
    if unknown:
        sys.exit(f"no bench called {', '.join(unknown)}; there are {', '.join(BENCHES)}")
    failed = 0
    for name in names or BENCHES:
        print(f"\n── {name} ──", flush=True)
        failed |= subprocess.run([sys.executable, "-m", *BENCHES[name]], check=False).returncode
    return min(failed, 1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
