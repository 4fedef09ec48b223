"""What is shown of people: the pages of moves."""
