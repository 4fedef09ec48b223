"""The proof that nobody sees whom they should not: `make prove-access`, and a short form in every test
run. A small world, a reference in plain Python of who sees whom, attempts by raw SQL and by every
address, and planted holes that the attempts must find."""
