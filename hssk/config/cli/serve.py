"""Serve the pages of this home on this computer, until Ctrl-C.

Prints the address and, for the first start, a login.

Example: hssk serve --port 8000
"""

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LOGGED = ("host", "port")


def add_arguments(parser):
    parser.add_argument("--port", type=int, default=8000, help="default 8000")
    parser.add_argument("--host", default="127.0.0.1", help="a loopback address, default 127.0.0.1")


def run(options, actor):
    import psycopg

    from hssk.config import serving
    from hssk.config.walls import refuse_holes
    from hssk.exchange.services.working import resume
    from hssk.kit.errors import Trouble
    from hssk.kit.home import Home
    from hssk.kit.pg.connection import connection_of

    if options.host not in LOOPBACK:
        raise Trouble(
            "Bản này chỉ phục vụ ngay trên máy đang chạy (127.0.0.1), không mở ra mạng: {host}.",
            host=options.host,
        )
    home = Home.current()
    serving.refuse_a_taken_port(options.host, options.port)
    with psycopg.connect(**connection_of(home, "app").psycopg()) as connection:
        refuse_holes(connection)
    serving.lay_out_static_files(home)
    password = serving.first_login(home)
    resume()
    with serving.web_server(home, options.host, options.port) as server:
        serving.stop_when_told(server)
        serving.greet(home, options.host, options.port, password)
        return serving.watch(home, server)
