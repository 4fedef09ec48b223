"""Serve the pages of this home, until Ctrl-C: on this computer, or by TLS to a network.

Prints the address and, for the first start, a login: it asks for its name on a terminal, and takes
HSSK_FIRST_USER or a name of chance without one. A network is served with a certificate of
one's own (--certificate, --key) or behind a reverse proxy that has one (--behind-proxy, --name).

Example: hssk serve --port 8000
"""

LOGGED = ("host", "port", "name", "behind_proxy")


def add_arguments(parser):
    from pathlib import Path

    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen, default 127.0.0.1")
    parser.add_argument("--certificate", type=Path, metavar="FILE", help="PEM, with its chain")
    parser.add_argument("--key", type=Path, metavar="FILE", help="its key, PKCS#8 PEM")
    parser.add_argument("--behind-proxy", action="append", metavar="ADDRESS", default=[],
                        help="the address of the reverse proxy: nobody else is served")  # fmt: skip
    parser.add_argument("--name", action="append", metavar="NAME", default=[],
                        help="a name by which browsers ask for it, behind a proxy")  # fmt: skip


def run(options, actor):
    from datetime import UTC, datetime

    import psycopg

    from hssk.config import serving
    from hssk.config.first_login import first_login
    from hssk.config.leaving import reach_asked
    from hssk.config.reaching import as_served
    from hssk.config.safety import refuse_unsafe
    from hssk.config.schema import asking_by_scopes
    from hssk.config.walls import refuse_holes
    from hssk.exchange.services.working import resume
    from hssk.kit.home import Home
    from hssk.kit.pg.connection import connection_of

    home = Home.current()
    reach = reach_asked(options, datetime.now(UTC))
    serving.refuse_a_taken_port(options.host, options.port)
    with psycopg.connect(**connection_of(home, "app").psycopg()) as connection:
        refuse_holes(connection)
        refuse_unsafe(connection, home)
    serving.lay_out_static_files(home)
    login = first_login(home)
    resume()
    own = (options.certificate.resolve(), options.key.resolve()) if options.certificate else None
    home.note(served=as_served(reach, own))
    listening = serving.Listening(options.host, options.port, reach, own)
    with asking_by_scopes(home), serving.web_server(home, listening) as server:
        serving.stop_when_told(server)
        serving.greet(home, listening, login)
        return serving.watch(home, server)
