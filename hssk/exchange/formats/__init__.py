"""Reading and writing files. Pure Python: no framework, no database.

Others come in by `door`: `read_in_child` reads, and `Begun` is an early start of it; the way out is
`hssk.exchange.formats.tables.write`.
"""
