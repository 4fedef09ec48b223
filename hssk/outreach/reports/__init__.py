"""What is told of going out: the paper of a campaign, the report of a session's day, and why people
are left, a kind of coverage's reports added from here."""
