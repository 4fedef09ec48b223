"""What is told of going out: the paper of a campaign, and the report of a session's day."""
