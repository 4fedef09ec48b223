"""The pages of people who are seen by another basis than the area."""
