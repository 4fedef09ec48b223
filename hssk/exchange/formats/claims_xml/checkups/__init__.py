"""Health check-ups (QĐ 1551, 2062), which come in an envelope like that of claims.

A check-up is read into the tables of a claim, so that everything after goes one way: who it is
about, what is filed, by which doors it comes. What only a check-up says is its table `KSK`.
"""
