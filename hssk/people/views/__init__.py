"""The pages of moves, and of people who are seen by another basis than the area."""
