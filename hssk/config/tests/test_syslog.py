"""The log on another computer: what arrives at a real socket, and what does not go out."""

import logging
import re
import socket
import ssl
import subprocess
import sys
import threading
from datetime import UTC, datetime

import pytest
from django.conf import settings

from hssk.config.syslog import Sender, Syslog, logging_to
from hssk.kit.errors import Trouble

LINE = re.compile(
    r"<(\d+)>1 (\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00) \S+ hssk \d+ (\S+) - (.*)", re.DOTALL
)


class Collector(threading.Thread):
    """Another system: takes one connection and keeps what arrives."""

    def __init__(self, context=None):
        super().__init__(daemon=True)
        self.context, self.kept, self.came = context, b"", threading.Event()
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        self.start()

    def run(self):
        try:
            plain, _from = self.listening.accept()
            talk = self.context.wrap_socket(plain, server_side=True) if self.context else plain
            while part := talk.recv(65536):
                self.kept += part
                self.came.set()
        except OSError:
            self.came.set()

    def lines(self):
        """The messages by their counted lengths (RFC 6587)."""
        rest = self.kept
        while rest:
            length, _blank, rest = rest.partition(b" ")
            yield rest[: int(length)].decode()
            rest = rest[int(length) :]


@pytest.fixture
def handler():
    made = []

    def of(collector):
        made.append(Syslog("127.0.0.1", collector.port, None))
        return made[-1]

    yield of
    for each in made:
        each.close()


def logger_with(handler, name):
    logger = logging.getLogger(f"hssk.test.{name}")
    logger.handlers, logger.propagate, logger.level = [handler], False, logging.INFO
    return logger


def test_lines_arrive_as_rfc_5424_and_name_nobody(handler):
    collector = Collector()
    made = handler(collector)
    logger = logger_with(made, "arrive")
    logger.warning("DETAIL of %s", "001085123456")
    logger.error("two\nlines <34>1 forged")
    made.close()
    collector.join(5)
    first, second = (LINE.fullmatch(line) for line in collector.lines())
    assert (first[1], first[3]) == (str(10 * 8 + 4), "hssk.test.arrive")
    assert first[4] == "DETAIL of …"
    assert second[1] == str(10 * 8 + 3)
    assert second[4].splitlines()[1].startswith("    lines")


@pytest.mark.django_db
def test_each_coming_is_told_without_a_name(client, handler, monkeypatch, caplog):
    from hssk.access.tests.test_coming_in import PASSWORD, sign_in
    from tests.village import on_duty

    collector = Collector()
    made = handler(collector)
    caplog.set_level(logging.INFO, logger="hssk.access.looks")
    for name in ("hssk.access.looks", "hssk.access.attempts"):
        monkeypatch.setattr(logging.getLogger(name), "handlers", [made])
    nurse = on_duty("lo.thi.bia", password=PASSWORD, full_name="Lò Thị Bịa")
    sign_in(client, password="sai sai sai")
    sign_in(client)
    made.close()
    collector.join(5)
    said = "\n".join(collector.lines())
    assert "sign-in refused: step=password" in said
    assert f"look: user={nurse.pk} act=in" in said
    assert not any(word in said for word in ("lo.thi.bia", "Bịa", "sai sai"))


def test_a_collector_that_is_not_there_stops_nobody(handler):
    collector = Collector()
    collector.listening.close()
    made = handler(collector)
    logger_with(made, "gone").warning("said to nobody")
    made.close()


def test_a_network_is_crossed_by_tls_and_only_to_whom_the_authority_vouches(tmp_path, monkeypatch):
    from hssk.config.certificates import make

    folder = tmp_path / "tls"
    make(folder, ["nhatky.lan"], datetime.now(UTC))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "server.pem", folder / "server.key")
    real = socket.create_connection
    monkeypatch.setattr(
        socket, "create_connection", lambda where, *a, **k: real(("127.0.0.1", where[1]), *a, **k)
    )
    for authority, arrives in ((str(folder / "authority.pem"), True), (None, False)):
        collector = Collector(context)
        sender = Sender("nhatky.lan", collector.port, authority)
        sender.emit(logging.makeLogRecord({"msg": "by TLS"}))
        assert collector.came.wait(5)
        assert (b"by TLS" in collector.kept) is arrives
        sender.close()


@pytest.mark.parametrize("said", ["nhatky", "nhatky:", ":514", "nhatky:0", "nhatky:x", "a:99999"])
def test_what_is_no_address_is_refused(said):
    with pytest.raises(Trouble):
        logging_to({"HSSK_SYSLOG": said})


def test_only_a_collector_that_is_named_is_told():
    assert logging_to({}) == {}
    assert set(settings.LOGGING["handlers"]) == {"home"}
    code = (
        "import os; os.environ['HSSK_SYSLOG'] = '127.0.0.1:6514'\n"
        "from hssk.config import settings as s\n"
        "print(s.LOGGING['root']['handlers'], s.LOGGING['handlers']['syslog']['port'])"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "['home', 'syslog'] 6514"
