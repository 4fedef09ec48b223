"""The log on another computer too, where the environment names one: syslog (RFC 5424) by TLS.

HSSK_SYSLOG     host:port of the collector; a network is crossed by TLS alone, this computer without
HSSK_SYSLOG_CA  the authority of its certificate (PEM), where the system does not know it

What goes out are the lines of `hssk.log` and one for each look and each coming and going, without
people: keys of accounts, pages, counts. While nobody answers, lines are dropped here; they are in
the home all the same. Source: ASVS 5.0, 16.4.3; RFC 6587 §3.4.1 (octet counting).
"""

import atexit
import logging
import os
import queue
import socket
import ssl
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from logging.handlers import QueueHandler, QueueListener, SocketHandler
from typing import Any

from hssk.config.discreet import DiscreetFormatter
from hssk.kit.addresses import is_loopback
from hssk.kit.errors import Trouble

WAITING = 10_000  # lines kept while the collector is slow
SECURITY = 10  # the facility of messages of security and authorization
SEVERITY = {"CRITICAL": 2, "ERROR": 3, "WARNING": 4, "INFO": 6, "DEBUG": 7}


def logging_to(environment: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """The handler for LOGGING, or {} where no collector is named. Raises Trouble for no address."""
    said = environment.get("HSSK_SYSLOG", "")
    if not said:
        return {}
    host, _colon, port = said.rpartition(":")
    host = host.strip("[]")
    if not host or not port.isdecimal() or not 0 < int(port[:6]) < 65536:
        raise Trouble("HSSK_SYSLOG là máy:cổng, ví dụ nhatky.example.vn:6514.")
    return {
        "class": "hssk.config.syslog.Syslog",
        "host": host,
        "port": int(port),
        "authority": environment.get("HSSK_SYSLOG_CA") or None,
    }


class Syslog(QueueHandler):
    """Hands lines to a thread that sends them, so that no page waits for the collector."""

    def __init__(self, host: str, port: int, authority: str | None) -> None:
        super().__init__(queue.Queue(WAITING))
        self.setFormatter(Rfc5424())
        self._sender: QueueListener | None = QueueListener(
            self.queue, Sender(host, port, authority)
        )
        self._sender.start()
        atexit.register(self.close)

    def enqueue(self, record: logging.LogRecord) -> None:
        with suppress(queue.Full):  # dropped here alone: the home keeps its lines
            self.queue.put_nowait(record)

    def close(self) -> None:
        """Send what waits, and end."""
        if self._sender is not None:
            sender, self._sender = self._sender, None
            sender.stop()
            for handler in sender.handlers:
                handler.close()
        super().close()


class Sender(SocketHandler):
    """One connection to the collector, made again when it broke, with growing pauses."""

    def __init__(self, host: str, port: int, authority: str | None) -> None:
        super().__init__(host, port)
        self._tls = None if is_loopback(host) else ssl.create_default_context(cafile=authority)

    def makeSocket(self, timeout: float = 5) -> socket.socket:  # noqa: N802 - the library's name
        plain = super().makeSocket(timeout)
        if self._tls is None:
            return plain
        return self._tls.wrap_socket(plain, server_hostname=self.host)

    def makePickle(self, record: logging.LogRecord) -> bytes:  # noqa: N802 - the library's name
        """The line as it is, after its length."""
        line = record.getMessage().encode()
        return b"%d %s" % (len(line), line)

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - the library's name
        """A collector that does not answer is no fault of the page that logged."""
        if self.sock is not None:
            self.sock.close()
            self.sock = None


class Rfc5424(DiscreetFormatter):
    """The same discretion as in the file of the home, with the head that collectors read."""

    def __init__(self) -> None:
        super().__init__("%(message)s")
        self._host = socket.gethostname()[:255] or "-"

    def format(self, record: logging.LogRecord) -> str:
        priority = SECURITY * 8 + SEVERITY.get(record.levelname, 5)
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        head = f"<{priority}>1 {at} {self._host} hssk {record.process or '-'} {record.name[:32]} -"
        return f"{head} {super().format(record)}"
