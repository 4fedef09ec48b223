"""The web server ends when it is told to, whenever that is."""

import socket
import subprocess
import time

from hssk.config import serving
from hssk.config.reach import Reach

SLOW = """
import time
open("begun", "w").close()
time.sleep(2)
application = print
"""


def test_a_web_server_told_to_stop_while_it_starts_leaves_no_worker_on_its_port(
    tmp_path, monkeypatch
):
    """`hssk serve` stopped at once, as by a service manager: the next start found the port taken."""
    monkeypatch.setattr(serving, "STOPS_WITHIN", 1)
    (tmp_path / "slow.py").write_text(SLOW)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    listening = serving.Listening("127.0.0.1", port, Reach())
    server = subprocess.Popen(serving.command(listening, "slow:application"), cwd=tmp_path)
    try:
        while not (tmp_path / "begun").exists():
            time.sleep(0.02)
        server.terminate()
        server.wait(12)
    finally:
        server.kill()
    serving.refuse_a_taken_port("127.0.0.1", port)
