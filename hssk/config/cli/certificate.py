"""Make a certificate for the network of a station, by an authority that its devices can believe.

Writes authority.pem (to install on phones and laptops), server.pem and server.key into the home.
Names end in .lan, .local, .internal or .home.arpa, or are addresses of an inner network.

Example: hssk certificate tram.lan 192.168.1.10
"""

LOGGED = ("names",)


def add_arguments(parser):
    parser.add_argument("names", nargs="+", help="names and addresses of this server")


def run(options, actor):
    from datetime import UTC, datetime

    from django.utils.translation import gettext as _

    from hssk.config.certificates import make
    from hssk.kit.home import Home

    folder = Home.current().keys / "tls"
    make(folder, options.names, datetime.now(UTC))
    print(_("Cài tệp này vào điện thoại và máy tính của trạm: {file}").format(
        file=folder / "authority.pem"))  # fmt: skip
    print(_("Rồi chạy:"))
    print(f"hssk serve --host 0.0.0.0 --port 8443 --certificate {folder / 'server.pem'}"
          f" --key {folder / 'server.key'}")  # fmt: skip
