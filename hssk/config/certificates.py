"""Certificates: what is in one, what is wrong with one, and a station's own.

A station without a public name has an authority of its own, which its phones and laptops are told
to believe. It can only speak for names and addresses inside a network, so that whoever stole its
key could pass for no site of the world outside.

Source: RFC 5280 §4.2.1.10 (name constraints), RFC 8375 (home.arpa); Apple HT210176 (825 days).
"""

import ipaddress
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from hssk.kit.addresses import is_address
from hssk.kit.errors import Trouble
from hssk.kit.home import write_whole

INSIDE = ("lan", "local", "internal", "home.arpa", "localhost")
NETWORKS = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "fc00::/7", "::1/128")
AUTHORITY_DAYS, SERVER_DAYS = 3650, 820


def read(path: Path) -> x509.Certificate:
    """The first certificate of a file. Raises Trouble where there is none."""
    try:
        return x509.load_pem_x509_certificate(path.read_bytes())
    except (OSError, ValueError) as error:
        raise Trouble("Không đọc được chứng thư {file}.", file=path) from error


def names_in(certificate: x509.Certificate) -> list[str]:
    """The names and addresses that a certificate is for."""
    try:
        found = certificate.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    except x509.ExtensionNotFound:
        return []
    hosts = found.get_values_for_type(x509.DNSName)
    return [*hosts, *map(str, found.get_values_for_type(x509.IPAddress))]


def faults(certificate: Path, key: Path, now: datetime) -> list[str]:
    """What keeps a certificate and its key from serving at `now`, in words."""
    found, one = [], read(certificate)
    if now < one.not_valid_before_utc:
        found.append(f"chứng thư chưa có hiệu lực (từ {one.not_valid_before_utc:%d/%m/%Y})")
    if now > one.not_valid_after_utc:
        found.append(f"chứng thư đã hết hạn ngày {one.not_valid_after_utc:%d/%m/%Y}")
    if not names_in(one):
        found.append("chứng thư không ghi tên máy chủ (subjectAltName)")
    try:
        secret = key.read_bytes()
        loaded = serialization.load_pem_private_key(secret, password=None)
    except (OSError, ValueError, TypeError):
        return [*found, f"không đọc được khoá {key}"]
    if b"BEGIN PRIVATE KEY" not in secret:
        found.append("khoá phải ở dạng PKCS#8 (openssl pkcs8 -topk8 -nodes)")
    if loaded.public_key() != one.public_key():
        found.append("khoá không phải của chứng thư này")
    if key.stat().st_mode & 0o077:
        found.append(f"người khác đọc được khoá: chmod 600 {key}")
    return found


def make(folder: Path, names: list[str], now: datetime) -> None:
    """Write `server.pem` and `server.key` for `names` into `folder`, by the authority in it.

    The authority (`authority.pem`, `authority.key`) is made the first time and kept, so that
    devices which believe it need nothing new. Raises Trouble for a name of the world outside.
    """
    for name in names:
        _refuse_outside(name)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not (folder / "authority.key").exists():
        _make_authority(folder, now)
    authority = read(folder / "authority.pem")
    _refuse_another_time(folder / "authority.pem", authority, now)
    signing = serialization.load_pem_private_key((folder / "authority.key").read_bytes(), None)
    assert isinstance(signing, ec.EllipticCurvePrivateKey)
    key = ec.generate_private_key(ec.SECP256R1())
    made = (
        _builder(names[0], key, now, min(SERVER_DAYS, _days_left(authority, now)))
        .issuer_name(authority.subject)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(list(map(_general, names))), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(signing.public_key()), critical=False
        )
        .sign(signing, hashes.SHA256())
    )
    _write(folder, "server", made, key)


def _refuse_another_time(file: Path, authority: x509.Certificate, now: datetime) -> None:
    """An authority of another time signs nothing that a device would believe."""
    if now < authority.not_valid_before_utc or _days_left(authority, now) < 1:
        raise Trouble(
            "Chứng thư gốc {file} chỉ có hiệu lực từ {since} đến {until}. Hãy xem giờ máy; nếu "
            "giờ đúng, dời authority.pem và authority.key đi nơi khác, chạy lại lệnh này rồi cài "
            "authority.pem mới vào các máy.",
            file=file,
            since=f"{authority.not_valid_before_utc:%d/%m/%Y}",
            until=f"{authority.not_valid_after_utc:%d/%m/%Y}",
        )


def _make_authority(folder: Path, now: datetime) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    inside = [x509.DNSName(name) for name in INSIDE]
    networks = [x509.IPAddress(ipaddress.ip_network(network)) for network in NETWORKS]
    usage = x509.KeyUsage(
        digital_signature=False, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=True, crl_sign=True,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip
    builder = _builder("HSSK", key, now, AUTHORITY_DAYS)
    made = (
        builder.issuer_name(_name("HSSK"))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.NameConstraints([*inside, *networks], None), critical=True)
        .sign(key, hashes.SHA256())
    )
    _write(folder, "authority", made, key)


def _builder(
    name: str, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_name(name))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))  # clocks of old laptops are behind
        .not_valid_after(now + timedelta(days=days))
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _write(
    folder: Path, name: str, certificate: x509.Certificate, key: ec.EllipticCurvePrivateKey
) -> None:
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    write_whole(folder / f"{name}.key", secret.decode())
    write_whole(
        folder / f"{name}.pem", certificate.public_bytes(serialization.Encoding.PEM).decode()
    )


def _days_left(authority: x509.Certificate, now: datetime) -> int:
    return (authority.not_valid_after_utc - now).days


def _name(words: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, words[:64])])


def _general(name: str) -> x509.GeneralName:
    return x509.IPAddress(ipaddress.ip_address(name)) if is_address(name) else x509.DNSName(name)


def _refuse_outside(name: str) -> None:
    if is_address(name):
        address = ipaddress.ip_address(name)
        inside = any(address in ipaddress.ip_network(network) for network in NETWORKS)
    else:
        inside = any(name == end or name.endswith(f".{end}") for end in INSIDE)
    if not inside:
        raise Trouble(
            "Chứng thư tự tạo chỉ dùng cho tên trong mạng nội bộ (….lan, ….internal, 192.168.…): "
            "{name}. Tên trên Internet cần chứng thư của tổ chức công khai; xem docs/howto/tls.md.",
            name=name,
        )
