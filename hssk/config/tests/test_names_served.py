"""Under which names pages are served, and what is told of a certificate that does not fit them."""

from argparse import Namespace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from hssk.config.certificates import _builder, _general, _name, _write, make
from hssk.config.leaving import reach_asked
from hssk.config.reaching import as_served, of_reach
from hssk.kit.errors import Trouble

NOW = datetime.now(UTC)


def asked(**said):
    plain = {"host": "0.0.0.0", "port": 8443, "certificate": None, "key": None,
             "behind_proxy": [], "name": []}  # fmt: skip
    return reach_asked(Namespace(**plain | said), NOW)


def by(folder: Path, *name):
    return asked(certificate=folder / "server.pem", key=folder / "server.key", name=list(name))


@pytest.fixture
def own(tmp_path):
    make(tmp_path, ["tram.lan", "192.168.1.10"], NOW)
    return tmp_path


@pytest.fixture
def domain(tmp_path):
    """A certificate of somebody else, for a whole domain."""
    key = ec.generate_private_key(ec.SECP256R1())
    names = x509.SubjectAlternativeName([_general("*.tinh.vn")])
    made = _builder("tinh", key, NOW, 90).issuer_name(_name("tinh")).add_extension(names, False)
    _write(tmp_path, "server", made.sign(key, hashes.SHA256()), key)
    return tmp_path


@pytest.mark.parametrize(
    "name", ["*", "", ".tinh.vn", "https://hssk.tinh.vn", "hssk.tinh.vn:8443", "a,b", "a b", "*.vn"]
)
def test_what_no_browser_sends_as_a_name_is_refused(own, name):
    for refused in (lambda: asked(behind_proxy=["127.0.0.1"], name=[name]), lambda: by(own, name)):
        with pytest.raises(Trouble, match="--name"):
            refused()


def test_names_are_taken_in_small_letters(own):
    assert asked(behind_proxy=["::1"], name=["HSSK.Tinh.VN"]).names == ("hssk.tinh.vn",)
    assert by(own, "TRAM.lan").names == ("tram.lan", "192.168.1.10")


def test_a_name_that_the_certificate_is_not_for_is_refused(own):
    for name in ("khac.lan", "x.tram.lan", "192.168.1.11"):
        with pytest.raises(Trouble, match=r"tram\.lan, 192\.168\.1\.10, không dành cho"):
            by(own, name)


def test_a_certificate_for_a_whole_domain_serves_the_name_that_is_said(domain):
    assert by(domain, "hssk.tinh.vn").names == ("hssk.tinh.vn",)
    for name in ("tinh.vn", "a.hssk.tinh.vn"):
        with pytest.raises(Trouble, match="không dành cho"):
            by(domain, name)
    with pytest.raises(Trouble, match="thêm --name"):
        by(domain)


def test_doctor_tells_of_a_certificate_that_the_server_has_not_read_yet(own):
    noted = as_served(by(own), (own / "server.pem", own / "server.key"))
    assert next(of_reach(noted, NOW))[0] == "ok"
    make(own, ["tram.lan"], NOW)
    state, found, advice = next(of_reach(noted, NOW))
    assert (state, advice) == ("warn", "Chạy lại hssk serve.")
    assert "cái cũ" in found
    assert next(of_reach(as_served(by(own), (own / "server.pem", own / "server.key")), NOW))[0] == (
        "ok"
    )


@pytest.mark.parametrize("days", [-4000, 4000])
def test_an_authority_of_another_time_signs_nothing_and_says_what_to_do(tmp_path, days):
    make(tmp_path, ["tram.lan"], NOW + timedelta(days=days))
    before = (tmp_path / "server.pem").read_bytes()
    with pytest.raises(Trouble, match="giờ máy"):
        make(tmp_path, ["tram.lan"], NOW)
    assert (tmp_path / "server.pem").read_bytes() == before
