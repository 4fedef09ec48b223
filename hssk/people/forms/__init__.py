"""What is typed: see each file for of what."""
