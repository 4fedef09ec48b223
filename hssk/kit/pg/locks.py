"""The lock files by which commands and the supervisor of one home know of each other."""

SUPERVISOR = "pg.supervisor"  # held alone by the supervisor while it lives
USERS = "pg.users"  # held shared by whoever uses the server
TROUBLE = "pg.trouble"  # the supervisor's last words
