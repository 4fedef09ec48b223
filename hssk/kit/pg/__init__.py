"""PostgreSQL for one home: the embedded server, or the one that DATABASE_URL names.

    from hssk.kit.pg.use import database

    with database(Home.current().open()) as connections:
        connections.app      # how to connect as the role that owns nothing
        connections.owner    # how to connect as the role that migrates

Nothing is imported here: the supervisor must start in a moment and stay small.
"""
