"""Install what lock files name, by two pips side by side: `python scripts/install.py LOCK…`.

pip looks at every file that a package ever had before it takes the one that the lock names, and on
one core: that is half of the time of a first `make run`. A lock is whole and every digest in it is
asked for, so each pip can take a share and needs to know of no other.
"""

import re
import subprocess
import sys
import tempfile
from pathlib import Path

SHARES = 2
_REQUIREMENT = re.compile(r"^[^\s#].*\n(?:[ \t].*\n)*", re.MULTILINE)
_PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq", "install"]


def install(locks: list[str]) -> int:
    """Install all that `locks` name; the exit code of the first pip that failed, 0 if none did."""
    # no package twice, or two pips would write it at once
    named = {each for lock in locks for each in _REQUIREMENT.findall(Path(lock).read_text())}
    wanted = list({each.partition(" ")[0]: each for each in sorted(named)}.values())
    with tempfile.TemporaryDirectory() as folder:
        shares = [_share(Path(folder) / f"{n}.txt", wanted[n::SHARES]) for n in range(SHARES)]
        pips = [subprocess.Popen([*_PIP, *share]) for share in shares]
        codes = [pip.wait() for pip in pips]  # below 0 of one that was killed
    return next(filter(None, codes), 0)


def _share(path: Path, wanted: list[str]) -> list[str]:
    """What one pip is asked: to take each of `wanted` as it stands, and nothing besides."""
    path.write_text("".join(wanted))
    return ["--require-hashes", "--no-deps", "--no-compile", "-r", str(path)]


if __name__ == "__main__":
    sys.exit(install(sys.argv[1:]))
